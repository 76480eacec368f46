import { normalizeName } from '../../plan/packaging/requirement/package-name';
import { withoutColours } from '../scripts/installer-output';

/** A package's need of another, in an installer's output. */
export interface Need {
  /** Normalized name of the package. */
  readonly package: string;
  /** What it needs, such as `a<1`. */
  readonly requirement: string;
}

/** An installer's output about requirements that no set of versions fits. */
export interface ConflictOutput {
  readonly needs: readonly Need[];
  /** Normalized names of the packages that need a package, by the name of the needed package. */
  readonly neededBy: ReadonlyMap<string, readonly string[]>;
  /** Normalized names of packages that a constraint limits, and that a line requires in any version. */
  readonly limited: readonly string[];
  /** Normalized names of packages that come from a URL or a path, and whose version does not fit. */
  readonly fixed: readonly string[];
}

const NAME = '[A-Za-z0-9][A-Za-z0-9._-]*';

/** A dependency in pip's output: `b 2 depends on a<1`. For packages of local folders, their path follows. */
const OF_PIP = new RegExp(`^ {4}(${NAME})(?:\\[[^\\]]*\\])? \\S+ depends on (${NAME}.*)$`, 'gm');

/** The origin of a package in pip's output: `Collecting b (from c->-r requirements.txt (line 1))`. */
const COLLECTING = new RegExp(`^(?:Collecting|Processing) (\\S+).*? \\(from ([^()]*->)`, 'gm');

/** A package from a URL or a path in pip's output: `The user requested a 1 (from https://…)`. */
const FIXED = new RegExp(`^ {4}The user requested (?:\\(constraint\\) )?(${NAME}) \\S+ \\(from `, 'gm');

/** A package in pip's output that a constraint limits to versions that cannot be installed. */
const LIMITED = new RegExp(`^ {4}The user requested \\(constraint\\) (${NAME})`, 'gm');

/** A package with two URLs or paths in uv's output. */
const TWO_PLACES = new RegExp(`Requirements contain conflicting URLs for package \`(${NAME})\``, 'g');

const nameOf = (text: string): string => {
  const [name = ''] = new RegExp(`^${NAME}`).exec(text) ?? [];
  return normalizeName(name);
};

/** The name of a file of a distribution, or of a requirement. */
const collected = (text: string): string => nameOf((text.split('/').at(-1) ?? '').replace(/-\d.*/, ''));

const chainOf = (parents: string): readonly string[] =>
  parents
    .split('->')
    .filter((part) => part !== '')
    .map(nameOf);

const linksOfPip = (output: string): readonly (readonly [string, string])[] =>
  [...output.matchAll(COLLECTING)].flatMap(([, first = '', parents = '']) => {
    const chain = [collected(first), ...chainOf(parents)];
    return chain.slice(1).map((parent, at): readonly [string, string] => [chain[at] ?? '', parent]);
  });

/** pip writes a specifier of several parts as `a>=1, !=1.5 and <2`. */
const asWritten = (requirement: string): string => requirement.trim().replace(/,? and |, /g, ',');

const needsOfPip = (output: string): readonly Need[] =>
  [...output.matchAll(OF_PIP)].map(([, name = '', requirement = '']) => ({
    package: normalizeName(name),
    requirement: asWritten(requirement.replace(/ \(from .*/, '')),
  }));

/** uv's reasons: the text between `because` and `we can conclude that`. */
const REASONS = /\b[Bb]ecause (.*?),? we can conclude that/g;

/** A dependency in uv's output: `b>=2 depends on a<1`, `all versions of b depend on a<1`. */
const OF_UV = new RegExp(`^(?:all versions of )?(${NAME})(?:\\[[^\\]]*\\])?\\S* depends? on (${NAME}.*)$`);

/** `a>=1,<2` as `['>=1', '<2']`. */
const specifiersIn = (range: string): readonly string[] =>
  range.replace(new RegExp(`^${NAME}(\\[[^\\]]*\\])?`), '').split(',');

/**
 * Joins the ranges of a need, which uv splits at each excluded version: `one of: a>=1,<2 a>2,<3` is `a>=1,!=2,<3`.
 * Wider gaps are ignored.
 */
const inOneRange = (requirement: string): string => {
  const [, listed = ''] = /^one of: (.*)$/.exec(requirement) ?? [];
  const ranges = listed.split(' ').filter((range) => range !== '');
  const [first = '', last = ''] = [ranges[0], ranges.at(-1)];
  if (ranges.length === 0) return requirement;
  const [name = ''] = new RegExp(`^${NAME}`).exec(first) ?? [];
  const lower = specifiersIn(first).flatMap((each) => (/^[>=]/.test(each) ? each.replace(/^==/, '>=') : []));
  const upper = specifiersIn(last).flatMap((each) => (/^[<=]/.test(each) ? each.replace(/^==/, '<=') : []));
  const left = ranges.slice(1).flatMap((range, at): readonly string[] => {
    const end = specifiersIn(ranges[at] ?? '').find((each) => /^<[^=]/.test(each));
    return end !== undefined && specifiersIn(range).includes(`>${end.slice(1)}`) ? [`!=${end.slice(1)}`] : [];
  });
  return `${name}${[...lower, ...left, ...upper].join(',')}`;
};

const needsOfUv = (output: string): readonly Need[] => {
  const text = output.replace(/\n\s*[│|]?\s*/g, ' ').replace(/\{[^}]*\}/g, '');
  return [...text.matchAll(REASONS)].flatMap(([, reasons = '']) =>
    reasons.split(/,? and (?!we )/).flatMap((reason): readonly Need[] => {
      const [, name, requirement = ''] = OF_UV.exec(reason.trim()) ?? [];
      return name === undefined
        ? []
        : [{ package: normalizeName(name), requirement: inOneRange(requirement.trim()) }];
    }),
  );
};

const grouped = (links: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> => {
  const groups = new Map<string, readonly string[]>();
  for (const [need, by] of links)
    if (need !== by) groups.set(need, [...new Set([...(groups.get(need) ?? []), by])]);
  return groups;
};

/** Reads a conflict from either tool's output; undefined without a conflict. */
export const conflictOutput = (coloured: string): ConflictOutput | undefined => {
  const output = withoutColours(coloured);
  const byPip = output.includes('The conflict is caused by:');
  const places = [...output.matchAll(TWO_PLACES)].map(([, name = '']) => name);
  if (!byPip && places.length === 0 && !/No solution found when resolving/.test(output)) return undefined;
  const all = byPip ? needsOfPip(output) : needsOfUv(output);
  const needs = all.filter((need) => nameOf(need.requirement) !== need.package);
  const links = needs.map((need): readonly [string, string] => [nameOf(need.requirement), need.package]);
  return {
    needs,
    neededBy: grouped([...links, ...(byPip ? linksOfPip(output) : [])]),
    limited: byPip ? [...output.matchAll(LIMITED)].map(([, name = '']) => normalizeName(name)) : [],
    fixed: [...places, ...[...output.matchAll(FIXED)].map(([, name = '']) => name)].map(normalizeName),
  };
};
