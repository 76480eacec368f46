import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as t from 'io-ts';
import type { BundlePlan, SourceFile } from '../../plan/model/bundle-plan';
import type { BytecodePlan } from '../../plan/model/bytecode-plan';
import { bytecodePath } from '../../plan/model/bytecode-plan';
import { closed, Natural } from '../../plan/values/codecs';
import { sha256 } from '../../plan/values/hash';
import { sourcePlace } from '../../plan/model/source-place';
import { bytecodeScript } from '../scripts/bytecode-script';
import type { Content } from '../files/digest';
import { isMissing } from '../files/file-kind';
import { readAsPlanned } from '../install/read-as-planned';
import type { SealedName } from '../store/sealed-file';
import { readSealed, SEAL_SIZE, sealedContent } from '../store/sealed-file';
import { look } from '../files/stamp';
import type { Store } from '../store/store';
import { markUsed, sealedName } from '../store/store';

/** One of the user's modules to compile, and its content. */
export interface CompileJob extends Content {
  readonly bytecode: BytecodePlan;
  /** Absolute path of the module. */
  readonly from: string;
  /** Its name in a traceback on Lambda. */
  readonly name: string;
  /** The bytecode's path in the bundle. */
  readonly path: string;
  /** The hash of the bytecode's inputs: version, name and content. */
  readonly key: string;
}

/**
 * The jobs to compile a plan's own modules. Bytecode that the user ships at the same path is kept. In a whole build,
 * the modules are part of the built files, and compiled with them.
 */
export const compileJobs = ({ bytecode, entry, sources, install }: BundlePlan): readonly CompileJob[] => {
  if (bytecode === null || install?.isWhole === true) return [];
  const own = new Set(sources.map((source) => source.path));
  return sources.flatMap((source) => {
    const target = bytecodePath(bytecode, source.path);
    const from = sourcePlace(entry, source);
    return target === null || own.has(target) ? [] : [jobOf(bytecode, from, source, target)];
  });
};

/** @param from absolute path of the module */
export const jobOf = (
  bytecode: BytecodePlan,
  from: string,
  source: Pick<SourceFile, 'path' | 'digest' | 'size'>,
  target: string,
): CompileJob => {
  const name = `${bytecode.prefix}/${source.path}`;
  return {
    bytecode,
    from,
    digest: source.digest,
    size: source.size,
    name,
    path: target,
    key: sha256(JSON.stringify(['pyc/2', bytecode.tag, name, source.digest])),
  };
};

type Folder = Pick<Store, 'folder'>;

const placeOf = ({ folder }: Folder, { key }: CompileJob): string =>
  path.join(folder, 'pyc', key.slice(0, 2), `${key.slice(2)}.pyc`);

/** The sealed name of bytecode (`pyc`) or of a syntax error (`fault`): both are run or shown, so both are sealed. */
const nameOf = ({ folder }: Folder, { key }: CompileJob, kind: 'pyc' | 'fault'): SealedName =>
  sealedName(folder, kind, key);

/** The stored bytecode of a module; empty for a syntax error, undefined if it is still to be made. */
export const storedBytecode = (store: Folder, job: CompileJob): Buffer | undefined => {
  const place = placeOf(store, job);
  const content = readSealed(nameOf(store, job, 'pyc'), place);
  if (content !== undefined) markUsed(path.dirname(place));
  return content;
};

/** A module's syntax error in a version of Python. */
interface SyntaxFault {
  readonly line: number;
  readonly message: string;
}

const SyntaxFault: t.Type<SyntaxFault> = closed({ line: Natural, message: t.string }, 'SyntaxFault');

const faultPlace = (bytecode: string): string => bytecode.replace(/pyc$/, 'json');

/** The stored syntax error of a module; undefined for a valid one, or before it is compiled. */
export const storedFault = (store: Folder, job: CompileJob): SyntaxFault | undefined => {
  const place = placeOf(store, job);
  if (look(place)?.size !== SEAL_SIZE || !hasBytecode(store, job)) return undefined;
  const content = readSealed(nameOf(store, job, 'fault'), faultPlace(place));
  if (content === undefined) return undefined;
  try {
    const fault: unknown = JSON.parse(content.toString());
    return SyntaxFault.is(fault) ? fault : undefined;
  } catch {
    return undefined;
  }
};

