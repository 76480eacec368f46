import type { DependencyRequest } from '../../request/bundle-request';
import { indexLines } from '../lines/index-lines';
import type { LockedPackage, PackageSource } from '../../locks/locked/locked-set';
import type { ProjectIndex } from '../../locks/locked/project-indexes';
import { isSameIndex } from '../../packaging/requirement/package-indexes';

/** The facts, besides the lock, that decide where the packages of a lock come from. */
interface AskedIndexes extends Pick<DependencyRequest, 'index' | 'extraIndexes' | 'urls'> {
  /** Lines that the lock was made with and does not contain. */
  readonly own: readonly string[];
  /** The indexes that the project names. */
  readonly project: readonly ProjectIndex[];
}

/**
 * Gives each index of a project the URL that its lock has. Poetry and uv drop the last slash in a lock, and an index
 * with two spellings would be asked twice, once without its user name and password.
 */
export const asLocked = (
  indexes: readonly ProjectIndex[],
  packages: readonly Pick<LockedPackage, 'source'>[],
): readonly ProjectIndex[] => {
  const locked = packages.flatMap(({ source }) => (source._tag === 'Index' ? (source.url ?? []) : []));
  const spelled = (url: string): string => locked.find((each) => isSameIndex(each, url)) ?? url;
  return indexes.map((index) => (index.url === null ? index : { ...index, url: spelled(index.url) }));
};

/** How a package is installed: from a downloaded wheel, by a build, or without an index. */
type Way = 'download' | 'build' | 'none';

const indexUrl = (url: string): string => `--index-url ${url}`;
const extraIndexUrl = (url: string): string => `--extra-index-url ${url}`;

const findLinks = (url: string): string => `--find-links ${url}`;

const unique = (lines: readonly string[]): readonly string[] => [...new Set(lines)];

/**
 * The lines of a requirements file that name the indexes for a package of a lock; undefined if any index will do. A
 * wheel comes only from the index of its package, because another index may have another file with the same version.
 * Only a build asks several: its build requirements come from the project's default index, its source from its own
 * index.
 */
export const indexesOfPackage = (
  { source }: Pick<LockedPackage, 'source'>,
  way: Way,
  asked: AskedIndexes,
): readonly string[] | undefined => {
  if (way === 'none') return undefined;
  const url = asked.urls && source._tag === 'Index' ? source.url : null;
  const named: Partial<Extract<PackageSource, { readonly _tag: 'Index' }>> =
    source._tag === 'Index' && asked.urls ? source : {};
  const links = (named.links ?? []).map(findLinks);
  const others = [...(named.others ?? []).map(extraIndexUrl), ...links];
  if (way === 'download')
    return [
      ...(named.linksAlone === true ? ['--no-index'] : url === null ? defaultLines(asked) : [indexUrl(url)]),
      ...others,
    ];
  const build = buildLines(asked);
  if (url === null) return unique([...(source._tag === 'Index' ? defaultLines(asked) : build), ...others]);
  return unique([...(build[0] === indexUrl(url) ? build : [extraIndexUrl(url), ...build]), ...others]);
};

/** The index that the installer asks by default, or the indexes of the options. */
const defaultLines = ({ own, ...options }: AskedIndexes): readonly string[] => [
  ...indexLines(options),
  ...own,
];

/** A build does not use an index that a project reserves for some packages (`explicit`). */
const buildLines = (asked: AskedIndexes): readonly string[] => {
  const { index, project, urls } = asked;
  const named = urls ? project.filter(({ isExplicit }) => !isExplicit) : [];
  const first = index === undefined ? named.find(({ isDefault }) => isDefault)?.url : undefined;
  const others = named.flatMap(({ url, isDefault }) => (url === null || isDefault ? [] : extraIndexUrl(url)));
  return unique([...(first == null ? [] : [indexUrl(first)]), ...defaultLines(asked), ...others]);
};

/** Packages that one run of an installer installs, because they use the same indexes. */
export interface LockedRun {
  /** The lines that name these indexes. */
  readonly indexes: readonly string[];
  readonly packages: readonly LockedPackage[];
}

/**
 * Groups packages into runs. The run with the default index is the first, and has the packages for which any index will
 * do.
 */
export const lockedRuns = (
  packages: readonly LockedPackage[],
  indexesOf: (locked: LockedPackage) => readonly string[] | undefined,
): readonly LockedRun[] => {
  const found = packages.map((locked) => ({ locked, lines: indexesOf(locked)?.join('\n') }));
  const texts = [...new Set(found.flatMap(({ lines }) => lines ?? []))].sort(byPlace);
  const [first = ''] = texts;
  return (texts.length === 0 ? [''] : texts).map((text) => ({
    indexes: text === '' ? [] : text.split('\n'),
    packages: found.filter(({ lines = first }) => lines === text).map(({ locked }) => locked),
  }));
};

/**
 * Lines without an own index come first. The others are in the order of their text, which is the same on every machine.
 */
const byPlace = (a: string, b: string): number => (a < b ? -1 : 1);
