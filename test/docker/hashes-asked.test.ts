import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { sha256 } from '../../src/plan/values/hash';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { dockerSkipReason } from '../support/docker';
import type { OpenIndex } from '../support/open-index';
import { openIndex } from '../support/open-index';
import { environmentWith } from '../support/python-tools';
import { packageFiles } from '../support/sdist';
import { temporaryFolder } from '../support/temporary';
import { wheelFolder } from '../support/wheel';

const test = suite('hashes that an image or a bundle asks for, in a container');

const IMAGE = 'public.ecr.aws/sam/build-python3.11:latest';
const CORP = wheelFolder('corp', { 'corp.py': 'V = 1\n' });
const WHEEL = fs.readdirSync(CORP)[0] ?? '';
const HASH = `, hash = "sha256:${sha256(fs.readFileSync(path.join(CORP, WHEEL)))}"`;

const LIB = Object.fromEntries(
  Object.entries(packageFiles({ name: 'lib', code: 'MODULE = "V = 2\\n"' })).map(([name, text]) => [
    `lib/${name}`,
    text,
  ]),
);

/** A lock with a package of an index and a local one, of which no lock has a hash. */
const project = (url: string, hash: string) => ({
  'index.py': HANDLER,
  'pyproject.toml':
    '[project]\nname = "orders"\nversion = "0"\nrequires-python = ">=3.9"\ndependencies = ["corp", "lib"]\n[tool.uv.sources]\nlib = { path = "lib" }\n',
  'uv.lock': [
    'version = 1\nrequires-python = ">=3.9"',
    `[[package]]\nname = "corp"\nversion = "1"\nsource = { registry = "${url}" }`,
    `wheels = [{ url = "${url.replace('simple', 'files')}/${WHEEL}"${hash} }]`,
    '[[package]]\nname = "lib"\nversion = "1"\nsource = { directory = "lib" }',
    '[[package]]\nname = "orders"\nversion = "0"\nsource = { virtual = "." }',
    'dependencies = [{ name = "corp" }, { name = "lib" }]',
    '[package.metadata]\nrequires-dist = [{ name = "corp" }, { name = "lib", directory = "lib" }]\n',
  ].join('\n'),
  ...LIB,
});

/** The modules of a bundle, or why there is none. */
const made = async (
  index: OpenIndex,
  tool: 'uv' | 'pip',
  hash: string,
  { image, values = {} }: { readonly image?: string; readonly values?: Readonly<Record<string, string>> },
): Promise<string> => {
  const plan = planOf(folderOf(project(index.url, hash)), {
    executor: 'docker',
    docker: {
      environment: Object.keys(values),
      volumes: [],
      network: 'host',
      ...(image === undefined ? {} : { image }),
    },
  });
  const environment = {
    ...environmentWith({ [tool]: true, docker: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
    HOME: temporaryFolder(),
  };
  const [report] = await execute([plan], environment, values);
  return report?.outcome._tag === 'Failed'
    ? showExecutionError(report.outcome.error).replaceAll(path.dirname(plan.install?.declaration ?? ''), '')
    : ['corp.py', 'lib.py']
        .map((name) => fs.readFileSync(path.join(plan.output.path, name), 'utf8').trim())
        .join(' ');
};

/** The build image with a variable of its own. */
const withVariable = async (variable: string, use: (image: string) => Promise<void>): Promise<void> => {
  const image = `cdk-lambda-python-test-hashes:${process.pid}`;
  execFileSync('docker', ['build', '--quiet', '--tag', image, '-'], {
    input: `FROM ${IMAGE}\nENV ${variable}\n`,
    stdio: 'pipe',
  });
  try {
    await use(image);
  } finally {
    spawnSync('docker', ['rmi', '--force', image]);
  }
};

for (const tool of ['uv', 'pip'] as const)
  test(`${tool}: a local package needs none, and what a lock has without one is refused`, async () => {
    const index = await openIndex(CORP);
    const refused = 'asks for a hash of each requirement, and the lock has none for: corp==1 (/uv.lock:4).';
    try {
      const values = { PIP_REQUIRE_HASHES: '1' };
      assert.is(await made(index, tool, HASH, { values }), 'V = 1 V = 2');
      assert.match(
        await made(index, tool, '', { values }),
        `PIP_REQUIRE_HASHES of \`bundling.environment\` ${refused}`,
      );
      await withVariable('PIP_REQUIRE_HASHES=1', async (image) => {
        assert.is(await made(index, tool, HASH, { image }), 'V = 1 V = 2');
        assert.match(
          await made(index, tool, '', { image }),
          `PIP_REQUIRE_HASHES of this machine's environment or the image ${refused}`,
        );
      });
    } finally {
      index.close();
    }
  });

const skip = dockerSkipReason(IMAGE);
if (skip === undefined) test.run();
else console.log(`SKIPPED: ${skip}`);
