import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { requestOfProps } from '../../src/construct/request-of-props';
import { sha256 } from '../../src/plan/hash';
import { cli } from '../cli/command';
import { planWith } from '../exec/plans';
import { folderOf, HANDLER } from '../exec/requests';
import { openIndex } from '../support/open-index';
import { temporaryFolder, writeTree } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import { BOTH, machine, madeOn } from './machines';

const test = suite('hashes that a machine asks for');

const OPEN = { 'main.py': HANDLER, 'requirements.txt': 'corp\n' };

interface Asking {
  readonly variables?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** How a message names it. */
  readonly by: (home: string) => string;
}

const ASKING: Readonly<Record<string, Asking>> = {
  UV_REQUIRE_HASHES: {
    variables: { UV_REQUIRE_HASHES: '1' },
    by: () => "UV_REQUIRE_HASHES of this machine's environment",
  },
  PIP_REQUIRE_HASHES: {
    variables: { PIP_REQUIRE_HASHES: 'true' },
    by: () => "PIP_REQUIRE_HASHES of this machine's environment",
  },
  'pip.conf': {
    files: { '.config/pip/pip.conf': '[install]\nrequire-hashes = true\n' },
    by: (home) => `\`require-hashes\` of ${path.join(home, '.config/pip/pip.conf')}`,
  },
  'uv.toml': {
    files: { '.config/uv/uv.toml': '[pip]\nrequire-hashes = true\n' },
    by: (home) => `\`require-hashes\` of ${path.join(home, '.config/uv/uv.toml')}`,
  },
};

const asking = (tool: (typeof BOTH)[number], { variables, files }: Asking): NodeJS.ProcessEnv => {
  const environment = machine(tool, {
    ...variables,
    XDG_CONFIG_HOME: '',
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  writeTree(environment['HOME'] ?? '', files ?? {});
  return environment;
};

for (const [name, from] of Object.entries(ASKING))
  test(`${name}: counts as requireHashes; the error names it`, async () => {
    for (const tool of BOTH) {
      const cwd = folderOf(OPEN);
      const environment = asking(tool, from);
      const args = ['plan', 'main.py', '--runtime', '3.13', '--handler', 'handler'];
      const { code, stderr } = await cli(args, { cwd, environment });
      assert.is(code, 1, stderr);
      assert.match(
        stderr,
        `${from.by(environment['HOME'] ?? '')} is set, but ${path.join(cwd, 'requirements.txt')} has no hash for: corp. Lock with hashes (\`uv pip compile --generate-hashes\`, or a lock file), or take the setting away.`,
      );
    }
  });

test('a plan of another machine is refused as well, on this machine and in a container', async () => {
  for (const from of Object.values(ASKING))
    for (const executor of ['host', 'docker'] as const) {
      const environment = asking('uv', from);
      assert.is(
        await madeOn(planWith('corp\n', { executor }), environment),
        `${from.by(environment['HOME'] ?? '')} asks for a hash of each requirement, and the requirements do not all have one. Take the variable away, or lock the dependencies (\`npx cdk-lambda-python lock\`), as no variable changes what a lock has.`,
      );
    }
});

test('`bundling.environment` asks for them; what is off in it takes nothing away', async () => {
  const values = { PIP_REQUIRE_HASHES: '1' };
  assert.match(
    await madeOn(planWith('corp\n'), asking('uv', { by: () => '' }), values),
    /^PIP_REQUIRE_HASHES of `bundling\.environment` asks for a hash/,
  );
  assert.match(
    await madeOn(planWith('corp\n'), asking('uv', ASKING['UV_REQUIRE_HASHES'] as Asking), {
      UV_REQUIRE_HASHES: '0',
    }),
    /^UV_REQUIRE_HASHES of this machine's environment asks for a hash/,
  );
});

test('a construct requires hashes, and names what asks for them', () => {
  const of = (environment: Readonly<Record<string, string>>) =>
    requestOfProps(new Stack(new App(), 'Stack'), 'Fn', { bundling: { environment } }, []).dependencies;
  assert.equal(of({}).requireHashes, false);
  assert.equal(of({ UV_REQUIRE_HASHES: '0' }).requireHashes, false);
  const strict = of({ UV_REQUIRE_HASHES: '1' });
  assert.equal(
    [strict.requireHashes, strict.requiredBy?.hashes],
    [true, 'UV_REQUIRE_HASHES of `bundling.environment`'],
  );
});

test('what has hashes is installed', async () => {
  const folder = wheelFolder('corp', { 'corp.py': 'V = 1' });
  const index = await openIndex(folder);
  try {
    const [wheel = ''] = fs.readdirSync(folder).filter((name) => name.endsWith('.whl'));
    const hash = sha256(fs.readFileSync(path.join(folder, wheel)));
    const version = wheel.split('-')[1] ?? '';
    const requirements = `--index-url ${index.url}\ncorp==${version} --hash=sha256:${hash}\n`;
    for (const tool of BOTH)
      for (const from of Object.values(ASKING))
        assert.is(await madeOn(planWith(requirements, { executor: 'host' }), asking(tool, from)), 'V = 1');
  } finally {
    index.close();
  }
});

test.run();
