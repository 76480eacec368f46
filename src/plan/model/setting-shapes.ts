import { isRight } from 'fp-ts/Either';
import { Line } from '../values/codecs';
import { parseRequirement } from '../packaging/requirement/requirement';
import { readIndexUrl } from '../values/url';
import { asTable } from '../values/toml-values';

type Shape = (value: unknown) => boolean;

const isLine: Shape = Line.is;
const isFlag: Shape = (value) => typeof value === 'boolean';

const listOf =
  (item: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(item);

const mapOf =
  (item: Shape): Shape =>
  (value) => {
    const table = asTable(value);
    return table !== undefined && Object.entries(table).every(([name, each]) => isLine(name) && item(each));
  };

/** A table with these keys and no others; those with `?` may be absent. */
const tableOf =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value) => {
    const table = asTable(value);
    if (table === undefined) return false;
    const required = Object.keys(shapes).filter((name) => !name.endsWith('?'));
    return (
      required.every((name) => Object.hasOwn(table, name)) &&
      Object.entries(table).every(([name, each]) => (shapes[name] ?? shapes[`${name}?`])?.(each) === true)
    );
  };

const either =
  (...shapes: readonly Shape[]): Shape =>
  (value) =>
    shapes.some((shape) => shape(value));

const oneOf =
  (...words: readonly string[]): Shape =>
  (value) =>
    typeof value === 'string' && words.includes(value);

/** A requirement that names no place of this machine. */
const isRequirement: Shape = (value) => {
  const read = isLine(value) ? parseRequirement(value as string) : undefined;
  return (
    read !== undefined &&
    isRight(read) &&
    (read.right.url === null || /^(https?|git\+https?|git\+ssh):\/\//i.test(read.right.url))
  );
};

/** The URL of an index on the network, without a user name or a password. */
const isIndexUrl: Shape = (value) => {
  const read = isLine(value) && /^https?:/i.test(value as string) ? readIndexUrl(value as string) : undefined;
  return read !== undefined && isRight(read) && read.right.user === null && read.right.password === null;
};

const isIndex = tableOf({
  url: isIndexUrl,
  'name?': isLine,
  'default?': isFlag,
  'explicit?': isFlag,
  'format?': isLine,
  'publish-url?': isLine,
  'authenticate?': isLine,
  'ignore-error-codes?': listOf((value) => Number.isInteger(value)),
  'cache-control?': mapOf(isLine),
  'exclude-newer?': either(isLine, isFlag),
});

const isMetadata = tableOf({
  name: isLine,
  'version?': isLine,
  'requires-dist?': listOf(isLine),
  'requires-python?': isLine,
  'provides-extra?': listOf(isLine),
  'provides-extras?': listOf(isLine),
});

const isBuildRequirement = either(
  isRequirement,
  tableOf({ requirement: isRequirement, 'match-runtime?': isFlag }),
);

const isConfig = mapOf(either(isLine, listOf(isLine)));

/** The shape of each setting that uv is given: what else stands there is told, and no plan can hold it. */
export const SETTING_SHAPES: ReadonlyMap<string, Shape> = new Map([
  ['override-dependencies', listOf(isRequirement)],
  ['constraint-dependencies', listOf(isRequirement)],
  ['build-constraint-dependencies', listOf(isRequirement)],
  ['exclude-dependencies', listOf(isLine)],
  ['dependency-metadata', listOf(isMetadata)],
  ['exclude-newer', isLine],
  ['exclude-newer-package', mapOf(either(isLine, isFlag))],
  ['index', listOf(isIndex)],
  ['index-url', isIndexUrl],
  ['extra-index-url', listOf(isIndexUrl)],
  ['index-strategy', oneOf('first-index', 'unsafe-first-match', 'unsafe-best-match')],
  ['prerelease', oneOf('disallow', 'allow', 'if-necessary', 'explicit', 'if-necessary-or-explicit')],
  ['prerelease-package', mapOf(isLine)],
  ['resolution', oneOf('highest', 'lowest', 'lowest-direct')],
  ['config-settings', isConfig],
  ['config-settings-package', mapOf(isConfig)],
  ['extra-build-dependencies', mapOf(listOf(isBuildRequirement))],
  ['extra-build-variables', mapOf(mapOf(isLine))],
  ['require-build-hashes', isFlag],
  ['no-build', isFlag],
  ['no-build-package', listOf(isLine)],
]);
