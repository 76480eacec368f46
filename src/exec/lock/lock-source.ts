import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { DependencyRequest } from '../../plan/request/bundle-request';
import { kindOfFile } from '../../plan/request/declaration-files';
import { configSettingErrors } from '../../plan/declarations/local-packages/config-settings';
import { hasHash } from '../../plan/declarations/line-checks/pinned-line';
import { readProject } from '../../plan/declarations/sets/read-project';
import { placedLines } from '../../plan/declarations/lines/requested-lines';
import { lineErrors } from '../../plan/declarations/line-checks/requirements-check';
import type { AskedLine } from '../../plan/declarations/own-lock/asked-lines';
import { askedByFile, askedByProject } from '../../plan/declarations/own-lock/asked-lines';
import { conflictErrors } from '../../plan/declarations/uv-settings/conflicts';
import { askedSettings, settingsForLock } from '../../plan/declarations/uv-settings/lock-settings';
import { isLockOf, lockNameOf } from '../../plan/locks/locked/own-lock';
import { uvScriptCommand } from '../../plan/errors/lock-command';
import { showPlanError } from '../../plan/errors/plan-error';
import { hasCredentials } from '../../plan/packaging/requirement/url-credentials';
import type {
  LocalPackage,
  ProjectDeclaration,
  ProjectFile,
  RequirementsSnapshot,
} from '../../plan/model/source-snapshot';
import { isThere } from '../files/file-kind';
import { liveDisk, readUsed } from '../survey/read-declaration';
import { appRoot } from '../machine/search-end';
import type { SurveyMemory } from '../survey/survey-memory';

/** A declaration that can be locked, read with all its includes. */
export interface LockSource {
  readonly kind: 'requirements' | 'script' | 'pyproject';
  readonly source: ProjectFile;
  /** Absolute path of its lock. */
  readonly lock: string;
  /** All its requirements. */
  readonly asked: readonly AskedLine[];
  /** The settings of `[tool.uv]` that uv gets. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The same as lines that the lock keeps. */
  readonly askedSettings: readonly AskedLine[];
  readonly requirements: RequirementsSnapshot | null;
  /** The root of the project's workspace. */
  readonly root?: ProjectFile;
  readonly localPackages: readonly LocalPackage[];
  /** Such as `>=3.11`; null if the declaration lacks it. */
  readonly requiresPython: string | null;
  /** Whether the hashes of a requirements file already fix everything. */
  readonly isFixed: boolean;
}

type Messages = readonly string[];

/** The tool that owns a lock, and its command for making the lock. */
const OWNERS: Readonly<Record<string, string>> = {
  'uv.lock': 'uv lock',
  'poetry.lock': 'poetry lock',
  'pdm.lock': 'pdm lock',
  'Pipfile.lock': 'pipenv lock',
  Pipfile: 'pipenv lock',
};

const owned = (file: string, command: string): string =>
  `${file} belongs to the tool that makes it. Run \`${command}\`${command === 'uv lock' ? ', or `uv lock --upgrade` for newer versions' : ''}.`;

/** Locks of a pyproject.toml; no second lock should be beside them. */
const BESIDE_PYPROJECT = ['uv.lock', 'poetry.lock', 'pdm.lock'];

/** The reason why a file is not locked here; undefined if it is. */
const notOurs = (file: string, text: string): string | undefined => {
  const name = path.basename(file);
  const beside = (other: string): string => path.join(path.dirname(file), other);
  const owner = OWNERS[name];
  if (owner !== undefined) return owned(file, owner);
  if (name === 'pyproject.toml') {
    const lock = BESIDE_PYPROJECT.find((other) => isThere(beside(other)));
    if (lock !== undefined) return owned(beside(lock), OWNERS[lock] ?? '');
    const [, tool] = /^\[tool\.(poetry|pdm)[\].]/m.exec(text) ?? [];
    if (tool !== undefined) return owned(file, `${tool} lock`);
  }
  return isThere(`${file}.lock`) ? owned(`${file}.lock`, uvScriptCommand(file)) : undefined;
};

/** The reason why an existing lock may not be replaced; undefined if it may. */
const foreignLock = (lock: string, declaration: string): string | undefined => {
  if (!isThere(lock)) return undefined;
  return isLockOf(fs.readFileSync(lock, 'utf8'), declaration)
    ? undefined
    : `${lock} was not made from ${declaration} by this command: it is left as it is. Remove it, or regenerate it with the tool that wrote it.`;
};

const kindOf = (file: string): LockSource['kind'] | undefined => {
  const kind = kindOfFile(file);
  if (kind === 'requirements' || kind === 'pyproject') return kind;
  return file.endsWith('.py') ? 'script' : undefined;
};

