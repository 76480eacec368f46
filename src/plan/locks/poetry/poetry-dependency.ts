import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import { allOf, constantMarker } from '../../packaging/requirement/constant-marker';
import type { Marker } from '../../packaging/requirement/marker';
import { parseMarker } from '../../packaging/requirement/marker';
import { constraintAllows } from './poetry-constraint';
import type { PoetryPackage } from './poetry-package';
import { parseRequirement } from '../../packaging/requirement/requirement';
import { redactUrls } from '../../values/redact';
import { partitionResults } from '../locked/partition-results';
import { specifierAllows } from '../../packaging/requirement/specifier';
import { parseToolMarker } from '../locked/tool-marker';
import type { TomlTable } from '../../values/toml-values';
import { asArray, asTable, asText, textAt, textsAt, valueAt } from '../../values/toml-values';

/** A dependency of the manifest or of a package. */
export interface PoetryDependency {
  readonly name: string;
  readonly extras: readonly string[];
  readonly marker: Marker | null;
  /** Whether only an extra needs it. */
  readonly optional: boolean;
  /** Chooses among the packages of that name. */
  readonly accepts: (candidate: PoetryPackage) => boolean;
}

/** The marker of `platform = "darwin || win32"`. */
const platformMarker = (platform: string): string =>
  platform
    .split('||')
    .map((part) =>
      part
        .split(',')
        .map((each) => /^\s*(!=|==)?\s*(.*?)\s*$/.exec(each) ?? [])
        .map(([, operator = '==', value = '']) => `sys_platform ${operator} "${value}"`)
        .join(' and '),
    )
    .join(' or ');

const markerOf = (table: TomlTable, python: string | null): Either<string, Marker | null> => {
  const platform = textAt(table, 'platform');
  const texts = [textAt(table, 'markers'), platform === undefined ? undefined : platformMarker(platform)];
  const { errors, values } = partitionResults(
    texts.flatMap((text) => (text === undefined || text.trim() === '' ? [] : parseToolMarker(text))),
  );
  const [error] = errors;
  if (error !== undefined) return left(error);
  const pythons = textAt(table, 'python');
  // Like marker variables, this has the lowest patch version: either `<3.11.4` or `>=3.11.4` holds, not both.
  const holds = pythons === undefined || python === null || constraintAllows(pythons, python);
  return right(allOf([...values, ...(holds ? [] : [constantMarker(false)])]));
};

/** Distinguishes packages of one name: first by their source, then by their version. */
const acceptsOf = (table: TomlTable): PoetryDependency['accepts'] => {
  const has = (key: string): boolean => valueAt(table, key) !== undefined;
  const reference = textAt(table, 'source');
  const constraint = textAt(table, 'version') ?? '*';
  return ({ version, sourceType, sourceReference }) => {
    if (has('git')) return sourceType === 'git';
    if (has('url')) return sourceType === 'url';
    if (has('path') || has('file')) return sourceType === 'directory' || sourceType === 'file';
    return (
      (reference === undefined || reference === sourceReference) && constraintAllows(constraint, version)
    );
  };
};

const readOne = (name: string, value: unknown, python: string | null): Either<string, PoetryDependency> => {
  const text = asText(value);
  const table = text === undefined ? asTable(value) : { version: text };
  if (table === undefined) return left(`${name} is neither a version nor a table`);
  const marker = markerOf(table, python);
  if (isLeft(marker)) return left(`${name}: ${marker.left}`);
  return right({
    name,
    extras: textsAt(table, 'extras'),
    marker: marker.right,
    optional: valueAt(table, 'optional') === true,
    accepts: acceptsOf(table),
  });
};

/**
 * The dependencies under one name. The value is a version, a table, or a list of these, which are alternatives.
 *
 * @param python - Python version of the target, with its patch version; with null every `python` fits
 */
export const readPoetryDependency = (
  name: string,
  value: unknown,
  python: string | null,
): readonly Either<string, PoetryDependency>[] =>
  (asArray(value) ?? [value]).map((each) => readOne(name, each, python));

/** A PEP 508 dependency of `[project]` or of a group of PEP 735. */
export const readStandardDependency = (text: string, optional: boolean): Either<string, PoetryDependency> => {
  const requirement = parseRequirement(text);
  if (isLeft(requirement)) return left(`${JSON.stringify(redactUrls(text))}: ${requirement.left}`);
  const { name, extras, marker: condition, specifier, url } = requirement.right;
  const marker = condition === null ? right(null) : parseMarker(condition);
  if (isLeft(marker)) return marker;
  const accepts: PoetryDependency['accepts'] = ({ version }) =>
    url !== null || specifierAllows(specifier, version);
  return right({ name, extras, marker: marker.right, optional, accepts });
};
