import { isLeft } from 'fp-ts/Either';
import type { DeclaredDependencies } from '../../packaging/project/declared-dependencies';
import { isRemote } from '../../packaging/local/local-reference';
import { parseRequirement } from '../../packaging/requirement/requirement';
import { redactUrls } from '../../values/redact';
import type { Markers } from './marker-holds';
import { markerHolds } from './marker-holds';
import { placedLines } from './requested-lines';
import type { RequirementsLine } from './requirements-file';
import type { RequirementsSnapshot } from '../../model/source-snapshot';
import { withoutOptions } from './without-options';

/** A requirement that is not a wheel: a folder, an archive or a repository. */
export interface MustBuild {
  /** The requirement as it is written, without credentials. */
  readonly requirement: string;
  /** Absolute path of the declaration. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Whether a URL or path names a wheel. Its query and fragment are not part of the name. */
export const isWheel = (location: string): boolean => /\.whl$/i.test(location.replace(/[?#].*/s, ''));

/** The URL of a requirement and its marker; undefined if the requirement has no URL. */
const urlOf = (text: string): { readonly url: string; readonly marker: string | null } | undefined => {
  const plain = withoutOptions(text);
  const end = plain.search(/\s;|;\s/);
  const requirement = end === -1 ? plain : plain.slice(0, end);
  const marker = end === -1 ? null : plain.slice(plain.indexOf(';', end) + 1).trim();
  const url = isRemote(requirement) ? requirement : /^[^@]*@\s*(\S+)/.exec(requirement)?.[1];
  return url === undefined ? undefined : { url, marker };
};

const isBuilt = (line: RequirementsLine, markers: Markers): boolean => {
  if (line._tag === 'LocalPackage') {
    const [, marker = null] = / ; (.*?)(?: --.*)?$/s.exec(line.rest) ?? [];
    return !isWheel(line.target) && markerHolds(marker, markers);
  }
  const found = line._tag === 'Named' ? urlOf(line.text) : undefined;
  return found !== undefined && !isWheel(found.url) && markerHolds(found.marker, markers);
};

/** The lines of a requirements file, and of all files that it includes, that ask for something other than a wheel. */
export const builtLines = (requirements: RequirementsSnapshot, markers: Markers): readonly MustBuild[] =>
  placedLines(requirements)
    .filter(({ line, isConstraint }) => !isConstraint && isBuilt(line, markers))
    .map(({ file, line }) => ({ requirement: redactUrls(line.text), file, line: line.at.from }));

/** The requirements of a project or script that ask for something other than a wheel. */
export const builtRequirements = (
  file: string,
  { requirements, locals }: Pick<DeclaredDependencies, 'requirements' | 'locals'>,
  markers: Markers,
): readonly MustBuild[] => [
  ...requirements.flatMap(({ text, line }) => {
    const parsed = parseRequirement(text);
    if (isLeft(parsed) || parsed.right.url === null) return [];
    const { url, marker } = parsed.right;
    return isWheel(url) || !markerHolds(marker, markers) ? [] : { requirement: redactUrls(text), file, line };
  }),
  ...locals
    .filter(({ path, marker }) => !isWheel(path) && markerHolds(marker, markers))
    .map(({ path, line }) => ({ requirement: path, file, line })),
];
