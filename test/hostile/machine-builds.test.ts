import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { zipFiles } from '../../src/exec/zip/zip-files';
import { sha256 } from '../../src/plan/values/hash';
import { planWith } from '../exec/support/plans';
import { openIndex } from '../support/open-index';
import { reliabilityTable } from '../support/reliability-table';
import { sourceDistribution } from '../support/sdist';
import { temporaryFolder } from '../support/temporary';
import { BOTH, machine, madeOn, told } from './machines';

const test = suite('builds, commands and caches of this machine');
const { row, run } = reliabilityTable(test, 'hostile: builds of the machine');

/** A wheel whose RECORD has hashes, as tools write it. */
const recorded = (text: string): string => {
  const digest = createHash('sha256').update(text).digest('base64url');
  const folder = temporaryFolder();
  const info = 'corp-1.dist-info';
  const files = {
    'corp.py': text,
    [`${info}/METADATA`]: 'Metadata-Version: 2.1\nName: corp\nVersion: 1\n',
    [`${info}/WHEEL`]: 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
    [`${info}/RECORD`]: `corp.py,sha256=${digest},${text.length}\n${info}/METADATA,,\n${info}/WHEEL,,\n${info}/RECORD,,\n`,
  };
  const entries = Object.entries(files).map(([file, content]) => ({
    path: file,
    content: Buffer.from(content),
    executable: false,
  }));
  fs.writeFileSync(path.join(folder, 'corp-1-py3-none-any.whl'), zipFiles(entries));
  return folder;
};

row(
  'a file in the cache of uv that somebody has changed, with hashes declared',
  'an error that names the file; nothing of it is kept',
  async (tryCase) => {
    const folder = recorded('WHOSE = "mine"\n');
    const index = await openIndex(folder);
    const hash = sha256(fs.readFileSync(path.join(folder, 'corp-1-py3-none-any.whl')));
    const requirements = `corp==1 --hash=sha256:${hash}\n`;
    try {
      await tryCase('uv', async () => {
        const cache = temporaryFolder();
        const on = () =>
          machine('uv', {
            CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
            UV_CACHE_DIR: cache,
            UV_DEFAULT_INDEX: index.url,
          });
        assert.is(await madeOn(planWith(requirements), on()), 'WHOSE = "mine"');
        const cached = fs
          .readdirSync(cache, { recursive: true, encoding: 'utf8' })
          .filter((file) => path.basename(file) === 'corp.py');
        assert.ok(cached.length > 0);
        // Another file in its place: the bundle that was made has a copy of its own.
        for (const file of cached) fs.writeFileSync(path.join(cache, file), 'WHOSE = "evil"\n');
        const said = await madeOn(planWith(requirements), on());
        assert.match(
          said,
          /^corp\.py of corp-1 is not the file that its wheel lists in RECORD: something has changed the cache of uv \d+\.\d+\.\d+, or the wheel is damaged\./,
        );
      });
    } finally {
      index.close();
    }
  },
);

/** A source distribution whose version is that of a variable, as with setuptools-scm. */
const FROM_VARIABLE = {
  'shared/pyproject.toml':
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "corp"\ndynamic = ["version"]\n',
  'shared/backend.py': `
import os, zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    version = os.environ.get('SETUPTOOLS_SCM_PRETEND_VERSION', '0')
    info = 'corp-%s.dist-info/' % version
    name = 'corp-%s-py3-none-any.whl' % version
    with zipfile.ZipFile(os.path.join(folder, name), 'w') as wheel:
        wheel.writestr('corp.py', 'VERSION = "%s"\\n' % version)
        wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: corp\\nVersion: %s\\n' % version)
        wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        wheel.writestr(info + 'RECORD', ''.join(n + ',,\\n' for n in ('corp.py', info + 'METADATA', info + 'WHEEL', info + 'RECORD')))
    return name
`,
};

row(
  'a variable of build backends (`SETUPTOOLS_SCM_PRETEND_VERSION`) that has another value the second time',
  'it is built again',
  async (tryCase) => {
    for (const tool of BOTH) {
      await tryCase(tool, async () => {
        const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
        const on = (version: string) =>
          madeOn(
            planWith('./shared\n', {}, FROM_VARIABLE),
            machine(tool, { ...shared, SETUPTOOLS_SCM_PRETEND_VERSION: version }),
          );
        assert.is(await on('1.0.0'), 'VERSION = "1.0.0"');
        assert.is(await on('2.0.0'), 'VERSION = "2.0.0"');
        assert.is(await on('1.0.0'), 'VERSION = "1.0.0"');
      });
    }
  },
);

row(
  'a variable of the machine that a hook reads',
  'it counts where the commands mention its name; another one does not',
  async (tryCase) => {
    const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() };
    const hooks = { before: [], after: [`echo "STAGE = '$STAGE'" > {output}/corp.py`] };
    const on = (more: NodeJS.ProcessEnv) =>
      madeOn(planWith('# nothing\n', { hooks }), machine('uv', { ...shared, ...more }));
    await tryCase('mentioned', async () => {
      assert.is(await on({ STAGE: 'dev' }), "STAGE = 'dev'");
      assert.is(await on({ STAGE: 'prod' }), "STAGE = 'prod'");
    });
    await tryCase('not mentioned', async () => {
      const lines = await told(() => on({ STAGE: 'dev', OTHER: '1' }));
      assert.equal(lines, []);
    });
  },
);

