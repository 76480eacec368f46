import * as fs from 'node:fs';
import * as path from 'node:path';
import type { DependencyRequest } from '../../src/plan/request/bundle-request';
import { DEFAULT_INDEX } from '../../src/plan/packaging/requirement/package-indexes';
import { runTool, uv } from './python-tools';
import { temporaryFolder, writeTree } from './temporary';

/** The versions of Python that each project is bundled for. */
export const PYTHONS = ['3.9', '3.11', '3.13'] as const;

export type TriedPython = (typeof PYTHONS)[number];

/** A project whose dependencies are declared in one of the ways that are read; a row of the table in the documentation. */
export interface DeclaredProject {
  /** First cell of its row. */
  readonly title: string;
  /** Its files, in `test/fixtures/declarations`. */
  readonly folder: string;
  /** The entry, relative to that folder; what the fixture has of it comes before the handler. */
  readonly entry: string;
  /** The file that tells the versions, relative to that folder. */
  readonly lock: string;
  readonly dependencies?: Partial<DependencyRequest>;
  /** Normalized names of what must be installed, and of nothing else. */
  readonly installed: (python: TriedPython) => readonly string[];
  /** Versions that the lock does not say. */
  readonly versions?: Readonly<Record<string, string>>;
  /** Makes what of it cannot be committed, in a copy. */
  readonly make?: (root: string) => void;
  /** Whether a container could not see what it installs from. @default false */
  readonly hostOnly?: boolean;
}

/** One with native code, one that requires another, and one of which the version depends on Python's. */
const usual = ['markupsafe', 'tinycss2', 'webencodings', 'colorama'];

const shared = ['markupsafe', 'tinycss2', 'webencodings', 'shared-lib'];

const chosen = { extras: ['names'], groups: ['web'] };

const withChosen = [...usual, 'idna', 'zipp'];

const git = (folder: string, ...args: readonly string[]): string =>
  runTool('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-C', folder, ...args]).trim();

export const DECLARED_PROJECTS: readonly DeclaredProject[] = [
  {
    title: '`requirements.txt` with `-r`, `-c` and markers',
    folder: 'requirements',
    entry: 'index.py',
    lock: 'constraints.txt',
    versions: { markupsafe: '3.0.2' },
    installed: () => usual,
  },
  {
    title: '`requirements.txt` with hashes, which are required',
    folder: 'hashed',
    entry: 'index.py',
    lock: 'requirements.txt',
    dependencies: { requireHashes: true },
    installed: () => usual,
  },
  {
    title: '`requirements.txt` with `-e ../shared`',
    folder: 'above-requirements',
    entry: 'app/index.py',
    lock: 'app/constraints.txt',
    versions: { markupsafe: '3.0.2', tinycss2: '1.3.0', 'shared-lib': '1.2.3' },
    installed: () => shared,
  },
  {
    title: '`requirements.txt` with a Git commit',
    folder: 'git',
    entry: 'app/index.py',
    lock: 'app/requirements.txt',
    versions: { 'shared-lib': '1.2.3' },
    installed: () => shared,
    make: (root) => {
      const repository = path.join(root, 'repository');
      git(repository, 'init', '--quiet');
      git(repository, 'add', '.');
      git(repository, 'commit', '--quiet', '--message', 'A package');
      const commit = git(repository, 'rev-parse', 'HEAD');
      const lines = [
        `shared-lib @ git+file://${repository}@${commit}`,
        'markupsafe==3.0.2',
        'tinycss2==1.3.0',
        'webencodings==0.5.1',
        '',
      ];
      writeTree(root, { 'app/requirements.txt': lines.join('\n') });
    },
    hostOnly: true,
  },
  {
    title: '`pylock.toml`',
    folder: 'pylock',
    entry: 'index.py',
    lock: 'pylock.toml',
    installed: () => usual,
    make: (root) => {
      const to = ['--no-dev', '--no-emit-project', '--output-file', 'pylock.toml'];
      runTool(uv(), ['export', '--quiet', '--format', 'pylock.toml', ...to], root);
      fs.rmSync(path.join(root, 'uv.lock'));
    },
  },
  {
    title: '`uv.lock`, an extra and a group chosen',
    folder: 'uv',
    entry: 'index.py',
    lock: 'uv.lock',
    dependencies: chosen,
    installed: () => withChosen,
    make: (root) => runTool(uv(), ['lock', '--quiet'], root),
  },
  {
    title: '`uv.lock` of a workspace, from a member',
    folder: 'workspace',
    entry: 'api/index.py',
    lock: 'uv.lock',
    installed: () => [...usual, 'common'],
    make: (root) => runTool(uv(), ['lock', '--quiet'], root),
  },
  {
    title: '`uv.lock` with a package of `../shared`',
    folder: 'above-uv',
    entry: 'app/index.py',
    lock: 'app/uv.lock',
    installed: () => shared,
    make: (root) => runTool(uv(), ['lock', '--quiet'], path.join(root, 'app')),
  },
  {
    title: '`poetry.lock` of Poetry 1, an extra and a group chosen',
    folder: 'poetry1',
    entry: 'index.py',
    lock: 'poetry.lock',
    dependencies: chosen,
    installed: () => withChosen,
  },
  {
    title: '`poetry.lock` of Poetry 2, an extra and a group chosen',
    folder: 'poetry2',
    entry: 'index.py',
    lock: 'poetry.lock',
    dependencies: chosen,
    installed: () => withChosen,
  },
  {
    title: '`poetry.lock` with a package of `../shared`',
    folder: 'above-poetry',
    entry: 'app/index.py',
    lock: 'app/poetry.lock',
    installed: () => shared,
  },
  {
    title: '`Pipfile.lock`',
    folder: 'pipenv',
    entry: 'index.py',
    lock: 'Pipfile.lock',
    installed: (python) => [...usual, ...(python === '3.9' ? ['tomli'] : [])],
    versions: { colorama: '0.4.6' },
    make: (root) => {
      const file = path.join(root, 'Pipfile.lock');
      fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll('DEFAULT_INDEX', DEFAULT_INDEX));
    },
  },
  {
    title: '`pdm.lock`, an extra and a group chosen',
    folder: 'pdm',
    entry: 'index.py',
    lock: 'pdm.lock',
    dependencies: chosen,
    installed: () => withChosen,
  },
  {
    title: '`pyproject.toml` alone, an extra and a group chosen',
    folder: 'pyproject',
    entry: 'index.py',
    lock: 'pyproject.toml',
    versions: { webencodings: '0.5.1' },
    dependencies: chosen,
    installed: () => withChosen,
  },
  {
    title: 'a script (PEP 723)',
    folder: 'script',
    entry: 'index.py',
    lock: 'index.py',
    versions: { webencodings: '0.5.1' },
    installed: () => usual,
  },
  {
    title: 'a script with its lock (`uv lock --script`)',
    folder: 'script-lock',
    entry: 'index.py',
    lock: 'index.py.lock',
    installed: () => usual,
    make: (root) => runTool(uv(), ['lock', '--quiet', '--script', 'index.py'], root),
  },
];

const FIXTURES = path.resolve(__dirname, '../fixtures/declarations');

/** A copy of a project in a repository of its own, with its handler and locks. */
export const copyOfProject = ({ folder, entry, make }: DeclaredProject, handler: string): string => {
  const root = temporaryFolder();
  fs.cpSync(path.join(FIXTURES, folder), root, { recursive: true });
  fs.mkdirSync(path.join(root, '.git'));
  const file = path.join(root, entry);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  make?.(root);
  fs.appendFileSync(file, handler);
  return root;
};
