import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { realpathSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { gte } from 'semver';
import { sha256 } from '../../src/plan/values/hash';
import { remembered } from './remembered';
import { temporaryFolder } from './temporary';

/** Where finished tools are kept; removing the folder is always safe. */
export const TOOLS_CACHE = path.resolve(__dirname, '../../.cache/test-tools');

const UV = { oldest: '0.9.16', installed: '0.13.9', tooOld: '0.9.10' };
const PIP = '25.0.1';
/** The newest one; the table of its variables is held against it. */
const NEWEST_PIP = '26.3';
/** Lints and formats the programs of src/exec/scripts/python. */
const RUFF = '0.17.6';
/** Newest client that tests were run with; pip takes an older one for an interpreter that it no longer supports. */
const RUNTIME_CLIENT = '4.2.2';

/** Remembers the value for each argument, so that no test asks the machine twice. */
const memoized = <K, V>(compute: (key: K) => V): ((key: K) => V) => {
  const known = new Map<K, { readonly value: V }>();
  return (key) => {
    const entry = known.get(key) ?? { value: compute(key) };
    known.set(key, entry);
    return entry.value;
  };
};

/** What a command prints; throws what it says where it fails. */
export const runTool = (command: string, args: readonly string[], cwd?: string): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', cwd });
  if (status === 0) return stdout;
  throw new Error(`${[command, ...args].join(' ')} failed\n${error?.message ?? stderr}`);
};

/**
 * A folder of the cache, made at first use. It appears by the rename of a finished sibling, so that two test
 * processes can make it at the same time: the first rename wins, and the other process takes what it finds.
 */
export const cached = (name: string, make: (folder: string) => void): string => {
  const folder = path.join(TOOLS_CACHE, name);
  if (existsSync(folder)) return folder;
  mkdirSync(TOOLS_CACHE, { recursive: true });
  const sibling = mkdtempSync(`${folder}.tmp-`);
  try {
    make(sibling);
    renameSync(sibling, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(sibling, { recursive: true, force: true });
  }
  return folder;
};

/** All executable files of a name on the PATH, in its order. */
const onPath = (name: string): readonly string[] =>
  `${process.env.PATH ?? ''}:/usr/bin:/bin`
    .split(':')
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .filter(isExecutable);

export const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
};

interface Interpreter {
  /** Absolute path; the interpreter itself where the file asked for was a shim. */
  readonly executable: string;
  /** Major and minor version, such as `3.11`. */
  readonly version: string;
  /** Changes whenever compiled packages would have to be installed again. */
  readonly abi: string;
  readonly hasPip: boolean;
}

const PROBE = `
import json, sys, sysconfig
from importlib.util import find_spec
print(json.dumps({
    'executable': sys.executable,
    'version': '%d.%d' % sys.version_info[:2],
    'abi': '%s-%s' % (sys.implementation.cache_tag, sysconfig.get_platform()),
    'hasPip': find_spec('pip') is not None,
}))
`;

