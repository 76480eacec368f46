import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { requestOfProps } from '../../src/construct/request/request-of-props';
import { sha256 } from '../../src/plan/values/hash';
import { cli } from '../cli/support/command';
import { planOf, planWith } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
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
        `${from.by(environment['HOME'] ?? '')} is set, but ${path.join(cwd, 'requirements.txt')} has no hash for: corp. Lock with hashes (\`uv pip compile --generate-hashes\`, or a lockfile), or remove the setting.`,
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

interface WithoutHash {
  readonly tree: Readonly<Record<string, string>>;
  /** As planning names the package, and as a run does, which reads the lock again. */
  readonly planned: string;
  readonly ran: string;
}

const PROJECT =
  '[project]\nname = "orders"\nversion = "0"\nrequires-python = ">=3.9"\ndependencies = ["corp"]\n';
const COMMIT = 'a'.repeat(40);

/** Locks as their tools write them where an index says no hashes, or where there can be none. */
const WITHOUT_HASH: Readonly<Record<string, WithoutHash>> = {
  'pylock.toml': {
    tree: {
      'pylock.toml': `lock-version = "1.0"\ncreated-by = "uv"\n[[packages]]\nname = "corp"\nvcs = { type = "git", url = "https://g.example/corp", commit-id = "${COMMIT}" }\n`,
    },
    planned: 'corp (line 3)',
    ran: `corp @ git+https://g.example/corp@${COMMIT} (LOCK:4)`,
  },
  'Pipfile.lock': {
    tree: {
      Pipfile: '[packages]\ncorp = "*"\n',
      'Pipfile.lock':
        '{"_meta": {"pipfile-spec": 6, "sources": []},\n"default": {\n"corp": {"version": "==1"}}}\n',
    },
    planned: 'corp 1 (line 3)',
    ran: 'corp==1 (LOCK:3)',
  },
  'uv.lock': {
    tree: {
      'pyproject.toml': PROJECT,
      'uv.lock':
        'version = 1\nrequires-python = ">=3.9"\n[[package]]\nname = "corp"\nversion = "1"\nsource = { registry = "https://pypi.org/simple" }\nwheels = [{ url = "https://c.example/corp-1-py3-none-any.whl" }]\n[[package]]\nname = "orders"\nversion = "0"\nsource = { virtual = "." }\ndependencies = [{ name = "corp" }]\n[package.metadata]\nrequires-dist = [{ name = "corp" }]\n',
    },
    planned: 'corp 1 (line 3)',
    ran: 'corp==1 (LOCK:4)',
  },
  'pdm.lock': {
    tree: {
      'pyproject.toml': PROJECT,
      'pdm.lock':
        '[metadata]\ngroups = ["default"]\nstrategy = ["inherit_metadata"]\nlock_version = "4.5.0"\n[[metadata.targets]]\nrequires_python = ">=3.9"\n[[package]]\nname = "corp"\nversion = "1"\ngroups = ["default"]\nfiles = []\n',
    },
    planned: 'corp 1 (line 7)',
    ran: 'corp==1 (LOCK:8)',
  },
};

for (const [lock, { tree, planned, ran }] of Object.entries(WITHOUT_HASH)) {
  test(`${lock}: an entry without a hash is refused while planning, with its line`, async () => {
    const cwd = folderOf({ 'main.py': HANDLER, ...tree });
    for (const from of Object.values(ASKING)) {
      const environment = asking('uv', from);
      const { code, stderr } = await cli(['plan', 'main.py', '--runtime', '3.13', '--handler', 'handler'], {
        cwd,
        environment,
      });
      assert.is(code, 1, stderr);
      assert.match(
        stderr,
        `${from.by(environment['HOME'] ?? '')} is set, but ${path.join(cwd, lock)} has no hash for: ${planned}. `,
      );
    }
  });

  test(`${lock}: a plan of another machine has it refused as well`, async () => {
    const folder = folderOf({ 'index.py': HANDLER, ...tree });
    for (const from of Object.values(ASKING))
      for (const executor of ['host', 'docker'] as const) {
        const environment = asking('uv', from);
        assert.is(
          await madeOn(planOf(folder, { executor }), environment),
          `${from.by(environment['HOME'] ?? '')} asks for a hash of each requirement, and the lock has none for: ${ran.replace('LOCK', path.join(folder, lock))}. Take the variable away, or lock with hashes.`,
        );
      }
  });
}

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
