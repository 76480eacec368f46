import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Machine } from './machine';
import { say } from './say';
import type { Scenario } from './scenarios';

/** What was measured of one contender in one scenario of one workload. */
export interface Cell {
  readonly workload: string;
  readonly scenario: Scenario;
  readonly contender: string;
  /** Day of the measurement, as `2026-01-31`. */
  readonly date: string;
  /** Each run, in the order in which they were made. */
  readonly seconds: readonly number[];
  /** The plain synthesis of the same round, for each run. */
  readonly plain: readonly number[];
  /** Programs that a run starts besides its own, from a run that was not timed. */
  readonly processes?: readonly string[];
  /** Why there is no figure. */
  readonly failure?: string;
}

/** How large a bundle is, in bytes, and how long a fresh interpreter imports it, in seconds. */
export interface BundleFigures {
  readonly date: string;
  readonly unzipped: number;
  readonly zipped: number;
  readonly unzippedByteCode: number;
  /** The same bundle zipped without its byte code, by the CDK CLI's own code. */
  readonly zippedWithoutByteCode: number;
  readonly imports: readonly number[];
}

/** A very large app, from a full store. */
export interface ScaleFigures {
  readonly date: string;
  readonly functions: number;
  readonly seconds: readonly number[];
  readonly plain: readonly number[];
  /** Bytes: the peaks of all processes of a run added up, and those of the app alone. */
  readonly memory: number;
  readonly memoryOfApp: number;
  readonly plainMemory: number;
}

/** `Template.fromStack`, in milliseconds: a second app's in one process, and once more for the same stack. */
export interface TemplateFigures {
  readonly date: string;
  readonly second: readonly number[];
  readonly again: readonly number[];
}

export interface Results {
  readonly machine: Machine;
  readonly cells: Readonly<Record<string, Cell>>;
  /** By workload and contender. */
  readonly bundles: Readonly<Record<string, BundleFigures>>;
  /** By number of functions. */
  readonly scale: Readonly<Record<string, ScaleFigures>>;
  /** By contender. */
  readonly templates: Readonly<Record<string, TemplateFigures>>;
  /** Contenders that could not be run, with the reason. */
  readonly refusals: Readonly<Record<string, string>>;
}

export const emptyResults = (machine: Machine): Results => ({
  machine,
  cells: {},
  bundles: {},
  scale: {},
  templates: {},
  refusals: {},
});

export const cellKey = (workload: string, scenario: Scenario, contender: string): string =>
  `${workload}/${scenario}/${contender}`;

/** The results of earlier runs, to which a run of some cells adds; another machine's are of no use beside them. */
export const readResults = (file: string, machine: Machine): Results => {
  if (!existsSync(file)) return emptyResults(machine);
  const earlier = JSON.parse(readFileSync(file, 'utf8')) as Results;
  const same = (['processor', 'cores', 'node'] as const).every(
    (key) => earlier.machine[key] === machine[key],
  );
  if (same) return { ...earlier, machine };
  say('the results that are there are of another machine: starting anew');
  return emptyResults(machine);
};

export const writeResults = (file: string, results: Results): void => {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(results, rounded, 1)}\n`);
};

/** Seconds to a tenth of a millisecond: more digits would be noise. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toFixed(4)) : value;

export const today = (): string => new Date().toISOString().slice(0, 10);