/** Whether a module's bytecode is in the store. */
export const hasBytecode = (store: Folder, job: CompileJob): boolean =>
  readSealed(nameOf(store, job, 'pyc'), placeOf(store, job)) !== undefined;

/** The size of the bytecode of a plan's own modules in the store, in bytes. */
export const bytesOfBytecode = (store: Folder, plan: BundlePlan): number =>
  compileJobs(plan).reduce((sum, job) => {
    const { size = SEAL_SIZE } = look(placeOf(store, job)) ?? {};
    return sum + Math.max(0, size - SEAL_SIZE);
  }, 0);

/** Whether all of a plan's own modules have their bytecode in the store. */
export const isCompiled = (store: Folder, plan: BundlePlan): boolean =>
  compileJobs(plan).every((job) => hasBytecode(store, job));

/** The input of the compile script; paths are relative to `root` and `output`. */
export interface CompileTask {
  readonly tag: string;
  readonly root: string;
  readonly output: string;
  readonly jobs: readonly (readonly [source: string, target: string, name: string])[];
  /** Whether the script writes a syntax error beside the target. */
  readonly faults: true;
}

/**
 * Copies modules into a folder, without those whose content no longer matches their key: their bytecode would silently
 * run in place of other content.
 */
export const stageSources = (
  jobs: readonly CompileJob[],
  folder: string,
): { readonly staged: readonly CompileJob[]; readonly jobs: CompileTask['jobs'] } => {
  const distinct = [...new Map(jobs.map((job) => [job.key, job])).values()];
  const staged = distinct.filter(({ from, key, digest, size }) => {
    const content = readAsPlanned(from, { digest, size });
    if (content === undefined) return false;
    fs.writeFileSync(path.join(folder, `${key}.py`), content);
    return true;
  });
  return { staged, jobs: staged.map(({ key, name }) => [`${key}.py`, `${key}.pyc`, name]) };
};

/**
 * Compiles modules in one process, synchronously: an edited handler is compiled during a synthesis. If a module cannot
 * be compiled, the bundle has no bytecode of it.
 */
export const compileSources = (
  store: Store,
  interpreter: string,
  tag: string,
  jobs: readonly CompileJob[],
): void => {
  if (jobs.length === 0) return;
  store.temporarySync((folder) => {
    const { staged, jobs: staging } = stageSources(jobs, folder);
    const task: CompileTask = { tag, root: folder, output: folder, jobs: staging, faults: true };
    const { status } = spawnSync(
      interpreter,
      ['-I', '-S', '-B', '-W', 'ignore', '-c', bytecodeScript(), 'jobs'],
      {
        input: JSON.stringify(task),
        stdio: ['pipe', 'ignore', 'ignore'],
      },
    );
    if (status === 0) keepCompiled(store, folder, staged);
  });
};

/** Stores the bytecode in a folder, as `<key>.pyc`; a missing file means a syntax error. */
export const keepCompiled = (store: Store, output: string, jobs: readonly CompileJob[]): void => {
  for (const job of jobs) {
    const [made, place] = [path.join(output, `${job.key}.pyc`), placeOf(store, job)];
    // The syntax error is stored before the empty bytecode that refers to it.
    const fault = contentAt(faultPlace(made));
    if (fault !== undefined)
      keepSealed(nameOf(store, job, 'fault'), fault, faultPlace(made), faultPlace(place));
    keepSealed(nameOf(store, job, 'pyc'), contentAt(made) ?? Buffer.alloc(0), made, place);
  }
};

const contentAt = (file: string): Buffer | undefined => {
  try {
    return fs.readFileSync(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

const keepSealed = (name: SealedName, content: Buffer, made: string, place: string): void => {
  const sealed = `${made}.sealed`;
  fs.writeFileSync(sealed, sealedContent(name, content));
  putInFolder(sealed, place);
};

/** Moves a file into a folder that another run may prune in the meantime. */
const putInFolder = (made: string, place: string, attempts = 3): void => {
  try {
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.renameSync(made, place);
  } catch (error) {
    if (attempts === 0 || !isMissing(error)) throw error;
    putInFolder(made, place, attempts - 1);
  }
};
