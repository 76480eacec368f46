import { satisfies, valid, validRange } from '@renovatebot/pep440';

/** Release numbers of a version, without epoch, pre-release and the like. */
const releaseOf = (version: string): readonly number[] =>
  (/^v?(?:\d+!)?(\d+(?:\.\d+)*)/i.exec(version)?.[1] ?? '').split('.').map(Number);

const epochOf = (version: string): string => /^v?(\d+!)/i.exec(version)?.[1] ?? '';

/** The first version that is greater in the part at an index, counted from 0. */
const next = (version: string, index: number): string => {
  const parts = releaseOf(version);
  return `${epochOf(version)}${[...parts.slice(0, index), (parts[index] ?? 0) + 1].join('.')}`;
};

/** `^1.2` keeps the first part that is not zero, or the last one that is written. */
const caretEnd = (version: string): string => {
  const parts = releaseOf(version).slice(0, 3);
  const kept = parts.findIndex((part) => part > 0);
  return next(version, kept === -1 ? parts.length - 1 : kept);
};

/** `~1.2` keeps the second part, or the first where it is the only one. */
const tildeEnd = (version: string): string => next(version, Math.min(releaseOf(version).length, 2) - 1);

/** `~=1.2` keeps the first part, `~=1.2.3` the second as well. */
const compatibleEnd = (version: string): string => next(version, releaseOf(version).length > 2 ? 1 : 0);

/** One comparison of Poetry as PEP 440 writes it; the empty one allows all. */
const toSpecifier = (operator: string, version: string): string => {
  if (/^v?[x*](\.[x*])*$/i.test(version)) return '';
  if (operator === '^') return `>=${version},<${caretEnd(version)}`;
  if (operator === '~') return `>=${version},<${tildeEnd(version)}`;
  if (operator === '~=') return `>=${version},<${compatibleEnd(version)}`;
  const plain = version.replace(/(\.[x*])+$/i, '.*');
  if (operator === '<>') return `!=${plain}`;
  if (operator === '' || operator === '=') return `==${plain}`;
  // `>=1.2.*` is no specifier of PEP 440, but stands in the metadata of old packages.
  return `${operator}${operator === '==' || operator === '!=' ? plain : plain.replace(/\.\*$/, '')}`;
};

const COMPARISON = /(\^|~=|~|<>|===?|!=|[<>]=?|=)?\s*([^\s,^~<>=!][^\s,]*)/g;

/** A constraint as specifiers of which one must hold; null where it cannot be read. */
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
 * Whether a constraint of Poetry (`^1.2`, `~1.2`, `1.*`, `>=1,<2 || >3`, `1.2`) allows a version. One that cannot be read
 * allows all: it must not make a package disappear.
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

/** A constraint as one list of specifiers of PEP 440, empty where it allows all; null where that cannot be written. */
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
 * Whether a constraint allows some patch level of a Python version such as `3.11`: Lambda updates that one by itself, so a
 * lower bound inside the minor version leaves nothing out.
 */
export const constraintAllowsPython = (constraint: string, python: string): boolean =>
  Array.from({ length: 60 }, (_, patch) => `${python}.${patch}`).some((version) =>
    constraintAllows(constraint, version),
  );
