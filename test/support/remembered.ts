import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { sha256 } from '../../src/plan/values/hash';

/** Folder that all processes of one run of test/runner share; the process of a batch sets it. */
export const shared = globalThis as { testRunFolder?: string };

interface Entry<V> {
  readonly value: V;
}

const read = <V>(file: string): Entry<V> | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Entry<V>;
  } catch {
    return undefined;
  }
};

const write = (file: string, entry: Entry<unknown>): void => {
  mkdirSync(path.dirname(file), { recursive: true });
  const sibling = `${file}.${process.pid}`;
  writeFileSync(sibling, JSON.stringify(entry));
  renameSync(sibling, file);
};

/**
 * Asks the machine once a run for each key, in whichever process that is. Without the runner, once a process. Values
 * survive JSON; `name` keeps the values of different questions apart.
 */
export const remembered = <V>(name: string, compute: (key: string) => V): ((key: string) => V) => {
  const known = new Map<string, Entry<V>>();
  return (key) => {
    const folder = shared.testRunFolder;
    const file = folder === undefined ? undefined : path.join(folder, name, sha256(key));
    const found = known.get(key) ?? (file === undefined ? undefined : read<V>(file));
    const entry = found ?? { value: compute(key) };
    known.set(key, entry);
    if (found === undefined && file !== undefined) write(file, entry);
    return entry.value;
  };
};
