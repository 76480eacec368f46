import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { zipFiles } from '../../src/exec/zip-files';
import { sha256 } from '../../src/plan/hash';
import { planWith } from '../exec/plans';
import { openIndex } from '../support/open-index';
import { reliabilityTable } from '../support/reliability-table';
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

run();