/** Requirements that have a source distribution alone, whose build makes corp.py. */
const fromSource = (lines: string): string => {
  const archive = sourceDistribution({ name: 'corp', code: `MODULE = 'BUILT = "here"\\n'` });
  return `--no-index\n--find-links ${path.dirname(archive)}\n${lines}`;
};

/** What is said where a setting forbids a build. */
const refusal = (setting: string, requirement = 'corp(==1)?'): RegExp =>
  new RegExp(
    `^The requirement ${requirement} has no wheel for Python 3\\.\\d+ on x86_64 \\(glibc \\S+\\), and ${setting} forbids its build. It is required by \\S+requirements\\.txt:\\d`,
  );

const OFF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  PIP_ONLY_BINARY: { PIP_ONLY_BINARY: ':all:' },
  'PIP_ONLY_BINARY of one name': { PIP_ONLY_BINARY: ':none: other,Corp' },
  UV_NO_BUILD: { UV_NO_BUILD: '1' },
  UV_NO_BUILD_PACKAGE: { UV_NO_BUILD_PACKAGE: 'other corp' },
};

row(
  'something has no wheel, and a variable of the machine or of `bundling.environment` forbids its build (`PIP_ONLY_BINARY`, `UV_NO_BUILD`, `UV_NO_BUILD_PACKAGE`)',
  'nothing is built, and the error names the variable',
  async (tryCase) => {
    for (const tool of BOTH) {
      for (const [name, variables] of Object.entries(OFF)) {
        const variable = name.replace(/ .*/, '');
        await tryCase(`${tool}, ${name} of the machine`, async () => {
          const said = await madeOn(planWith(fromSource('corp==1\n')), machine(tool, variables));
          assert.match(said, refusal(`the variable ${variable} of this machine`));
        });
        await tryCase(`${tool}, ${name} of the bundle`, async () => {
          const said = await madeOn(planWith(fromSource('corp==1\n')), machine(tool), variables);
          assert.match(said, refusal(`${variable} of \`bundling.environment\``));
        });
      }
      await tryCase(`${tool}, a line that asks for a build`, async () => {
        const lines = fromSource('--no-binary corp\ncorp==1\n');
        const said = await madeOn(planWith(lines), machine(tool, { PIP_ONLY_BINARY: ':all:' }));
        assert.match(said, refusal('the variable PIP_ONLY_BINARY of this machine'));
      });
    }
  },
);

row(
  'the same, said by the `pip.conf` or the `uv.toml` of a user',
  'nothing is built, and the error names the file',
  async (tryCase) => {
    const files: readonly (readonly [string, string, string])[] = [
      ['.config/pip/pip.conf', '[install]\nonly-binary = :all:\n', 'PIP_ONLY_BINARY'],
      ['.config/uv/uv.toml', 'no-build = true\n', 'UV_NO_BUILD'],
      ['.config/uv/uv.toml', '[pip]\nonly-binary = [":all:"]\n', 'UV_NO_BUILD'],
      ['.config/uv/uv.toml', 'no-build-package = ["corp"]\n', 'UV_NO_BUILD_PACKAGE'],
    ];
    for (const tool of BOTH) {
      for (const [file, text, variable] of files) {
        await tryCase(`${tool}, ${text}`, async () => {
          const environment = machine(tool);
          const place = path.join(environment['HOME'] ?? '', file);
          fs.mkdirSync(path.dirname(place), { recursive: true });
          fs.writeFileSync(place, text);
          const said = await madeOn(planWith(fromSource('corp==1\n')), environment);
          assert.match(said, refusal(`${place} \\(${variable}\\)`));
        });
      }
    }
  },
);

row(
  'such a variable names another distribution, forbids nothing, or the package is a local one',
  'it is built',
  async (tryCase) => {
    for (const tool of BOTH) {
      for (const variables of [
        { PIP_ONLY_BINARY: ':all: :none:' },
        { PIP_ONLY_BINARY: 'other' },
        { UV_NO_BUILD: '0', UV_NO_BUILD_PACKAGE: 'other' },
      ]) {
        await tryCase(`${tool}, ${JSON.stringify(variables)}`, async () => {
          const made = await madeOn(planWith(fromSource('corp==1\n')), machine(tool, variables));
          assert.is(made, 'BUILT = "here"');
        });
      }
      await tryCase(`${tool}, a local package`, async () => {
        const on = machine(tool, { PIP_ONLY_BINARY: ':all:', UV_NO_BUILD: '1' });
        assert.is(await madeOn(planWith('./shared\n', {}, FROM_VARIABLE), on), 'VERSION = "0"');
      });
    }
  },
);

run();
