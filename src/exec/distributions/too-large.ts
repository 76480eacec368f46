import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { ExecutionError } from '../errors/execution-error';
import type { InstalledDistribution } from './recorded-files';
import { sourceOf } from './unused-bytecode';
import { waysToFit, type Portion } from '../errors/ways-to-fit';

/** A file and its size in bytes. */
export interface Sized {
  /** With `/`. */
  readonly path: string;
  readonly size: number;
}

export const total = (files: readonly Pick<Sized, 'size'>[]): number =>
  files.reduce((sum, { size }) => sum + size, 0);

/** Files of a kind, each with the distribution that lists it; bytecode counts with its module. */
export const portions = (
  files: readonly Sized[],
  distributions: readonly InstalledDistribution[],
  kind: Portion['kind'],
): readonly Portion[] => {
  const owners = new Map(
    distributions.flatMap(({ folder, files: own }) => {
      const name = folder.replace(/\.dist-info$/, '');
      return own.map((file) => [file, name] as const);
    }),
  );
  return files.map(({ path: file, size }) => ({
    path: file,
    kind,
    of: owners.get(file) ?? owners.get(sourceOf(file)) ?? file.split('/')[0] ?? file,
    size,
  }));
};

const LISTED = 10;

const MEBIBYTE = 1024 * 1024;

const megabytes = (bytes: number): string => (bytes / MEBIBYTE).toFixed(1);

/** The error for a bundle that is too large, with its largest entries and ways to make it smaller. */
export const tooLarge = (
  plan: Pick<BundlePlan, 'install' | 'bytecode' | 'output'>,
  files: readonly Portion[],
): ExecutionError => {
  const sums = new Map<string, number>();
  for (const { of, size } of files) sums.set(of, (sums.get(of) ?? 0) + size);
  const largest = [...sums].sort(([, a], [, b]) => b - a).slice(0, LISTED);
  return {
    _tag: 'TooLarge',
    size: total(files),
    limit: plan.output.maximumSize,
    largest: largest.map(([name, size]) => `${name} ${megabytes(size)} MB`),
    ways: waysToFit(plan, files),
  };
};

/** The error if the user's own files alone are too large, before anything is installed, read or compiled. */
export const sourcesTooLarge = (plan: BundlePlan): ExecutionError | undefined =>
  // Commands may remove files.
  plan.install?.isWhole === true || total(plan.sources) <= plan.output.maximumSize
    ? undefined
    : tooLarge(plan, portions(plan.sources, [], 'own'));

/** The share of the limit at which a warning begins: the next version of a dependency may be larger. */
const NEAR = 0.8;

/** A warning for a bundle that is almost too large; undefined if there is room. */
export const nearLimit = (label: string, size: number, limit: number): string | undefined =>
  size < NEAR * limit
    ? undefined
    : `the bundle of ${label} has ${megabytes(size)} MB of the ${megabytes(limit)} MB that Lambda takes unzipped, layers included`;
