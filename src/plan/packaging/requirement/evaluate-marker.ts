import { gt, lt, satisfies, valid, validRange } from '@renovatebot/pep440';
import type { Marker, MarkerOperand } from './marker';
import { normalizeName } from './package-name';

/** The extras and dependency groups that are asked for; the names need not be normalized. */
interface ActiveNames {
  readonly extras?: readonly string[];
  readonly groups?: readonly string[];
}

/** The context in which markers are evaluated. */
export interface MarkerTarget extends ActiveNames {
  /** Variables of PEP 508; with null, every comparison with a variable is true. */
  readonly environment: Readonly<Record<string, string>> | null;
}

type Comparison = Extract<Marker, { readonly _tag: 'Comparison' }>;

/** The variables whose values are versions; the others are texts, whatever they look like. */
const VERSION_VARIABLES = new Set(['implementation_version', 'python_full_version', 'python_version']);

const isVariable = (operand: MarkerOperand, name: string): boolean =>
  operand._tag === 'Variable' && operand.name === name;

const isVersion = (operand: MarkerOperand): boolean =>
  operand._tag === 'Variable' && VERSION_VARIABLES.has(operand.name);

const compareTexts = (first: string, operator: string, second: string): boolean => {
  switch (operator) {
    case '==':
    case '===':
      return first === second;
    case '!=':
      return first !== second;
    case '<':
      return first < second;
    case '<=':
      return first <= second;
    case '>':
      return first > second;
    case '>=':
      return first >= second;
    case 'in':
      return second.includes(first);
    case 'not in':
      return !second.includes(first);
    default:
      // `~=` means nothing between texts.
      return false;
  }
};

/** Whether a version fits a specifier. Where either is invalid, both are compared as texts. */
const compareVersions = (first: string, operator: string, second: string): boolean => {
  if (valid(first) === null || !validRange(`${operator}${second}`))
    return compareTexts(first, operator, second);
  // Plainly by order: the library finds 3.11.0 not greater than 3.11a1.
  if (operator === '<') return lt(first, second);
  if (operator === '>') return gt(first, second);
  return satisfies(first, `${operator}${second}`, { prereleases: true });
};

/** `extra == "x"` is true where x is among the extras; without any, `extra` is the empty text. */
const compareExtra = (
  { left, operator, right }: Comparison,
  extras: readonly string[],
  environment: Readonly<Record<string, string>>,
): boolean => {
  const names = new Set(extras.map(normalizeName));
  const other = normalizeName(valueOf(isVariable(left, 'extra') ? right : left, environment));
  if (operator === '==' || operator === '===') return names.has(other) || (other === '' && names.size === 0);
  if (operator === '!=') return !names.has(other);
  const each = names.size === 0 ? [''] : [...names];
  return each.some((name) =>
    isVariable(left, 'extra') ? compareTexts(name, operator, other) : compareTexts(other, operator, name),
  );
};

const valueOf = (operand: MarkerOperand, environment: Readonly<Record<string, string>>): string =>
  operand._tag === 'Text'
    ? operand.text
    : Object.hasOwn(environment, operand.name)
      ? (environment[operand.name] ?? '')
      : '';

const isMember = ({ left, operator }: Comparison, names: readonly string[], target: MarkerTarget): boolean =>
  names.map(normalizeName).includes(normalizeName(valueOf(left, target.environment ?? {}))) ===
  (operator === 'in');

const compare = (comparison: Comparison, target: MarkerTarget): boolean => {
  const { left, operator, right } = comparison;
  if (isVariable(left, 'extra') || isVariable(right, 'extra'))
    return compareExtra(comparison, target.extras ?? [], target.environment ?? {});
  if (isVariable(right, 'extras')) return isMember(comparison, target.extras ?? [], target);
  if (isVariable(right, 'dependency_groups')) return isMember(comparison, target.groups ?? [], target);
  if (target.environment === null) return true;
  const [first, second] = [valueOf(left, target.environment), valueOf(right, target.environment)];
  return isVersion(left) || isVersion(right)
    ? compareVersions(first, operator, second)
    : compareTexts(first, operator, second);
};

/**
 * Whether a marker holds on a target. Versions are compared as versions (PEP 440) where a side is a version variable,
 * all else as texts. They are taken literally: the environment of a Lambda function has the lowest patch level
 * (`marker-environment.ts`), so `python_full_version < "3.11.4"` holds on Python 3.11.
 *
 * @param marker - null holds everywhere
 */
export const evaluateMarker = (marker: Marker | null, target: MarkerTarget): boolean => {
  if (marker === null) return true;
  switch (marker._tag) {
    case 'And':
      return marker.parts.every((part) => evaluateMarker(part, target));
    case 'Or':
      return marker.parts.some((part) => evaluateMarker(part, target));
    case 'Comparison':
      return compare(marker, target);
  }
};
