import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { bundleDockerfile } from '../../../src/plan/assembly/bundle-dockerfile';
import { planned, request, requiring } from '../support/world';

const test = suite('bundle dockerfile');

const text = (changes: Partial<BundleRequest>, declared = 'six\n'): readonly string[] => {
  const plan = planned(request({ runtime: { prop: '3.11' }, ...changes }), requiring(declared));
  return bundleDockerfile(plan, plan.install).split('\n');
};

const IMAGE = 'public.ecr.aws/sam/build-python3.11';

test('modules, their byte code, that of the sources, and the sources last', () => {
  assert.equal(text({}), [
    `FROM ${IMAGE} AS compile`,
    'USER 0:0',
    'RUN ["mkdir", "-p", "/asset-bytecode"]',
    'RUN --mount=type=bind,from=sources,source=sources,target=/asset-input --mount=type=bind,from=compiler,target=/asset-tools \\',
    `    ["sh","-c","\\"$@\\" || true","sh","python","-I","-S","-B","/asset-tools/bytecode.py","tree",${JSON.stringify(JSON.stringify({ tag: 'cpython-311', prefix: '/var/task', exclude: ['test', 'tests'], root: '/asset-input', output: '/asset-bytecode' }))}]`,
    'FROM scratch',
    'COPY --from=modules ["/output/","/"]',
    'COPY --from=modules ["/bytecode/","/"]',
    'COPY --from=compile ["/asset-bytecode/","/"]',
    'COPY --from=sources ["/sources/","/"]',
    '',
  ]);
});

test('byte code that is required, in a folder of the bundle', () => {
  const lines = text({ bytecode: 'require', prefix: 'a b' });
  assert.match(lines[4] ?? '', /^ {4}\["python","-I"/);
  assert.equal(lines.slice(6, 10), [
    'COPY --from=modules ["/output/","/a b/"]',
    'COPY --from=modules ["/bytecode/","/a b/"]',
    'COPY --from=compile ["/asset-bytecode/","/a b/"]',
    'COPY --from=sources ["/sources/","/a b/"]',
  ]);
});

test('neither modules nor byte code: a .dockerignore among the files is not at the root of the context', () => {
  const plan = planned(request({ bytecode: 'off', runtime: { prop: '3.11' } }));
  assert.is(bundleDockerfile(plan, null), 'FROM scratch\nCOPY --from=sources ["/sources/","/"]\n');
});

test('a whole build is all there is, without what it has written down', () => {
  assert.equal(text({ hooks: { before: ['true'], after: [] } }).slice(3), [
    'RUN --mount=type=bind,from=modules,target=/asset-input \\',
    '    ["sh","-c","cp -R /asset-input/bytecode/. /asset-bytecode && rm -rf /asset-bytecode/.installed"]',
    'FROM scratch',
    'COPY --from=modules ["/output/","/"]',
    'COPY --from=compile ["/asset-bytecode/","/"]',
    '',
  ]);
});

test.run();
