import { satisfies, valid, validRange } from '@renovatebot/pep440';

/** The release numbers of a version, without epoch, pre-release and similar parts. */
const releaseOf = (version: string): readonly number[] =>
  (/^v?(?:\d+!)?(\d+(?:\.\d+)*)/i.exec(version)?.[1] ?? '').split('.').map(Number);

const epochOf = (version: string): string => /^v?(\d+!)/i.exec(version)?.[1] ?? '';

/** The first version with a greater part at an index, counted from 0. */
const next = (version: string, index: number): string => {
  const parts = releaseOf(version);
  return `${epochOf(version)}${[...parts.slice(0, index), (parts[index] ?? 0) + 1].join('.')}`;
};

/** `^1.2` keeps the first part that is not zero, or else the last written part. */
const caretEnd = (version: string): string => {
  const parts = releaseOf(version).slice(0, 3);
  const kept = parts.findIndex((part) => part > 0);
  return next(version, kept === -1 ? parts.length - 1 : kept);
};

/** `~1.2` keeps the second part, or the first if it is the only one. */
const tildeEnd = (version: string): string => next(version, Math.min(releaseOf(version).length, 2) - 1);

/** `~=1.2` keeps the first part, and `~=1.2.3` the first two. */
const compatibleEnd = (version: string): string => next(version, releaseOf(version).length > 2 ? 1 : 0);

/** A comparison of Poetry as a specifier of PEP 440. An empty specifier allows all versions. */
const toSpecifier = (operator: string, version: string): string => {
  if (/^v?[x*](\.[x*])*$/i.test(version)) return '';
  if (operator === '^') return `>=${version},<${caretEnd(version)}`;
  if (operator === '~') return `>=${version},<${tildeEnd(version)}`;
  if (operator === '~=') return `>=${version},<${compatibleEnd(version)}`;
  const plain = version.replace(/(\.[x*])+$/i, '.*');
  if (operator === '<>') return `!=${plain}`;
  if (operator === '' || operator === '=') return `==${plain}`;
  // `>=1.2.*` is not a specifier of PEP 440, but the metadata of old packages has it.
  return `${operator}${operator === '==' || operator === '!=' ? plain : plain.replace(/\.\*$/, '')}`;
};

const COMPARISON = /(\^|~=|~|<>|===?|!=|[<>]=?|=)?\s*([^\s,^~<>=!][^\s,]*)/g;

/** A constraint as alternative specifiers; null if it cannot be read. */
const alternatives = (constraint: string): readonly string[] | null => {
  const specifiers = constraint.split(/\|\|?/).map((alternative) =>
    [...alternative.matchAll(COMPARISON)]
      .map(([, operator = '', version = '']) => toSpecifier(operator, version))
      .filter((specifier) => specifier !== '')
      .join(','),
  );
  return specifiers.every((specifier) => specifier === '' || validRange(specifier)) ? specifiers : null;
};

/**
 * Whether a constraint of Poetry (`^1.2`, `~1.2`, `1.*`, `>=1,<2 || >3`, `1.2`) allows a version. A constraint that
 * cannot be read allows all versions, so that no package is lost.
 *
 * @see poetry-core, `constraints/version/parser.py`
 */
export const constraintAllows = (constraint: string, version: string): boolean => {
  const specifiers = alternatives(constraint.trim().replace(/\s+/g, ' '));
  return (
    specifiers === null ||
    valid(version) === null ||
    specifiers.some((specifier) => specifier === '' || satisfies(version, specifier, { prereleases: true }))
  );
};

/** A constraint as one PEP 440 specifier, empty if it allows all versions; null if PEP 440 cannot express it. */
export const poetrySpecifier = (constraint: string): string | null => {
  const found = isConstraint(constraint) ? alternatives(constraint.trim().replace(/\s+/g, ' ')) : null;
  const [only] = found ?? [];
  return found?.length === 1 && only !== undefined ? only : null;
};

/** Whether a constraint can be read. */
export const isConstraint = (constraint: string): boolean => {
  const rest = constraint.replace(COMPARISON, '').replace(/[\s,|]/g, '');
  return rest === '' && alternatives(constraint.trim()) !== null;
};

/**
 * Whether a constraint allows some patch version of a Python version such as `3.11`. Lambda updates patch versions by
 * itself, so a lower bound inside the minor version excludes nothing.
 */
export const constraintAllowsPython = (constraint: string, python: string): boolean =>
  Array.from({ length: 60 }, (_, patch) => `${python}.${patch}`).some((version) =>
    constraintAllows(constraint, version),
  );
