import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { BYTECODE_SCRIPT_NAME, bytecodeScript } from '../../../src/exec/scripts/bytecode-script';
import { CONTAINER_SCRIPT_NAME, containerScript } from '../../../src/exec/container/container-script';
import { takeInstaller } from '../../../src/exec/errors/installer-used';
import type { ContainerTask } from '../../../src/plan/install/container-install';
import { findPython } from '../../support/python-tools';
import { listTree, temporaryFolder } from '../../support/temporary';

const python = findPython('3.11') ?? '';

/** The script, for which a pip.conf of this machine does not matter. */
const SCRIPT = containerScript()
  .replace(/^PIP_FILES = \([^]*?^\)$/m, 'PIP_FILES = ("~/.config/pip/pip.conf",)')
  .replace(/^BYTECODE_FOLDER = .*$/m, 'BYTECODE_FOLDER = os.path.join(os.environ["HOME"], "bytecode")')
  .replace(/^INPUT_FOLDER = .*$/m, 'INPUT_FOLDER = os.environ.get("INPUT", "/none")');

/** What uv answers when it is asked for its version. */
export const VERSION = '[ "$1" = --version ] && echo uv 9.9.9 && exit';

/** Runs the script as a container does, with installers that are shell scripts. */
export const runScript = (
  scripts: Readonly<Record<string, string>>,
  changes: Partial<ContainerTask> = {},
  environment: NodeJS.ProcessEnv = {},
  more: readonly string[] = [],
) => {
  const folder = temporaryFolder();
  const [tools, output, bytecode] = ['tools', 'output', 'bytecode'].map((name) =>
    path.join(folder, name),
  ) as [string, string, string];
  for (const place of [tools, output, bytecode]) fs.mkdirSync(place);
  fs.writeFileSync(path.join(tools, CONTAINER_SCRIPT_NAME), SCRIPT);
  fs.writeFileSync(path.join(tools, BYTECODE_SCRIPT_NAME), bytecodeScript());
  for (const [name, script] of Object.entries(scripts)) {
    fs.writeFileSync(
      path.join(tools, name),
      `#!/bin/sh\n${VERSION}\necho ${name} >> '${folder}/started'\n${script}\n`,
      {
        mode: 0o755,
      },
    );
  }
  const task: ContainerTask = {
    folder,
    installers: Object.keys(scripts).map((name) =>
      // The first may be left out, as uv; the last is a module of the interpreter, as pip.
      name === 'pip'
        ? [['{python}', '-c', `import subprocess, sys; sys.exit(subprocess.call("${tools}/pip"))`]]
        : [[`${tools}/${name}`]],
    ),
    output,
    isPinned: true,
    bytecode: null,
    ...changes,
  };
  const { status, stderr } = spawnSync(
    python,
    [
      path.join(tools, CONTAINER_SCRIPT_NAME),
      JSON.stringify(task).replaceAll('OUTPUT', output).replaceAll('BYTECODE', bytecode),
      ...more,
    ],
    {
      encoding: 'utf8',
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        OUT: output,
        UV_INDEX: 'x',
        ...environment,
      },
    },
  );
  const started = path.join(folder, 'started');
  return {
    root: folder,
    status,
    stderr,
    started: fs.existsSync(started) ? fs.readFileSync(started, 'utf8').trim().split('\n') : [],
    output: listTree(output).map((file) => file.path),
    installer: takeInstaller(bytecode),
    bytecode: listTree(bytecode).map((file) => file.path),
  };
};

export const MADE = 'echo > "$OUT/module.py"';
