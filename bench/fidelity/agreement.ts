import type { Outcome } from './results';

/** What became of a package on a target, beside what pip says is possible. */
export type Agreement =
  /** The same distributions in the same versions. */
  | { readonly _tag: 'Same' }
  /** Neither has wheels for it. */
  | { readonly _tag: 'Neither'; readonly reason: string }
  | { readonly _tag: 'Other'; readonly differences: readonly string[] }
  | { readonly _tag: 'OnlyPip'; readonly reason: string }
  | { readonly _tag: 'OnlyOurs'; readonly reason: string };

const normalized = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-');

const pinsOf = (wheels: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    wheels.map((wheel) => wheel.split('-')).map(([name = '', version = '']) => [normalized(name), version]),
  );

export const agreementOf = ({ possible, made }: Outcome): Agreement => {
  if ('refused' in possible)
    return 'refused' in made
      ? { _tag: 'Neither', reason: possible.refused }
      : { _tag: 'OnlyOurs', reason: possible.refused };
  if ('refused' in made) return { _tag: 'OnlyPip', reason: made.refused };
  const theirs = pinsOf(possible.wheels);
  const names = [...new Set([...Object.keys(theirs), ...Object.keys(made.installed)])].sort();
  const differences = names
    .filter((name) => theirs[name] !== made.installed[name])
    .map((name) => `${name}: pip ${theirs[name] ?? 'none'}, bundle ${made.installed[name] ?? 'none'}`);
  return differences.length === 0 ? { _tag: 'Same' } : { _tag: 'Other', differences };
};

/** Whether an import failed; no interpreter is no failure. */
export const importFailed = ({ imported }: Outcome): boolean =>
  imported !== 'ok' && !imported.startsWith('no ');
