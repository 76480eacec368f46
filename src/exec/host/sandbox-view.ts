import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Values } from '../../plan/variables/installer-environment';
import { namedPaths } from '../../plan/values/hosts-in-text';
import { isOutside } from '../../plan/values/paths';
import type { SandboxView } from '../../plan/install/sandbox-argv';
import { homeOf } from '../files/home';
import { uvFolder } from '../machine/interpreter';

/** The places of this machine that an installer needs for a build. */
interface Needs {
  readonly environment: Values;
  /** Texts of its input that name paths: requirements files. */
  readonly texts: readonly string[];
  /** Absolute path of the store's root. */
  readonly store: string;
  /** Absolute paths of folders of the user's project. */
  readonly projects: readonly string[];
  /** Absolute paths of the installer's input, although it may be in a folder that looks empty. */
  readonly readable: readonly string[];
  /** Absolute path of the only writable folder. */
  readonly room: string;
  /** Whether a repository is fetched, which needs Git's settings and keys. */
  readonly usesGit: boolean;
}

/** Without these, no program runs. */
const SYSTEM = ['/usr', '/bin', '/lib', '/lib64', '/etc', '/nix', '/opt'];

/** Programs that may be links to their real places. */
const INSTALLER = /^(uv|python[\d.]*|pip[\d.]*|git)$/;

const CERTIFICATES = ['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'PIP_CERT'];

/** Variables of installers that name folders which no build needs. */
const OF_NO_USE = /CACHE|CREDENTIALS|TOOL|STATE|NETRC/;

const real = (file: string): readonly string[] => {
  try {
    return [fs.realpathSync(file)];
  } catch {
    return [];
  }
};

const isIn = (folder: string, file: string): boolean => !isOutside(folder, file);

/** The view of the sandbox: homes, temporary folders, sockets of services, the store and the project look empty. */
export const sandboxView = (needs: Needs): SandboxView => {
  const { environment, store, projects, room } = needs;
  const home = homeOf(environment);
  const places = (files: readonly string[]): readonly string[] =>
    [...new Set(files.flatMap(real))].filter(
      (folder) => folder !== '/' && !SYSTEM.some((part) => isIn(folder, part)),
    );
  const secret = places([home, os.userInfo().homedir, os.tmpdir(), '/tmp', '/var/tmp', '/run', store]);
  const hidden = [...secret, ...places(projects).filter((folder) => !secret.includes(folder))];
  const readOnly = [...new Set(needed(needs, home).flatMap(real))].filter(
    (file) => hidden.some((folder) => isIn(folder, file)) && !secret.some((folder) => isIn(file, folder)),
  );
  return { hidden, readOnly: [...readOnly, ...needs.readable.flatMap(real)], writable: [room] };
};

const needed = ({ environment, texts, usesGit }: Needs, home: string): readonly string[] => {
  const settings = environment['XDG_CONFIG_HOME'] ?? path.join(home, '.config');
  const folders = (environment['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  const named = Object.entries(environment).flatMap(([name, value = '']) =>
    /^(PIP|UV)_/.test(name) && !OF_NO_USE.test(name) ? [value] : [],
  );
  return [
    ...folders,
    ...folders.flatMap(programsIn),
    uvFolder({ environment, platform: process.platform }, home),
    ...userPackages(home),
    environment['PYENV_ROOT'] ?? path.join(home, '.pyenv'),
    environment['ASDF_DATA_DIR'] ?? path.join(home, '.asdf'),
    environment['MISE_DATA_DIR'] ?? path.join(home, '.local/share/mise'),
    ...CERTIFICATES.flatMap((name) => environment[name] ?? []),
    ...namedPaths([...texts, ...named]),
    // On many machines, it is a link into a folder of sockets.
    '/etc/resolv.conf',
    ...(usesGit
      ? [
          ...['.gitconfig', '.git-credentials', '.ssh'].map((name) => path.join(home, name)),
          path.join(settings, 'git'),
          environment['SSH_AUTH_SOCK'] ?? '',
        ]
      : []),
  ];
};

/** The user's own packages for Pythons of the system. */
const userPackages = (home: string): readonly string[] => {
  const library = path.join(home, '.local', 'lib');
  try {
    return fs
      .readdirSync(library)
      .filter((name) => name.startsWith('python'))
      .map((name) => path.join(library, name));
  } catch {
    return [];
  }
};

/** The folders of the installers and interpreters in a folder of the PATH, and of their link targets. */
const programsIn = (folder: string): readonly string[] => {
  try {
    return fs
      .readdirSync(folder)
      .filter((name) => INSTALLER.test(name))
      .flatMap((name) => linksOf(path.join(folder, name)))
      .flatMap(besides);
  } catch {
    return [];
  }
};

/** A file, and its chain of link targets. */
const linksOf = (file: string, most = 10): readonly string[] => {
  try {
    const to = path.resolve(path.dirname(file), fs.readlinkSync(file));
    return most === 0 ? [file] : [file, ...linksOf(to, most - 1)];
  } catch {
    return [file];
  }
};

/** For a Python, its library as well. The whole prefix may be a home's `.local`, which has more than that. */
const besides = (file: string): readonly string[] => {
  if (!/^python/.test(path.basename(file))) return [file];
  const prefix = path.dirname(path.dirname(file));
  return [
    path.dirname(file),
    ...['lib', 'lib64', 'include', 'pyvenv.cfg'].map((name) => path.join(prefix, name)),
  ];
};
