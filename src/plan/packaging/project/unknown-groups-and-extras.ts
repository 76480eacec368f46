import { byText } from '../../values/hash';
import type { PlanError } from '../../errors/plan-error';
import { normalizeName } from '../requirement/package-name';

/** Errors for requested groups or extras that a file does not have; the names need not be normalized. */
export const unknownGroups = (
  file: string,
  kind: 'group' | 'extra',
  asked: readonly string[],
  names: readonly string[],
): readonly PlanError[] => {
  const known = [...new Set(names.map(normalizeName))].sort(byText);
  return asked
    .filter((name) => !known.includes(normalizeName(name)))
    .map((name) => ({ _tag: 'UnknownGroup', file, kind, name, known }));
};
