import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import type { DependencyRequest } from '../../request/bundle-request';
import { byText } from '../../values/hash';
import { isRemote } from '../../packaging/local/local-reference';
import { nameInUrl } from '../../packaging/requirement/name-in-url';
import { normalizeName } from '../../packaging/requirement/package-name';
import { readPyproject } from '../../packaging/project/pyproject';
import { optionalDependencies } from '../../packaging/project/pyproject-tables';
import { parseToml } from '../../packaging/project/toml-file';
import type { Pinned } from '../../model/pinned';
import type { Markers } from '../lines/marker-holds';
import { markerHolds } from '../lines/marker-holds';
import { followedOf } from '../local-packages/named-locals';
import { fragmentOf, pinOf } from '../line-checks/pinned-line';
import { placedLines } from '../lines/requested-lines';
import type { LocalPackage, RequirementsSnapshot } from '../../model/source-snapshot';
import { markerOf, nameOf } from '../line-checks/unpinned-lines';

/** The name of the distribution that a line installs; null if a URL does not show it for certain. */
const nameIn = (text: string): string | null => {
  if (!isRemote(text)) return nameOf(text);
  const [url = ''] = text.split(/\s/);
  const name = /[#&]egg=/i.test(fragmentOf(url)) || /\.whl(?:#|$)/i.test(url) ? nameInUrl(text) : undefined;
  return name === undefined ? null : normalizeName(name);
};

/** The names of the pinned requirements of a target. */
const fixedIn = (texts: readonly string[], markers: Markers): readonly (string | null)[] =>
  texts.filter((text) => pinOf(text) === 'fixed' && markerHolds(markerOf(text), markers)).map(nameIn);

/** The requirements of a local package, with all its extras. */
const neededBy = ({ path: folder, pyproject }: LocalPackage): readonly string[] => {
  if (pyproject === undefined) return [];
  const source = { file: path.join(folder, 'pyproject.toml'), text: pyproject };
  const table = parseToml(source);
  if (isLeft(table)) return [];
  const extras = [...optionalDependencies(table.right).keys()];
  const read = readPyproject(source, { groups: [], extras });
  return isLeft(read) ? [] : (read.right?.requirements ?? []).map(({ text }) => text);
};

/**
 * The names that may be installed when a declaration must be pinned, because a package may need others that no line
 * pins. Empty if pinning is not required, or if `resolvedAsOf` is set, because its date fixes the others as well.
 */
export const pinnedNames = (
  requirements: RequirementsSnapshot,
  { requirePinned, resolvedAsOf }: Pick<DependencyRequest, 'requirePinned' | 'resolvedAsOf'>,
  markers: Markers,
): { readonly pinned?: Pinned } => {
  if (requirePinned !== true || resolvedAsOf !== undefined) return {};
  const { localPackages } = requirements;
  const lines = placedLines(requirements).flatMap(({ line }) => (line._tag === 'Named' ? line.text : []));
  const needed = [
    ...localPackages.flatMap(neededBy),
    ...followedOf(requirements).fetched.map(({ text }) => text),
  ];
  const all = [
    ...fixedIn([...lines, ...needed], markers),
    ...localPackages.map(({ name }) => (name === null ? null : normalizeName(name))),
  ];
  const names = new Set(all.flatMap((name) => name ?? []));
  return { pinned: { names: [...names].sort(byText), hasUnnamed: all.includes(null) } };
};
