import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planWith } from '../exec/support/plans';
import { openIndex } from '../support/open-index';
import { uv } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder, writeTree } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import { BOTH, machine, madeOn } from './machines';

const test = suite('what of a machine reaches builds');
const { row, run } = reliabilityTable(test, 'hostile: what reaches builds');

/** A package whose build writes `corp.py` by a Python expression. */
const packageOf = (text: string): Readonly<Record<string, string>> => ({
  'pyproject.toml':
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "corp"\nversion = "1"\n',
  'backend.py': `
import os, time, zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    info = 'corp-1.dist-info/'
    with zipfile.ZipFile(os.path.join(folder, 'corp-1-py3-none-any.whl'), 'w') as wheel:
        wheel.writestr('corp.py', ${text})
        wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: corp\\nVersion: 1\\n')
        wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nGenerator: t\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
        wheel.writestr(info + 'RECORD', ''.join(n + ',,\\n' for n in ('corp.py', info + 'METADATA', info + 'WHEEL', info + 'RECORD')))
    return 'corp-1-py3-none-any.whl'
`,
});

/** What Git has written of a commit: the bytes of one file, what another is if it is a link, and nothing else. */
const SEEN = `'SEEN = ' + repr((open('text.txt', 'rb').read(), open('marked.txt', 'rb').read(), os.path.islink('link'), os.path.exists('hooked'))) + chr(10)`;

const PLAIN = String.raw`SEEN = (b'a\nb\n', b'plain\n', True, False)`;

/** A repository with one commit, and its requirement. */
const committed = (): string => {
  const folder = temporaryFolder();
  writeTree(folder, {
    ...packageOf(SEEN),
    'text.txt': 'a\nb\n',
    'marked.txt': 'plain\n',
    '.gitattributes': 'marked.txt filter=shout\n',
  });
  fs.symlinkSync('text.txt', path.join(folder, 'link'));
  const git = (...argv: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x', ...argv], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'one');
  return `corp @ git+file://${folder}@${git('rev-parse', 'HEAD')}\n`;
};

/** Settings of Git in a home, or in variables. */
const SETTINGS: Readonly<Record<string, (home: string) => NodeJS.ProcessEnv>> = {
  'core.autocrlf in a variable': () => ({
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'core.autocrlf',
    GIT_CONFIG_VALUE_0: 'true',
  }),
  'core.autocrlf of `git -c`': () => ({ GIT_CONFIG_PARAMETERS: "'core.autocrlf'='true'" }),
  'core.autocrlf and core.symlinks of the user': (home) => {
    writeTree(home, { '.gitconfig': '[core]\n\tautocrlf = true\n\tsymlinks = false\n' });
    return {};
  },
  'attributes of the user': (home) => {
    writeTree(home, { '.config/git/attributes': '* text eol=crlf\n' });
    return {};
  },
  'a filter of the user': (home) => {
    writeTree(home, {
      '.gitconfig':
        '[filter "shout"]\n\tsmudge = tr a-z A-Z\n\tclean = tr A-Z a-z\n[filter "x"]\n\trequired = true\n',
    });
    return {};
  },
  'a template with attributes, and a hook of the user': (home) => {
    const hook = path.join(home, 'hooks', 'post-checkout');
    writeTree(home, {
      '.gitconfig': `[core]\n\thooksPath = ${home}/hooks\n[init]\n\ttemplateDir = ${home}/template\n`,
      'template/info/attributes': '* text eol=crlf\n',
      'hooks/post-checkout': '#!/bin/sh\ntouch hooked\n',
    });
    fs.chmodSync(hook, 0o755);
    return {};
  },
};

row(
  "Git's settings of a machine that change the files of a checkout",
  'a commit gives the files that it holds',
  async (tryCase) => {
    const requirement = committed();
    for (const tool of BOTH) {
      for (const [name, settings] of Object.entries(SETTINGS)) {
        await tryCase(`${tool}: ${name}`, async () => {
          const plain = machine(tool, { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder() });
          const environment = { ...plain, ...settings(plain['HOME'] ?? '') };
          assert.is(await madeOn(planWith(requirement), environment), PLAIN);
        });
      }
    }
  },
);

row(
  'a checkout in the cache of uv that was made with other settings of Git',
  'it is not used',
  async (tryCase) => {
    await tryCase('a build that uv has kept', async () => {
      const requirement = committed();
      const cache = temporaryFolder();
      const environment = machine('uv', {
        CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
        UV_CACHE_DIR: cache,
      });
      const crlf = {
        GIT_CONFIG_COUNT: '1',
        GIT_CONFIG_KEY_0: 'core.autocrlf',
        GIT_CONFIG_VALUE_0: 'true',
      };
      const target = temporaryFolder();
      execFileSync(uv(), ['pip', 'install', '--no-config', '--target', target, requirement.trim()], {
        env: { ...environment, ...crlf },
        stdio: 'pipe',
      });
      assert.match(fs.readFileSync(path.join(target, 'corp.py'), 'utf8'), String.raw`b'a\r\nb\r\n'`);
      assert.is(await madeOn(planWith(requirement), environment), PLAIN);
    });
  },
);

row(
  'a build that reads the time zone, the language and the way of sorting',
  'they are the same on every machine, or those of `bundling.environment`',
  async (tryCase) => {
    const tree = Object.fromEntries(
      Object.entries(
        packageOf(
          `'SEEN = ' + repr((time.tzname[0], [os.environ.get(n) for n in ('TZ', 'LANG', 'LANGUAGE', 'LC_ALL', 'LC_TIME')])) + chr(10)`,
        ),
      ).map(([name, text]) => [`shared/${name}`, text]),
    );
    for (const tool of BOTH) {
      const on = (more: NodeJS.ProcessEnv, given: Readonly<Record<string, string>> = {}) =>
        madeOn(
          planWith('./shared\n', {}, tree),
          machine(tool, { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(), ...more }),
          given,
        );
      const other = {
        TZ: 'Asia/Tokyo',
        LANG: 'de_DE.UTF-8',
        LANGUAGE: 'de',
        LC_ALL: 'de_DE.UTF-8',
        LC_TIME: 'fr_FR',
      };
      await tryCase(`${tool}: of the machine`, async () => {
        const neutral = "SEEN = ('UTC', ['UTC', 'C.UTF-8', None, 'C.UTF-8', None])";
        assert.is(await on(other), neutral);
        assert.is(await on({ TZ: undefined, LANG: undefined, LC_ALL: undefined }), neutral);
      });
      await tryCase(`${tool}: of the bundle`, async () => {
        assert.is(
          await on(other, { TZ: 'Asia/Tokyo', LC_TIME: 'fr_FR' }),
          "SEEN = ('JST', ['Asia/Tokyo', None, None, None, 'fr_FR'])",
        );
      });
    }
  },
);

row(
  'a run with `UV_OFFLINE` after one without',
  'it takes what the store has, and no index is asked',
  async (tryCase) => {
    const index = await openIndex(wheelFolder('corp', { 'corp.py': 'WHOSE = "mine"\n' }));
    try {
      await tryCase('a version without a hash', async () => {
        const shared = { CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(), UV_DEFAULT_INDEX: index.url };
        const on = (more: NodeJS.ProcessEnv) =>
          madeOn(planWith('corp==1\n'), machine('uv', { ...shared, ...more }));
        assert.is(await on({}), 'WHOSE = "mine"');
        const before = index.asked.length;
        assert.is(await on({ UV_OFFLINE: '1' }), 'WHOSE = "mine"');
        assert.is(index.asked.length, before);
      });
    } finally {
      index.close();
    }
  },
);

run();
