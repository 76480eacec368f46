import { byText } from '../values/hash';
import { ignoresOf } from '../sources/ignore-rules';
import type { LeftOut } from '../model/install-plan';
import { metadataFields } from '../packaging/project/core-metadata';
import { normalizeName } from '../packaging/requirement/package-name';

/** A distribution as its metadata describe it. Names are normalized. */
export interface Distribution {
  readonly name: string;
  readonly needs: readonly string[];
  /** Needs of extras. Such a distribution may also be installed for another reason. */
  readonly mayNeed: readonly string[];
}

const hasExtraMarker = (requirement: string): boolean =>
  requirement.includes(';') && /\bextra\b/.test(requirement.slice(requirement.indexOf(';')));

/**
 * Reads the header of a METADATA file (core metadata specification). It ignores markers other than extras: a
 * distribution that is not installed does no harm, and an installed one may be needed.
 */
export const readMetadata = (text: string): Distribution => {
  const values = metadataFields(text);
  const required = values('Requires-Dist').flatMap((requirement) => {
    const [name] = /^[A-Za-z0-9][A-Za-z0-9._-]*/.exec(requirement) ?? [];
    return name === undefined ? [] : { name: normalizeName(name), ofExtra: hasExtraMarker(requirement) };
  });
  const names = (ofExtra: boolean): readonly string[] =>
    required.filter((one) => one.ofExtra === ofExtra).map((one) => one.name);
  return { name: normalizeName(values('Name')[0] ?? ''), needs: names(false), mayNeed: names(true) };
};

/**
 * The names of the distributions to remove: those to omit, and those that only they need. A distribution that is
 * requested by name stays, and so does everything that a remaining one may need, also for its extras.
 */
export const omittedNames = (
  installed: readonly Distribution[],
  { omit, requested }: Pick<LeftOut, 'omit' | 'requested'>,
): readonly string[] => {
  const named = new Set(omit.map(normalizeName));
  const reached = (from: Iterable<string>, next: (one: Distribution) => readonly string[]): Set<string> => {
    const found = new Set<string>();
    const visit = (name: string): void => {
      const one = found.has(name) ? undefined : installed.find((other) => other.name === name);
      if (one === undefined) return;
      found.add(name);
      next(one).forEach(visit);
    };
    [...from].forEach(visit);
    return found;
  };
  const candidates = reached(named, ({ needs }) => needs);
  const others = installed.map(({ name }) => name).filter((name) => !candidates.has(name));
  const staying = reached(
    [...others, ...requested].filter((name) => !named.has(name)),
    ({ needs, mayNeed }) => [...needs, ...mayNeed].filter((name) => !named.has(name)),
  );
  return [...candidates].filter((name) => !staying.has(name)).sort(byText);
};

/** Whether a file of the modules is left out. Metadata stays, because `importlib.metadata` reads it. */
export const leavesOut = (patterns: readonly string[]): ((file: string) => boolean) => {
  if (patterns.length === 0) return () => false;
  const ignores = ignoresOf(patterns);
  return (file) => !/^[^/]+\.dist-info\//.test(file) && ignores(file);
};
