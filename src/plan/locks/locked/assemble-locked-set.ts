import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';
import { byText } from '../../values/hash';
import type { LockedPackage, LockedSet, PackageSource } from './locked-set';
import { normalizeName } from '../../packaging/requirement/package-name';
import type { PlanError } from '../../errors/plan-error';
import type { ProjectFile } from '../../model/source-snapshot';
import { lineOfString } from '../../packaging/project/toml-lines';
import { hasCredentials } from '../../packaging/requirement/url-credentials';

const identityOf = ({ version, source }: LockedPackage): string => JSON.stringify([version, source]);

const union = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])];

/** Merges two entries of a package, such as one for itself and one with an extra. */
const merge = (first: LockedPackage, second: LockedPackage): LockedPackage => ({
  ...first,
  hashes: union(first.hashes, second.hashes),
  files: first.files === null ? second.files : union(first.files, second.files ?? []),
  ...(second.fromSource === true ? { fromSource: true as const } : {}),
});

/** The URLs of a package's source, without those of PyPI. */
export const urlsOf = (source: PackageSource): readonly string[] =>
  source._tag === 'Local'
    ? []
    : [
        source.url ?? [],
        source._tag === 'Index' ? [...(source.others ?? []), ...(source.links ?? [])] : [],
      ].flat();

/** One error for each URL with credentials, at its first line. */
const credentialErrors = (
  { file, text }: ProjectFile,
  packages: readonly LockedPackage[],
): readonly PlanError[] => {
  const lines = new Map<string, number>();
  for (const { source, line } of packages)
    for (const url of urlsOf(source).filter(hasCredentials))
      if (!lines.has(url)) lines.set(url, text.includes(url) ? lineOfString(text, url, 1) : line);
  return [...lines.values()].map((line) => ({ _tag: 'CredentialsInDeclaration', file, line }));
};

const shown = ({ name, version }: LockedPackage): string => `${name} ${version ?? 'without a version'}`;

/**
 * The set of a lock's packages for a target: ordered, each once. Two versions of one package are an error for one
 * target, but not over all targets (`isOneTarget` false).
 *
 * @param asked - Names of the project's own dependencies; those that are not among the packages are left out
 */
export const assembleLockedSet = (
  file: ProjectFile,
  found: readonly LockedPackage[],
  asked: readonly string[],
  isOneTarget: boolean,
): Either<readonly PlanError[], LockedSet> => {
  const merged = new Map<string, LockedPackage>();
  for (const each of found) {
    const key = `${normalizeName(each.name)} ${identityOf(each)}`;
    const same = merged.get(key);
    merged.set(key, same === undefined ? each : merge(same, each));
  }
  const packages = [...merged.values()].sort((a, b) => byText(normalizeName(a.name), normalizeName(b.name)));
  const twice = packages.flatMap((each, index): readonly PlanError[] => {
    const before = packages[index - 1];
    if (!isOneTarget || before === undefined) return [];
    if (normalizeName(before.name) !== normalizeName(each.name)) return [];
    const reason = `it has both ${shown(before)} and ${shown(each)} for one target`;
    return [{ _tag: 'InvalidDeclaration', file: file.file, line: each.line, reason }];
  });
  const errors = [...credentialErrors(file, packages), ...twice];
  const names = new Set(packages.map(({ name }) => normalizeName(name)));
  const requested = [...new Set(asked.map(normalizeName))].filter((name) => names.has(name)).sort(byText);
  return errors.length > 0 ? left(errors) : right({ packages, requested });
};
