import { specifierAllows } from './specifier';

/** The versions that specifiers name. */
const BOUNDS = /\d\w*(?:[.!+-]\w+)*/g;

/** Candidate versions: if any version fits, one of these does. They are the bounds, one between each two of them, and one below all. */
const candidates = (specifiers: readonly string[]): readonly string[] => {
  const bounds = specifiers.flatMap((specifier) => specifier.match(BOUNDS) ?? []);
  const releases = bounds.flatMap((bound) => /^(?:\d+!)?\d+(?:\.\d+)*/.exec(bound) ?? []);
  return ['0', ...bounds, ...releases, ...releases.map((release) => `${release}.0.0.0.1`)];
};

/** Whether specifiers (PEP 440) exclude each other: no version fits all of them. */
export const excludeEachOther = (specifiers: readonly string[]): boolean =>
  !candidates(specifiers).some((version) =>
    specifiers.every((specifier) => specifierAllows(specifier, version)),
  );
