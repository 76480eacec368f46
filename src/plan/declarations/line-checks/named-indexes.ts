import type { BundleRequest } from '../../request/bundle-request';
import { standaloneOptions } from '../lines/line-options';
import type { RequirementsLine } from '../lines/requirements-file';
import { readRequirements } from '../lines/requirements-file';
import { partsOf, pathsOfPart } from '../../packaging/local/named-places';
import type { RequirementsSnapshot } from '../../model/source-snapshot';

/** Variables that name files and folders from which an installer reads packages or versions. */
const NAMES_PLACES =
  /^(UV_(DEFAULT_INDEX|INDEX|INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|CONSTRAINT|BUILD_CONSTRAINT|OVERRIDE|EXCLUDE|CONFIG_FILE)|PIP_(INDEX_URL|EXTRA_INDEX_URL|FIND_LINKS|CONSTRAINT|BUILD_CONSTRAINT|REQUIREMENT|CONFIG_FILE))$/;

const INDEX_OPTIONS: readonly (string | null)[] = ['-i', '--index-url', '--extra-index-url', '--pypi-url'];

const localPaths = (place: string, home = ''): readonly string[] => pathsOfPart(place, home) ?? [];

/**
 * Absolute paths that variables may name. Parts of a value that are not paths of this machine do not count.
 *
 * @param home absolute path that replaces `~` in pip
 */
export const indexesInVariables = (
  variables: Readonly<Record<string, string | undefined>>,
  home = '',
): readonly string[] => [
  ...new Set(
    Object.entries(variables)
      .filter(([name]) => NAMES_PLACES.test(name))
      .flatMap(([, value = '']) => partsOf(value))
      .flatMap((place) => localPaths(place, home)),
  ),
];

/** The absolute paths that a line of a requirements file names as package indexes. */
export const localIndexesOf = (line: RequirementsLine): readonly string[] =>
  standaloneOptions(line).flatMap(({ known, value }) =>
    INDEX_OPTIONS.includes(known) && value !== undefined ? localPaths(value) : [],
  );

const inLines = ({ texts }: Pick<RequirementsSnapshot, 'texts'>): readonly string[] =>
  texts.flatMap(({ text }) => readRequirements(text).flatMap(localIndexesOf));

/** A local index by its absolute path, and whether only a variable names it. */
interface NamedIndex {
  readonly path: string;
  readonly byVariable: boolean;
}

/**
 * Places of this machine that options, variables and requirements files name as package indexes, or as files that an
 * installer reads. The places of `--find-links` are not among them: they are gathered with the requirements.
 *
 * @param home absolute path that replaces `~` in pip
 */
export const namedIndexes = (
  { dependencies, variables = {} }: Pick<BundleRequest, 'dependencies' | 'variables'>,
  requirements: Pick<RequirementsSnapshot, 'texts'> | null,
  home = '',
): readonly NamedIndex[] => {
  const { index, extraIndexes } = dependencies;
  const written = [
    ...[...(index === undefined ? [] : [index]), ...extraIndexes].flatMap((place) => localPaths(place)),
    ...(requirements === null ? [] : inLines(requirements)),
  ];
  const all = new Map<string, boolean>();
  for (const path of indexesInVariables(variables, home)) all.set(path, true);
  for (const path of written) all.set(path, false);
  return [...all].map(([path, byVariable]) => ({ path, byVariable }));
};
