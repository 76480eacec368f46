import type { ExecutionError } from './execution-error';

/** A file and its size in bytes. */
export interface Sized {
  /** With `/`. */
  readonly path: string;
  readonly size: number;
}

export const total = (files: readonly Sized[]): number => files.reduce((sum, { size }) => sum + size, 0);

const LISTED = 10;

const MEBIBYTE = 1024 * 1024;

/** Says of files that they are too much, and which folders at the top have most of it. */
export const tooLarge = (files: readonly Sized[], limit: number): ExecutionError => {
  const tops = new Map<string, number>();
  for (const { path: name, size } of files) {
    const top = name.split('/')[0] ?? name;
    tops.set(top, (tops.get(top) ?? 0) + size);
  }
  const largest = [...tops].sort(([, a], [, b]) => b - a).slice(0, LISTED);
  return {
    _tag: 'TooLarge',
    size: total(files),
    limit,
    largest: largest.map(([name, size]) => `${name} ${(size / MEBIBYTE).toFixed(1)} MB`),
  };
};
