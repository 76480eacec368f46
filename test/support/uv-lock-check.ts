import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Test } from 'uvu';
import * as assert from 'uvu/assert';
import type { LocalPackage } from '../../src/plan/model/source-snapshot';
import { readUvLock } from '../../src/plan/locks/uv/uv-lock';
import { markerEnvironment } from '../../src/plan/packaging/tags/marker-environment';
import type { OpenIndex } from './open-index';
import { openIndex } from './open-index';
import { findPython, uv } from './python-tools';
import { temporaryFolder, writeTree } from './temporary';
import { wheelFolder } from './wheel';

/*
 * A real lock of uv, before and after one change of its declaration: uv itself (`uv lock --check`) and this library are asked
 * whether it is stale.
 */

const environment = markerEnvironment({ name: 'x', python: '3.11', glibcMinor: 26 }, 'x86_64');

type Tree = Readonly<Record<string, string>>;

const environmentOfUv = {
  ...process.env,
  ...{
    UV_PYTHON_DOWNLOADS: 'never',
    UV_PYTHON: findPython('3.11') ?? '',
    UV_NO_PROGRESS: '1',
    NO_COLOR: '1',
  },
};

/** What uv says on its standard error, and whether it agrees. */
const askUv = (
  cwd: string,
  ...args: readonly string[]
): Promise<{ readonly agrees: boolean; readonly said: string }> =>
  new Promise((resolve) => {
    execFile(uv(), ['lock', ...args], { cwd, env: environmentOfUv }, (error, _, stderr) => {
      resolve({ agrees: error === null, said: stderr });
    });
  });

export interface Place {
  /** The folder of the manifest, as seen from the lock's. @default the same */
  readonly member?: string;
  /** A script that has the lock. @default it is a project */
  readonly script?: string;
  readonly groups?: readonly string[];
  /** What changes. @default pyproject.toml, or the script */
  readonly file?: string;
  /** What lies beside it. @default a few local packages */
  readonly beside?: () => Tree;
}

const fileAt = (root: string, name: string) => ({
  file: path.join(root, name),
  text: readFileSync(path.join(root, name), 'utf8'),
});

/** The local packages of a project, as the survey reads them. Those in `members` are in its workspace. */
const localPackagesIn = (root: string): readonly LocalPackage[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => path.basename(name) === 'pyproject.toml' && name !== 'pyproject.toml')
    .map((name) => ({
      ...{ path: path.dirname(path.join(root, name)), name: null, files: [], kind: 'folder' },
      pyproject: fileAt(root, name).text,
      ...(name.startsWith('members/')
        ? { workspace: { root: fileAt(root, 'pyproject.toml'), members: [] } }
        : {}),
    }));

/** Why the lock is stale, as this library says it; null where it takes the lock. */
const ours = (root: string, { member = '', script, groups = [] }: Place): string | null => {
  const result = readUvLock({
    source: fileAt(root, script === undefined ? 'uv.lock' : `${script}.lock`),
    manifest: fileAt(root, script ?? path.join(member, 'pyproject.toml')),
    ...(member === '' ? {} : { root: fileAt(root, 'pyproject.toml') }),
    ...{ markers: environment, groups, extras: [], localPackages: localPackagesIn(root) },
  });
  if (result._tag === 'Right') return null;
  const [error] = result.left;
  return error?._tag === 'LockOutdated' ? error.reason : `another error: ${JSON.stringify(result.left)}`;
};

/** Two indexes and a Git repository that declarations may name. */
export interface Sources {
  readonly one: OpenIndex;
  readonly two: OpenIndex;
  /** Absolute path; its tags are v1 and v2, its branches main and next. */
  readonly repository: string;
  /** The commit of v1. */
  readonly commit: string;
}

const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], {
    cwd,
    encoding: 'utf8',
  }).trim();

const makeRepository = (): string => {
  const folder = temporaryFolder();
  const project = '[project]\nname = "from-git"\nversion = "1"\nrequires-python = ">=3.9"\n';
  writeTree(folder, {
    'pyproject.toml': project,
    'sub/pyproject.toml': project,
    'sub two/pyproject.toml': project,
  });
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  git(folder, 'add', '.');
  git(folder, 'commit', '--quiet', '--message', 'one');
  git(folder, 'tag', 'v1');
  git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'two');
  git(folder, 'tag', 'v2');
  git(folder, 'branch', 'next');
  return folder;
};

