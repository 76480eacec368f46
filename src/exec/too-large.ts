import type { BundlePlan } from '../plan/bundle-plan';
import type { ExecutionError } from './execution-error';
import type { InstalledDistribution } from './recorded-files';
import { sourceOf } from './unused-bytecode';

/** A file and its size in bytes. */
export interface Sized {
  /** With `/`. */
  readonly path: string;
  readonly size: number;
}

export const total = (files: readonly Pick<Sized, 'size'>[]): number =>
  files.reduce((sum, { size }) => sum + size, 0);

/** What a file counts for where the largest are listed, and its size. */
export interface Portion {
  /** A distribution, as `name-version`; else the folder or file at the top. */
  readonly of: string;
  readonly size: number;
}

/** Files by the distributions that list them; byte code counts for what it was made of. */
export const portions = (
  files: readonly Sized[],
  distributions: readonly InstalledDistribution[],
): readonly Portion[] => {
  const owners = new Map(
    distributions.flatMap(({ folder, files: own }) => {
      const name = folder.replace(/\.dist-info$/, '');
      return own.map((file) => [file, name] as const);
    }),
  );
  return files.map(({ path: file, size }) => ({
    of: owners.get(file) ?? owners.get(sourceOf(file)) ?? file.split('/')[0] ?? file,
    size,
  }));
};

const LISTED = 10;

const MEBIBYTE = 1024 * 1024;

const megabytes = (bytes: number): string => (bytes / MEBIBYTE).toFixed(1);

/** Says that it is too much, and what has most of it. */
export const tooLarge = (files: readonly Portion[], limit: number): ExecutionError => {
  const sums = new Map<string, number>();
  for (const { of, size } of files) sums.set(of, (sums.get(of) ?? 0) + size);
  const largest = [...sums].sort(([, a], [, b]) => b - a).slice(0, LISTED);
  return {
    _tag: 'TooLarge',
    size: total(files),
    limit,
    largest: largest.map(([name, size]) => `${name} ${megabytes(size)} MB`),
  };
};

/** Own files that are too large by themselves, which is known before anything is installed, read or compiled. */
export const sourcesTooLarge = ({ sources, install, output }: BundlePlan): ExecutionError | undefined =>
  // Commands may take away what they are given.
  install?.isWhole === true || total(sources) <= output.maximumSize
    ? undefined
    : tooLarge(portions(sources, []), output.maximumSize);

/** From which part of the limit on it is told: the next version of a dependency may be larger. */
const NEAR = 0.8;

/** A line for a bundle that is about to be too large; undefined where there is room. */
export const nearLimit = (label: string, size: number, limit: number): string | undefined =>
  size < NEAR * limit
    ? undefined
    : `the bundle of ${label} has ${megabytes(size)} MB of the ${megabytes(limit)} MB that Lambda takes unzipped, layers included`;
