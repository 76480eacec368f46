import * as fs from 'node:fs';
import * as path from 'node:path';
import type { AuditedLine, AuditFinding } from '../plan/show/audited-lines';
import { auditLines, notListed } from '../plan/show/audited-lines';
import type { BundlePlan } from '../plan/model/bundle-plan';
import type { RequirementsLine } from '../plan/declarations/lines/requirements-file';
import { readRequirements } from '../plan/declarations/lines/requirements-file';
import { sha256 } from '../plan/values/hash';
import type { InstallInput, InstallPlan } from '../plan/model/install-plan';
import { isRemote } from '../plan/packaging/local/local-reference';
import { declaredAt } from './install/declared-at';
import { treeOf } from './store/part';
import { installedDistributions } from './distributions/recorded-files';
import type { Store } from './store/store';
import { readTextBytes } from './files/read-text';

/** The result of an audit of one plan. */
export interface Audit {
  readonly label: string;
  readonly findings: readonly AuditFinding[];
  /** The checks that were not possible, and why. */
  readonly notes: readonly string[];
}

/** Gives the content of an installer's input file; throws if there is none. */
type ReadInput = (input: InstallInput) => Buffer;

/**
 * Checks a plan's installer input, and its installed distributions if they are in the store. Installs nothing.
 *
 * @param read reads input files; a cloud assembly has copies of them
 */
export const audit = (
  plan: BundlePlan,
  allowed: readonly string[],
  store: Pick<Store, 'part' | 'keysOf'>,
  read: ReadInput = ({ from }) => readTextBytes(from),
): Audit => {
  const { label, install } = plan;
  if (install === null || install.requirements.length === 0) return { label, findings: [], notes: [] };
  const notes: string[] = [];
  const lines = linesOf(install, read, (note) => notes.push(note));
  const findings = auditLines(lines, allowed);
  const isClosed = install.isLocked || !findings.some(({ kind }) => kind === 'not-hashed');
  if (isClosed) return { label, findings, notes };
  const part = store.part('modules', store.keysOf(plan).modules ?? '');
  if (part === undefined || !fs.existsSync(treeOf(part))) {
    notes.push(
      'there is no lock, and nothing was installed here yet: the dependencies of the requirements are unknown',
    );
    return { label, findings, notes };
  }
  const installed = installedDistributions(treeOf(part)).map(({ folder }) => {
    const [name = '', version = ''] = folder.replace(/\.dist-info$/, '').split('-');
    return { name, version };
  });
  return { label, findings: [...findings, ...notListed(lines, installed)], notes };
};

type Note = (note: string) => void;

/** All lines of the installer's files, with their places; for a lock, the places in the lock. */
const linesOf = (install: InstallPlan, read: ReadInput, note: Note): readonly AuditedLine[] => {
  const { inputs, generated, workingDirectory, declaration } = install;
  const visited = new Set<string>();
  const inGathered = (relative: string): string => path.posix.join(workingDirectory, relative);

  const visitInput = (input: InstallInput, isConstraint: boolean): readonly AuditedLine[] => {
    if (visited.has(`${input.path} ${isConstraint}`)) return [];
    visited.add(`${input.path} ${isConstraint}`);
    const text = textOf(input, read, note);
    return readRequirements(text).flatMap((line) =>
      follow(
        line,
        isConstraint,
        () => inputs.find(({ from }) => from === path.resolve(path.dirname(input.from), target(line))),
        {
          file: input.from,
          at: line.at.from,
        },
      ),
    );
  };

  const follow = (
    line: RequirementsLine,
    isConstraint: boolean,
    included: () => InstallInput | undefined,
    place: Pick<AuditedLine, 'file' | 'at'>,
  ): readonly AuditedLine[] => {
    if (line._tag !== 'Include' || isRemote(line.target)) return [{ line, isConstraint, ...place }];
    const next = included();
    return next === undefined ? [] : visitInput(next, isConstraint || line.flag === '-c');
  };

  return install.requirements.flatMap((name): readonly AuditedLine[] => {
    const made = generated.find((file) => file.path === inGathered(name));
    if (made === undefined) {
      const input = inputs.find((file) => file.path === inGathered(name));
      return input === undefined ? [] : visitInput(input, false);
    }
    return readRequirements(made.text).flatMap((line) =>
      follow(
        line,
        false,
        () => inputs.find((file) => file.path === inGathered(target(line))),
        placeOf(line, install, declaration ?? made.path),
      ),
    );
  });
};

const target = (line: RequirementsLine): string => ('target' in line ? line.target : '');

/** The origin of a generated line. */
const placeOf = (
  line: RequirementsLine,
  install: InstallPlan,
  declaration: string,
): Pick<AuditedLine, 'file' | 'at'> => {
  const found = line._tag === 'Named' ? declaredAt(install, line.text) : null;
  const [, file, at] = /^(.*):(\d+)$/s.exec(found ?? '') ?? [];
  return file === undefined ? { file: declaration, at: null } : { file, at: Number(at) };
};

const textOf = (input: InstallInput, read: ReadInput, note: Note): string => {
  const { from, digest } = input;
  try {
    const bytes = read(input);
    if (sha256(bytes) !== digest) note(`${from} has changed since the plan was made`);
    return bytes.toString();
  } catch {
    note(`${from} is not on this machine: its lines were not checked`);
    return '';
  }
};
