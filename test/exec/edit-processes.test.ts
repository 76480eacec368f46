import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { $ } from 'zx/core';
import { runBatch } from '../../src/exec/batch/batch';
import { liveWorld } from '../../src/exec/batch/live-world';
import { planOfFile } from '../support/bundle-file';
import { packageFiles } from '../support/local-sources';
import { environmentWith, runTool, uv } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('processes of an edited local package');

interface Started {
  readonly command: string;
  /** The text of the requirements file that it reads. */
  readonly requirements?: string;
}

/** The commands that something starts, in their order. */
const commandsOf = async (run: () => Promise<unknown>): Promise<readonly Started[]> => {
  const original = $.spawn;
  const started: Started[] = [];
  $.spawn = ((...args: Parameters<typeof original>) => {
    const [command, ...others] = args;
    const [file] = /(?<='--requirement' ')[^']+/.exec(command) ?? [];
    const { cwd = '' } = Object.assign({}, ...others) as { readonly cwd?: string };
    started.push({
      command: command.replace(/^exec /, ''),
      ...(file === undefined ? {} : { requirements: fs.readFileSync(path.join(cwd, file), 'utf8') }),
    });
    return original(...args);
  }) as typeof original;
  try {
    await run();
  } finally {
    $.spawn = original;
  }
  return started;
};

/** A function with a local package of some modules, whose other requirement is pinned or not. */
const repository = (files: Readonly<Record<string, string>>, tool: 'uv' | 'pip') => {
  const root = temporaryFolder();
  writeTree(root, {
    'fn/index.py': 'def lambda_handler(event, context): ...\n',
    ...files,
    ...packageFiles('libs/shared', 'edited-shared', {}),
  });
  if ('pyproject.toml' in files) runTool(uv(), ['lock', '--quiet', '--project', root]);
  const store = temporaryFolder();
  const caches = { CDK_LAMBDA_PYTHON_CACHE: store, CDK_LAMBDA_PYTHON_SANDBOX: 'off' };
  const environment = { ...environmentWith({ [tool]: true }), ...caches };
  const make = async (): Promise<void> => {
    const plan = planOfFile(path.join(root, 'fn/index.py'), {
      runtime: '3.11',
      executor: 'host',
      outputDirectory: temporaryFolder(),
      packaging: 'zip',
      bytecode: 'auto',
    });
    const [report] = await runBatch(await liveWorld(environment), [{ plan, environment: {} }]);
    assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
  };
  const edit = (): void => fs.writeFileSync(path.join(root, 'libs/shared/edited_shared.py'), 'X = 2\n');
  return { make, edit };
};

/** How a function declares the package, beside another distribution. */
const DECLARED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a pinned requirement': { 'fn/requirements.txt': '-e ../libs/shared\niniconfig==2.0.0\n' },
  'a requirement that is not pinned': { 'fn/requirements.txt': '../libs/shared\niniconfig>=2\n' },
  'the lock of a workspace': {
    'pyproject.toml': '[tool.uv.workspace]\nmembers = ["fn", "libs/*"]\n',
    'fn/pyproject.toml': [
      '[project]\nname = "fn"\nversion = "0"\nrequires-python = ">=3.11"',
      'dependencies = ["edited-shared", "iniconfig==2.0.0"]',
      '[tool.uv.sources]\nedited-shared = { workspace = true }\n',
    ].join('\n'),
  },
};

for (const tool of ['uv', 'pip'] as const) {
  for (const [name, files] of Object.entries(DECLARED)) {
    test(`${name}, with ${tool}: an installer for the package alone, and a Python that compiles`, async () => {
      const { make, edit } = repository(files, tool);
      const before = (await commandsOf(make)).map(({ requirements = '' }) => requirements);
      assert.match(before.join('\n'), /iniconfig/);
      edit();
      const commands = await commandsOf(make);
      const said = commands.map(({ command }) => command).join('\n');
      const installs = commands.filter(({ requirements }) => requirements !== undefined);
      assert.is(installs.length, 1, said);
      assert.match(installs[0]?.requirements ?? '', /^(?:\.\.|\.)\/libs\/shared\s*$/);
      assert.match(installs[0]?.command ?? '', /'--no-deps'/);
      assert.not.match(said, /--refresh|iniconfig/);
      if (tool === 'uv') assert.is(commands.length, 2, said);
      assert.match(said, /python3\.11' '-I' '-S' '-B' .*bytecode\.py' 'tree'/);
    });
  }
}

test.run();