/** The lines of a requirements file that cannot be in a lock, or would do harm there. */
const unlockable = (requirements: RequirementsSnapshot): Messages =>
  placedLines(requirements).flatMap(({ line, file }): string | readonly [] => {
    const at = `${file}:${line.at.from}`;
    if (line._tag === 'FindLinks')
      return `${at} looks for packages in a folder of this machine, which a lock cannot name. Serve it as an index, or name the wheels by their paths.`;
    if ((line.text.match(/[a-z][a-z0-9+.-]*:\/\/\S+/gi) ?? []).some(hasCredentials))
      return `${at} has a user name or password in a URL, which a lock must not have. Write the password as a variable, such as \`https://user:\${NAME}@host\`, and set that variable, or use a netrc file.`;
    return [];
  });

const mixedHashes = (requirements: RequirementsSnapshot): 'all' | 'some' | 'none' => {
  const named = placedLines(requirements).filter(
    ({ line, isConstraint }) => line._tag === 'Named' && !isConstraint,
  );
  const hashed = named.filter(({ line }) => hasHash(line.text)).length;
  return hashed === 0 ? 'none' : hashed === named.length ? 'all' : 'some';
};

/**
 * Reads a declaration for its lock.
 *
 * @param file absolute path of a requirements file, a pyproject.toml or a script with metadata
 */
export const lockSource = (
  file: string,
  dependencies: DependencyRequest,
  memory: SurveyMemory,
): E.Either<Messages, LockSource> => {
  const text = liveDisk(memory).text(file);
  if (text === undefined) return E.left([`${file} cannot be read.`]);
  const kind = kindOf(file);
  const refused = notOurs(file, text);
  if (refused !== undefined) return E.left([refused]);
  if (kind === undefined)
    return E.left([
      `${file} is not a file that this command locks. Name a requirements file (*.txt), a pyproject.toml, or a script with \`# /// script\`.`,
    ]);
  const lock = path.join(path.dirname(file), lockNameOf(path.basename(file)));
  const foreign = foreignLock(lock, path.basename(file));
  if (foreign !== undefined) return E.left([foreign]);
  const source = { file, text };
  const place = {
    entry: source,
    folder: path.dirname(file),
    appFolder: appRoot(liveDisk(memory), path.dirname(file)),
    dependencies,
    outputDirectory: path.resolve('cdk.out'),
  };
  const read = readUsed({ kind, file, manifest: null }, place, memory);
  if (read.problems.length > 0) return E.left(read.problems.map(showPlanError));
  return read.requirements === null
    ? projectSource({ kind, source, lock }, { localPackages: [], ...read.project }, dependencies)
    : fileSource({ kind, source, lock }, read.requirements);
};

type Base = Pick<LockSource, 'kind' | 'source' | 'lock'>;

const fileSource = (base: Base, requirements: RequirementsSnapshot): E.Either<Messages, LockSource> => {
  const problems = [
    ...unlockable(requirements),
    ...[...lineErrors(requirements), ...configSettingErrors(requirements)].map(showPlanError),
  ];
  if (problems.length > 0) return E.left(problems);
  const hashes = mixedHashes(requirements);
  if (hashes === 'some')
    return E.left([
      `${base.source.file} has hashes on some lines and not on others, which pip does not install. Remove the hashes and lock, or give every line its hash.`,
    ]);
  return E.right({
    ...base,
    asked: askedByFile(requirements),
    settings: {},
    askedSettings: [],
    requirements,
    localPackages: requirements.localPackages,
    requiresPython: null,
    isFixed: hashes === 'all',
  });
};

const projectSource = (
  base: Base,
  { localPackages, root }: Pick<ProjectDeclaration, 'localPackages' | 'root'>,
  dependencies: DependencyRequest,
): E.Either<Messages, LockSource> => {
  const { kind, source } = base;
  const declaration = {
    kind: kind === 'script' ? ('script' as const) : ('pyproject' as const),
    source,
    manifest: null,
    ...(root === undefined ? {} : { root }),
  };
  const read = readProject(declaration, dependencies);
  if (E.isLeft(read)) return E.left(read.left.map(showPlanError));
  const { settings, problems } = settingsForLock(declaration, dependencies);
  const wrong = [...problems, ...conflictErrors(declaration, dependencies)];
  if (wrong.length > 0) return E.left(wrong.map(showPlanError));
  const { requirements, locals, requiresPython } = read.right;
  if (requirements.length + locals.length === 0) return E.left([`${source.file} declares no dependencies.`]);
  const secret = requirements.find(({ text }) => hasCredentials(text.replace(/^[^@]*@\s*(git\+)?/, '')));
  if (secret !== undefined)
    return E.left([
      showPlanError({ _tag: 'CredentialsInDeclaration', file: source.file, line: secret.line }),
    ]);
  return E.right({
    ...base,
    asked: askedByProject(source.file, read.right, localPackages),
    settings,
    askedSettings: askedSettings(declaration, read.right),
    ...(root === undefined ? {} : { root }),
    requirements: null,
    localPackages,
    requiresPython: requiresPython?.text ?? null,
    isFixed: false,
  });
};
