import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { FileResult } from './file-report';

/** Seconds that each file took on this machine when it last passed. Deleting it is safe. */
export type Costs = Readonly<Record<string, number>>;

export const readCosts = (file: string): Costs => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Costs;
  } catch {
    return {};
  }
};

/** Adds what was measured to what is remembered. */
export const writeCosts = (file: string, results: readonly FileResult[]): void => {
  const passed = results.filter(({ failure }) => failure === undefined);
  const measured = passed.map(({ file: name, seconds }) => [name, Number(seconds.toFixed(2))] as const);
  mkdirSync(path.dirname(file), { recursive: true });
  const sibling = `${file}.${process.pid}`;
  writeFileSync(sibling, JSON.stringify({ ...readCosts(file), ...Object.fromEntries(measured) }));
  renameSync(sibling, file);
};