/** What a Python says about itself; undefined where it does not run, as a shim without a version does not. */
const probe = remembered('pythons', (python): Interpreter | undefined => {
  const { status, stdout } = spawnSync(python, ['-I', '-c', PROBE], { encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as Interpreter) : undefined;
});

const pyenvVersions = (minor: string): readonly string[] => {
  const versions = path.join(process.env.PYENV_ROOT ?? path.join(homedir(), '.pyenv'), 'versions');
  return (existsSync(versions) ? readdirSync(versions) : [])
    .filter((name) => name === minor || name.startsWith(`${minor}.`) || name.startsWith(`${minor}-`))
    .map((name) => path.join(versions, name, 'bin', `python${minor}`));
};

/** Absolute path of an interpreter of a minor version, such as `3.11`; undefined where this machine has none. */
export const findPython = memoized(
  (minor: string): string | undefined =>
    [...onPath(`python${minor}`), ...pyenvVersions(minor), ...onPath('python3')]
      .map(probe)
      .find((interpreter) => interpreter?.version === minor)?.executable,
);

/** Runs a suite where this machine has the Pythons that it needs, and tells where it has not. */
export const runWith = (suite: { readonly run: () => void }, ...versions: readonly string[]): void => {
  const missing = versions.find((version) => findPython(version) === undefined);
  if (missing === undefined) suite.run();
  else console.log(`SKIPPED: this machine has no Python ${missing}`);
};

/** Absolute path of the `python3` that tests use where the version does not matter; it has pip. */
export const hostPython = (): string => {
  const found = onPath('python3')
    .map(probe)
    .find((interpreter) => interpreter?.hasPip);
  if (found === undefined) throw new Error('these tests need a python3 with pip on the PATH');
  return found.executable;
};

const pipInstall = (python: string, folder: string, requirement: string): string =>
  runTool(python, [
    ...['-I', '-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check'],
    ...['--target', folder, requirement],
  ]);

/** A folder with the newest pip, and a Python that it runs on. */
export const newestPip = (): { readonly python: string; readonly folder: string } => {
  const python = findPython('3.13') ?? findPython('3.12') ?? findPython('3.11') ?? hostPython();
  const folder = cached(`pip-${NEWEST_PIP}`, (target) => {
    pipInstall(python, target, `pip==${NEWEST_PIP}`);
  });
  return { python, folder };
};

const isRecentUv = remembered('uv', (uv): boolean => {
  const { status, stdout } = spawnSync(uv, ['--version'], { encoding: 'utf8' });
  const version = /^uv (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  return status === 0 && version !== undefined && gte(version, UV.oldest);
});

const installedUv = (version: string): string => {
  const folder = cached(`uv-${version}-${process.platform}-${process.arch}`, (target) => {
    pipInstall(hostPython(), target, `uv==${version}`);
  });
  return path.join(folder, 'bin', 'uv');
};

const findUv = (): string => onPath('uv').find(isRecentUv) ?? installedUv(UV.installed);

/** Absolute path of a real uv that is too old for the library. */
export const oldUv = (): string => installedUv(UV.tooOld);

let knownUv: string | undefined;

/** Absolute path of a real uv that is recent enough: the one on the PATH, else one installed for tests. */
export const uv = (): string => (knownUv ??= findUv());

/** Absolute path of the ruff that this repository is written with. */
export const ruff = (): string => {
  const folder = cached(`ruff-${RUFF}-${process.platform}-${process.arch}`, (target) => {
    pipInstall(hostPython(), target, `ruff==${RUFF}`);
  });
  return path.join(folder, 'bin', 'ruff');
};

/** Folder with AWS's runtime client and its own dependencies, nothing else, for this interpreter's minor version. */
export const runtimeClient = memoized((python: string): string => {
  const interpreter = probe(python);
  if (interpreter === undefined) throw new Error(`${python} does not run`);
  return cached(`awslambdaric-up-to-${RUNTIME_CLIENT}-${interpreter.abi}`, (target) => {
    pipInstall(python, target, `awslambdaric<=${RUNTIME_CLIENT}`);
  });
});

/** Which tools of the library a test wants to be found. @default false for each */
export interface Tools {
  readonly uv?: boolean;
  readonly pip?: boolean;
  readonly docker?: boolean;
}

/** What a shell script, a package build or zx may call; linked where this machine has it. */
const SHELL_TOOLS =
  'awk basename bash cat chmod chown cmp comm cp cut date dd df diff dirname du echo env expr false file find ' +
  'git grep gzip head hostname id install kill ldd ln ls md5sum mkdir mktemp mv nproc od printf ps pwd readlink ' +
  'realpath rm rmdir sed seq sh sha256sum sleep sort stat tail tar tee test touch tr true uname uniq unzip wc ' +
  'which whoami xargs zip';

/** Variables that lead to a tool, an interpreter or a package past the PATH. */
const DETOURS = /^(UV|VIRTUAL_ENV|CONDA_PREFIX|PYTHONPATH|PYTHONHOME|PYENV_VERSION|CDK_DOCKER|BASH_ENV|ENV)$/;

const longVersion = remembered('versions', (python) => runTool(python, ['-VV']));

/** `bin` of a virtual environment that has no package, or pip alone. */
const venvBin = (withPip: boolean): string => {
  const python = hostPython();
  const version = longVersion(python);
  const id = sha256(`${python} ${version}`).slice(0, 12);
  const folder = cached(`venv-${withPip ? `pip-${PIP}-` : ''}${id}`, (target) => {
    runTool(python, ['-I', '-m', 'venv', '--without-pip', target]);
    const packages = path.join(target, 'lib', `python${probe(python)?.version ?? ''}`, 'site-packages');
    if (withPip) pipInstall(python, packages, `pip==${PIP}`);
  });
  return path.join(folder, 'bin');
};

const firstOnPath = (name: string): string => {
  const found = onPath(name)[0];
  if (found === undefined) throw new Error(`this test needs ${name} on the PATH`);
  return found;
};

/** The folders of a PATH with these tools. Commands of pip are written here: those pip installs name a folder of the past. */
const toolsPath = memoized((key: string): string => {
  const tools = JSON.parse(key) as Required<Tools>;
  const folder = temporaryFolder('cdk-lambda-python-tools-');
  const link = (name: string, target: string): void => {
    symlinkSync(target, path.join(folder, name));
  };
  link('node', process.execPath);
  SHELL_TOOLS.split(' ').forEach((name) => {
    const found = onPath(name)[0];
    if (found !== undefined) link(name, found);
  });
  if (tools.uv) link('uv', realpathSync(uv()));
  if (tools.docker) link('docker', firstOnPath('docker'));
  const bin = venvBin(tools.pip);
  if (tools.pip)
    ['pip', 'pip3'].forEach((name) => {
      writeFileSync(path.join(folder, name), `#!/bin/sh\nexec '${bin}/python3' -m pip "$@"\n`, {
        mode: 0o755,
      });
    });
  return `${folder}:${bin}`;
});

/**
 * This process's environment with a PATH that holds node, a shell with the usual tools, a Python without packages and
 * exactly the asked-for of uv, pip and docker. What is hidden is neither a command nor a module (`python3 -m pip`).
 */
export const environmentWith = ({ uv = false, pip = false, docker = false }: Tools): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !DETOURS.test(name))),
  PATH: toolsPath(JSON.stringify({ uv, pip, docker })),
  // A bash that no other shell has started may read ~/.bashrc, and have another PATH by that.
  SHLVL: '1',
});
