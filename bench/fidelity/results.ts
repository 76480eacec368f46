import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { cache } from '../places';

/** What became of one package on one target. */
export interface Outcome {
  readonly name: string;
  readonly python: string;
  readonly machine: string;
  readonly installer: 'uv' | 'pip';
  /** The wheels that pip would take, by file name; or what it said. */
  readonly possible: { readonly wheels: readonly string[] } | { readonly refused: string };
  /** What is in the bundle, by distribution; or the error. */
  readonly made: { readonly installed: Readonly<Record<string, string>> } | { readonly refused: string };
  /** Files of native code. */
  readonly native: number;
  /** Bytes, unzipped. */
  readonly size: number;
  /** What the checks found: tags, RECORD, ELF. */
  readonly problems: readonly string[];
  /** `ok`, what Python said, or why nothing was imported. */
  readonly imported: string;
}

const FILE = path.join(cache, 'fidelity', 'packages.jsonl');

export const keyOf = ({
  name,
  python,
  machine,
  installer,
}: Pick<Outcome, 'name' | 'python' | 'machine' | 'installer'>): string =>
  [name, python, machine, installer].join(' ');

/** What was found up to now: a run that was stopped goes on where it was. A later outcome replaces an earlier one. */
export const readOutcomes = (): ReadonlyMap<string, Outcome> =>
  new Map(
    (existsSync(FILE) ? readFileSync(FILE, 'utf8').split('\n') : [])
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Outcome)
      .map((outcome) => [keyOf(outcome), outcome]),
  );

export const keepOutcome = (outcome: Outcome): void => {
  mkdirSync(path.dirname(FILE), { recursive: true });
  appendFileSync(FILE, `${JSON.stringify(outcome)}\n`);
};
