import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BakePlaces } from '../../../src/plan/assembly/bake-file';
import { bakeErrors, bakeFile } from '../../../src/plan/assembly/bake-file';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { dockerfile } from '../../../src/plan/assembly/dockerfile';
import { showPlanError } from '../../../src/plan/errors/plan-error';
import { planned, request, requiring } from '../support/world';

const test = suite('bake file');

const planOf = (changes: Partial<BundleRequest> = {}, declared = 'six\n'): BundlePlan =>
  planned(request({ runtime: { prop: '3.11' }, ...changes }), requiring(declared));

const PLACES: BakePlaces = { contexts: 'out/contexts', built: 'out/built', isSet: () => false };

const short = (hash: string | null): string => (hash ?? '').slice(0, 16);

test('a target for a set of modules that two bundles have, and one for each bundle', () => {
  const [one, two] = [planOf(), planOf({ exclude: ['*.txt'], prefix: 'python' })];
  const key = one.hash.dependencies ?? '';
  assert.is(two.hash.dependencies, key);
  const file = bakeFile([one, two], PLACES);
  const modules = `modules-${short(key)}`;
  const bundles = [one, two].map(({ hash }) => `bundle-${short(hash.asset)}`);
  assert.equal(file.group, {
    default: { targets: ['bundles'] },
    modules: { targets: [modules] },
    bundles: { targets: bundles },
  });
  assert.equal(Object.keys(file.target), [modules, ...bundles]);
  assert.equal(file.target[modules], {
    context: `out/contexts/${key}`,
    contexts: {},
    'dockerfile-inline': one.install && dockerfile(one.install.docker, 'wheels'),
    platforms: ['linux/amd64'],
    attest: ['type=provenance,disabled=true', 'type=sbom,disabled=true'],
    output: [`type=local,dest=out/built/${key}`],
  });
  const { 'dockerfile-inline': text, ...target } = file.target[bundles[0] ?? ''] ?? {};
  assert.match(text ?? '', 'COPY --from=modules');
  assert.equal(target, {
    context: `out/contexts/${one.hash.asset}`,
    contexts: {
      sources: `out/contexts/${one.hash.asset}`,
      compiler: 'out/contexts/compiler',
      modules: `target:${modules}`,
    },
    platforms: ['linux/amd64'],
    attest: ['type=provenance,disabled=true', 'type=sbom,disabled=true'],
    output: [`type=local,dest=out/built/asset.${one.hash.asset}`],
  });
});

test('variables that are set, a netrc file and a cache go to what installs, by name', () => {
  const plan = planOf({ docker: { environment: ['TOKEN', 'OTHER'], volumes: [] }, architecture: 'arm64' });
  const { target } = bakeFile([plan], {
    ...PLACES,
    isSet: (name) => name === 'TOKEN',
    netrc: '/home/me/.netrc',
    cacheOf: (set) => `type=registry,ref=r.example/c:${set}`,
  });
  const [modules, bundle] = Object.values(target);
  const cache = `type=registry,ref=r.example/c:${plan.hash.dependencies}`;
  assert.equal(modules?.secret, ['id=TOKEN,env=TOKEN', 'id=netrc-file,src=/home/me/.netrc']);
  assert.equal([modules?.['cache-from'], modules?.['cache-to']], [[cache], [`${cache},ignore-error=true`]]);
  assert.equal(modules?.platforms, ['linux/arm64']);
  assert.equal(
    [bundle?.secret, bundle?.['cache-to'], bundle?.platforms],
    [undefined, undefined, ['linux/arm64']],
  );
});

test('a function whose modules are in a layer, or that has none, is built of its sources alone', () => {
  const beside = planOf({ dependenciesIn: 'layer' });
  const none = planned(request({ runtime: { prop: '3.11' }, bytecode: 'off' }));
  const { target } = bakeFile([beside, none], PLACES);
  assert.equal(
    Object.values(target).map(({ contexts }) => Object.keys(contexts)),
    [['sources', 'compiler'], ['sources']],
  );
});

test('what no builder can do is told, and what installs on this machine alone', () => {
  const volumes = [{ hostPath: '/a', containerPath: '/b', readOnly: false }];
  const told = (changes: Partial<BundleRequest>) => bakeErrors(planOf(changes)).map(showPlanError);
  assert.equal(told({ executor: 'host' }), [
    '`bundling.executor` is "host", but must be "buildkit", "docker" or "auto", because a bake file installs in containers.',
  ]);
  assert.match(
    told({ executor: 'docker', docker: { environment: [], volumes, volumesDigest: 'v1' } })[0] ?? '',
    '`bundling.volumes` is',
  );
  assert.equal([...told({ executor: 'docker' }), ...bakeErrors(planned(request({ executor: 'host' })))], []);
});

test.run();
