import type { TestFile } from './find-files';

/** Files that run one after the other in one process. */
export interface Batch {
  readonly files: readonly string[];
  /** Whether no other batch may run at the same time. */
  readonly alone: boolean;
}

/**
 * How many files of a folder share a process. To start one and to load the library, or the CDK, costs more than most files
 * of these folders. Files of other folders start many processes themselves, and have one of their own.
 */
const TOGETHER: Readonly<Record<string, number>> = { plan: 40, bench: 40, exec: 6, construct: 6 };

const folderOf = (file: string): string => file.split('/')[0] ?? '';

/** Seconds by folder, for a file whose cost nobody remembers. Only the order of the run depends on them. */
const GUESSES: Readonly<Record<string, number>> = {
  e2e: 30,
  cli: 15,
  hostile: 15,
  faults: 60,
  docker: 30,
  construct: 4,
  exec: 3,
};

const guess = (file: string): number => GUESSES[folderOf(file)] ?? 0.2;

const chunks = (files: readonly string[], size: number): readonly (readonly string[])[] =>
  files.length === 0 ? [] : [files.slice(0, size), ...chunks(files.slice(size), size)];

/** Who runs with whom: the longest batch first, then those that run alone. */
export const batchesOf = (
  files: readonly TestFile[],
  costs: Readonly<Record<string, number>>,
): readonly Batch[] => {
  const costOf = ({ files: names }: Batch): number =>
    names.reduce((sum, name) => sum + (costs[name] ?? guess(name)), 0);
  const beside = files.filter(({ alone }) => alone === undefined).map(({ name }) => name);
  const folders = [...new Set(beside.map(folderOf))];
  const longestFirst = folders
    .flatMap((folder) =>
      chunks(
        beside.filter((name) => folderOf(name) === folder),
        TOGETHER[folder] ?? 1,
      ),
    )
    .map((names): Batch => ({ files: names, alone: false }))
    .sort((a, b) => costOf(b) - costOf(a));
  const alone = files.filter((file) => file.alone !== undefined);
  return [...longestFirst, ...alone.map(({ name }): Batch => ({ files: [name], alone: true }))];
};