const openSources = async (): Promise<Sources> => {
  const folders = ['1.0.0', '1.1.0'].map((version) =>
    wheelFolder('corp_core', { 'corp_core.py': '' }, { version }),
  );
  const other = wheelFolder('other', { 'other.py': '' }, { version: '2.0' });
  const repository = makeRepository();
  return {
    one: await openIndex(...folders, other),
    two: await openIndex(...folders, other),
    repository,
    commit: git(repository, 'rev-parse', 'v1'),
  };
};

/** The URL of a wheel of the first index. */
export const wheelUrl = ({ one }: Sources, version: string): string =>
  `${one.url.replace('simple', 'files')}/corp_core-${version}-py3-none-any.whl`;

/** The indexes that each declaration has, `main` in the place of PyPI. */
export const indexesOf = ({ one, two }: Sources): string =>
  [
    `[[tool.uv.index]]\nname = "corp"\nurl = "${one.url}"\nexplicit = true\n`,
    `[[tool.uv.index]]\nname = "second"\nurl = "${two.url}/"\nexplicit = true\n`,
    `[[tool.uv.index]]\nname = "main"\nurl = "${one.url}/"\ndefault = true\n`,
  ].join('');

/** The table `[tool.uv.sources]`. */
export const sourced = (source: string): string => `[tool.uv.sources]\n${source}\n`;

export const CORP = 'corp-core = { index = "corp" }';

/** Projects whose sources are open while a test runs. */
export const sourcedProjects = (test: Test) => {
  let opened: Sources | undefined;
  test.before(async () => {
    opened = await openSources();
  });
  test.after(() => {
    opened?.one.close();
    opened?.two.close();
  });
  const sources = (): Sources => {
    if (opened === undefined) throw new Error('the sources are not open yet');
    return opened;
  };
  const project = (dependencies: string, more = ''): string =>
    `[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = [${dependencies}]\n${more}\n${indexesOf(sources())}`;
  const withSource =
    (source: string, dependencies = '"corp-core"') =>
    () =>
      project(dependencies, sourced(source));
  return { sources, project, withSource };
};

const shown = (reason: string | null, { one, two, repository, commit }: Sources): string | null =>
  reason === null
    ? null
    : reason
        .replaceAll(one.url.replace('simple', 'files'), 'FILES')
        .replaceAll(one.url, 'INDEX')
        .replaceAll(two.url, 'SECOND')
        .replaceAll(`file://${repository}`, 'GIT')
        .replaceAll(commit, 'COMMIT');

/**
 * The name of a change, a declaration, what becomes of it, and why the lock is stale then: null for a change that uv allows.
 */
export type Row = readonly [
  change: string,
  before: () => string,
  after: () => string,
  reason: string | null,
  place?: Place,
];

const local = '[project]\nname = "lib"\nversion = "1"\n';

/** What lies beside each declaration. */
const BESIDE: Tree = {
  'lib/pyproject.toml': local,
  'lib2/pyproject.toml': local,
  'other/pyproject.toml': local.replace('lib', 'other'),
  'plain/pyproject.toml': `${local}[tool.uv]\npackage = false\n`,
};

/** A test of each row. */
export const addRows = (test: Test, rows: readonly Row[], sources: () => Sources): void => {
  for (const [change, before, after, reason, place = {}] of rows)
    test(change, async () => {
      const root = temporaryFolder();
      const { script, beside } = place;
      const file = place.file ?? script ?? 'pyproject.toml';
      const ofScript = script === undefined ? [] : ['--script', script];
      writeTree(root, { ...BESIDE, ...beside?.(), [file]: before() });
      const made = await askUv(root, ...ofScript);
      assert.ok(made.agrees, made.said);
      assert.is(ours(root, place), null);
      writeTree(root, { [file]: after() });
      const now = await askUv(root, '--check', ...ofScript);
      assert.ok(now.agrees || now.said.includes('needs to be updated'), now.said);
      assert.equal(
        { mine: shown(ours(root, place), sources()), uv: now.agrees },
        { mine: reason, uv: reason === null },
      );
    });
};
