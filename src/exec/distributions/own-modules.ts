import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundlePlan, SourceFile } from '../../plan/model/bundle-plan';
import { sourcePlace } from '../../plan/model/source-place';
import { treeOf } from '../store/part';
import type { Part } from '../store/part';

/** One of the user's own Python files. */
export interface OwnModule {
  /** Absolute path of the file for the bundle. */
  readonly file: string;
  /** Absolute path of the user's file. */
  readonly shown: string;
  readonly digest: string;
}

/**
 * The user's own modules in a bundle, by path without ending. Distributions that an installer has put among the sources
 * do not count; their RECORD shows them.
 *
 * @param part the built part, for a whole build
 */
export const ownModules = (plan: BundlePlan, part: Part | null): ReadonlyMap<string, OwnModule> => {
  const vendored = vendoredIn(plan);
  const built = plan.install?.isWhole === true && part !== null ? digestsOf(part) : undefined;
  return new Map(
    plan.sources
      .filter(({ path: file }) => file.endsWith('.py') && !vendored.some((place) => isIn(file, place)))
      .flatMap((source) => {
        const own = ownModule(plan, source, part, built);
        return own === undefined ? [] : [[source.path.slice(0, -'.py'.length), own] as const];
      }),
  );
};

/** In a whole build, the file as commands have left it; undefined if they have removed it. */
const ownModule = (
  { entry }: BundlePlan,
  source: SourceFile,
  part: Part | null,
  built: ReadonlyMap<string, string> | undefined,
): OwnModule | undefined => {
  const { path: place, digest } = source;
  const shown = sourcePlace(entry, source);
  if (built === undefined || part === null) return { file: shown, shown, digest };
  const made = built.get(place);
  return made === undefined ? undefined : { file: path.join(treeOf(part), place), shown, digest: made };
};

const digestsOf = ({ files }: Part): ReadonlyMap<string, string> =>
  new Map(files.map((file) => [file.path, file.digest]));

const isIn = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`);

const RECORD = /^(.*?)[^/]+\.dist-info\/RECORD$/;

/** Files and folders of distributions among the sources. */
const vendoredIn = ({ entry, sources }: BundlePlan): readonly string[] =>
  sources.flatMap((source) => {
    const [, folder] = RECORD.exec(source.path) ?? [];
    if (folder === undefined) return [];
    const lines = textOf(sourcePlace(entry, source)).split('\n');
    return [...new Set(lines.flatMap((line) => /^[^/,"]+/.exec(line)?.[0] ?? []))]
      .filter((name) => name !== '..' && !name.endsWith('.dist-info'))
      .map((name) => `${folder}${name}`);
  });

const textOf = (file: string): string => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
