import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as t from 'io-ts';
import { isRight } from 'fp-ts/Either';
import { closed } from '../../plan/values/codecs';
import { homeOf } from '../files/home';
import { namesIn } from '../files/names-in';
import { isSealed, seal } from '../store/seal';
import { readTextBytes } from '../files/read-text';
import { pythonProgram } from '../scripts/python-program';

/** The variables and the system that decide where this machine has its interpreters. */
export interface InterpreterPlaces {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

/** The folder of the interpreters that uv has installed (uv's reference, "Storage"). */
export const uvFolder = ({ environment, platform }: InterpreterPlaces, home: string): string =>
  environment['UV_PYTHON_INSTALL_DIR'] ??
  (platform === 'win32'
    ? path.join(environment['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'uv', 'python')
    : path.join(environment['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'uv', 'python'));

/**
 * The absolute paths of programs that may be a Python of a version, the likeliest first: by its versioned name on PATH,
 * installed by uv or pyenv, and then any `python3` or `python`. Nothing is started.
 *
 * @param python major and minor version
 */
export const candidateInterpreters = (python: string, places: InterpreterPlaces): readonly string[] => {
  const { environment, platform } = places;
  const home = homeOf(environment);
  const exe = platform === 'win32' ? '.exe' : '';
  const folders = (environment['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  const isShims = (folder: string): boolean => path.basename(folder) === 'shims';
  const within = (where: readonly string[], name: string): readonly string[] =>
    where.map((folder) => path.join(folder, `${name}${exe}`));
  const onPath = (name: string): readonly string[] =>
    within(
      folders.filter((folder) => !isShims(folder)),
      name,
    );
  const inside = (folder: string, isOne: (name: string) => boolean): readonly string[] =>
    namesIn(folder)
      .filter(isOne)
      .map((name) =>
        platform === 'win32'
          ? path.join(folder, name, 'python.exe')
          : path.join(folder, name, 'bin', `python${python}`),
      );
  const pyenv = path.join(environment['PYENV_ROOT'] ?? path.join(home, '.pyenv'), 'versions');
  const found = [
    ...onPath(`python${python}`),
    ...inside(uvFolder(places, home), (name) => name.startsWith(`cpython-${python}.`)),
    ...inside(pyenv, (name) => name === python || name.startsWith(`${python}.`)),
    ...onPath('python3'),
    ...onPath('python'),
    // Launchers of version managers are slow to ask, and the programs that they start are mostly among the others.
    ...[`python${python}`, 'python3', 'python'].flatMap((name) => within(folders.filter(isShims), name)),
  ];
  return [...new Set(found)].filter((file) => fs.existsSync(file));
};

/** Only a final CPython makes the bytecode that Lambda's Python reads: PyPy's differs, and an alpha's may. */
const interpreterFacts = pythonProgram('interpreter_facts');

const Probed = t.tuple([t.string, t.string, t.string, t.string, t.string], 'Probed');

/** Starts a program and gives its output; undefined if it failed. */
export type Ask = (program: string, argv: readonly string[]) => string | undefined;

/** Synchronous: it takes 20 ms, and a synthesis that only compiles handlers then needs no other process. */
export const askProgram: Ask = (program, argv) => {
  const { status, stdout } = spawnSync(program, argv, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : undefined;
};

/** The first candidate that is a Python whose bytecode has the tag; undefined if no candidate is. */
export const findInterpreter = (ask: Ask, candidates: readonly string[], tag: string): string | undefined => {
  for (const candidate of candidates) {
    const probed = Probed.decode(parsed(ask(candidate, ['-I', '-S', '-c', interpreterFacts()]) ?? ''));
    if (!isRight(probed)) continue;
    const [implementation, cacheTag, level, executable, abi] = probed.right;
    if (implementation === 'cpython' && cacheTag === tag && level === 'final' && !abi.includes('t')) {
      return executable;
    }
  }
  return undefined;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The result of an earlier search, which saves a process. */
interface KnownInterpreter {
  /** Absolute path; null if the search found no interpreter. */
  readonly executable: string | null;
}

/** The sealed text of a record begins with this, so that no other sealed text of the store passes as a record. */
const KIND = 'interpreter';

const Record = closed(
  {
    executable: t.union([t.string, t.null]),
    /** The candidates of that search and the interpreter, each with its size and time. */
    candidates: t.readonlyArray(t.string),
    /** Proves that the writer could read the store's key: nobody else may name a program that is started. */
    seal: t.string,
  },
  'InterpreterRecord',
);

/** The text that is sealed. */
const sealedText = (tag: string, executable: string | null, candidates: readonly string[]): string =>
  JSON.stringify([KIND, tag, executable, candidates]);

/** The root of the store: the parent of the folder of its layout. */
const rootOf = (store: string): string => path.dirname(store);

const recordFile = (store: string, tag: string): string => path.join(store, 'interpreters', `${tag}.json`);

/** Adds the interpreter: a candidate may be the launcher of a version manager, which starts another program. */
const withProgram = (candidates: readonly string[], executable: string | null): readonly string[] =>
  executable === null || candidates.includes(executable) ? candidates : [...candidates, executable];

/** Candidates with their sizes and times, which show whether one has changed. */
const fingerprints = (candidates: readonly string[]): readonly string[] =>
  candidates.map((file) => {
    const { size, mtimeMs } = fs.statSync(file, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 };
    return `${file} ${size} ${mtimeMs}`;
  });

/**
 * The interpreter that an earlier run found and sealed; undefined once it or a candidate has changed.
 *
 * @param store absolute path of the store's folder
 */
export const knownInterpreter = (
  store: string,
  tag: string,
  candidates: readonly string[],
): KnownInterpreter | undefined => {
  try {
    const record = Record.decode(JSON.parse(readTextBytes(recordFile(store, tag)).toString()));
    if (!isRight(record)) return undefined;
    const { executable, candidates: seen, seal: sealed } = record.right;
    const isSame = seen.join('\n') === fingerprints(withProgram(candidates, executable)).join('\n');
    return isSame && isSealed(rootOf(store), sealedText(tag, executable, seen), sealed)
      ? { executable }
      : undefined;
  } catch {
    return undefined;
  }
};

/** Keeps the result of a search in the store. If the store cannot be written to, nothing is kept. */
export const rememberInterpreter = (
  store: string,
  tag: string,
  candidates: readonly string[],
  executable: string | null,
): void => {
  const file = recordFile(store, tag);
  const partial = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const seen = fingerprints(withProgram(candidates, executable));
    const sealed = seal(rootOf(store), sealedText(tag, executable, seen));
    fs.writeFileSync(partial, JSON.stringify({ executable, candidates: seen, seal: sealed }));
    fs.renameSync(partial, file);
  } catch {
    // The next run searches again.
  }
};
