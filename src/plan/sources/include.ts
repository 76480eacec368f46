import { invalidOption } from '../errors/invalid-option';
import * as path from 'node:path';
import type { SourceFile } from '../model/bundle-plan';
import type { BundleRequest, Include } from '../request/bundle-request';
import { Line, RelativeFolder } from '../values/codecs';
import { foldersOf } from '../values/paths';
import type { PlanError } from '../errors/plan-error';

/** The paths at which what is included may lie, in order. */
export const includeCandidates = (
  { from }: Include,
  { definingFiles, currentFolder }: Pick<BundleRequest, 'definingFiles' | 'currentFolder'>,
): readonly string[] =>
  [
    ...new Set(
      [
        ...definingFiles.map((file) => path.dirname(file)),
        ...(currentFolder === undefined ? [] : [currentFolder]),
      ].map((folder) => path.resolve(folder, from)),
    ),
    ...(path.isAbsolute(from) ? [path.normalize(from)] : []),
  ].filter((place, index, all) => all.indexOf(place) === index);

const staysInBundle = (to: string): boolean =>
  RelativeFolder.is(to) && Line.is(to) && !to.includes('\\') && path.posix.normalize(to) === to;

/** What is wrong with the places that included files are to have. */
export const includeErrors = ({ include = [] }: Pick<BundleRequest, 'include'>): readonly PlanError[] =>
  include.flatMap(({ to }, index) =>
    staysInBundle(to)
      ? []
      : invalidOption(
          `bundling.include[${index}].to`,
          to,
          'a relative path with "/" between its parts that stays inside the bundle',
        ),
  );

/**
 * Files that would have the place of another, or need a folder where a file is.
 *
 * @param placeOf absolute path of a file
 */
export const includeConflicts = (
  sources: readonly SourceFile[],
  placeOf: (source: SourceFile) => string,
): readonly PlanError[] => {
  if (!sources.some(({ folder }) => folder !== undefined)) return [];
  const ordered = [
    ...sources.filter(({ folder }) => folder === undefined),
    ...sources.filter(({ folder }) => folder !== undefined),
  ];
  const files = new Map<string, SourceFile>();
  const folders = new Map<string, SourceFile>();
  return ordered.flatMap((source): PlanError | readonly [] => {
    const above = foldersOf(source.path);
    const other =
      files.get(source.path) ??
      folders.get(source.path) ??
      above.flatMap((folder) => files.get(folder) ?? [])[0];
    if (other !== undefined)
      return {
        _tag: 'IncludeConflict',
        path: source.path,
        file: placeOf(source),
        other: placeOf(other),
      };
    files.set(source.path, source);
    for (const folder of above) if (!folders.has(folder)) folders.set(folder, source);
    return [];
  });
};
