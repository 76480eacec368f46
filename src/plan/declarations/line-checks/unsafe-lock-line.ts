import { isLeft } from 'fp-ts/Either';
import { Line, PackageName } from '../../values/codecs';
import type { LockedPackage } from '../../locks/locked/locked-set';
import { misplacedInRequirement } from './misplaced-variable';
import { parseRequirement } from '../../packaging/requirement/requirement';
import { shownUrl } from '../../values/redact';
import { readIndexUrl, readUrl } from '../../values/url';

const VERSION = /^[A-Za-z0-9][\w.!+-]*$/;
const HASH = /^\w+:[0-9a-f]+$/i;
const FOLDER = /^[^\s#&]+$/;

const quoted = (text: string): string => JSON.stringify(text);

/** Why nothing is fetched from a URL that a line would name. */
const urlProblem = (url: string, read: typeof readUrl): string | undefined => {
  const result = read(url);
  return isLeft(result)
    ? `${quoted(shownUrl(url))} is no URL that can be fetched: it ${result.left}`
    : undefined;
};

/** Why a requirement of a manifest cannot stand on a line of a requirements file; undefined where it can. */
export const oddRequirement = (text: string): string | undefined => {
  if (!Line.is(text)) return 'it has a line break or a control character in it';
  const part = misplacedInRequirement(text);
  if (part !== undefined)
    return `it has a variable in ${part}: pip and uv would put its value there, which no hash has. A variable may only stand for the user name or the password of a URL`;
  const parsed = parseRequirement(text);
  if (isLeft(parsed)) return parsed.left;
  const { url } = parsed.right;
  return url === null ? undefined : urlProblem(url, readUrl);
};

/** Why a package of a lock cannot: a lock is text that anyone may have edited, and what it says would be lines of their own. */
export const oddPackage = ({ name, version, source, hashes }: LockedPackage): string | undefined => {
  if (!PackageName.is(name)) return `${quoted(name)} is no name of a package`;
  if (version !== null && !VERSION.test(version)) return `${name}: ${quoted(version)} is no version`;
  const hash = hashes.find((each) => !HASH.test(each));
  if (hash !== undefined) return `${name}: ${quoted(hash)} is no hash`;
  if (source._tag === 'Local')
    return Line.is(source.path)
      ? undefined
      : `${name}: its path has a line break or a control character in it`;
  const problem =
    source.url === null
      ? undefined
      : urlProblem(source.url, source._tag === 'Index' ? readIndexUrl : readUrl);
  if (problem !== undefined) return `${name}: ${problem}`;
  const folder = source._tag === 'Index' ? null : source.subdirectory;
  return folder === null || FOLDER.test(folder)
    ? undefined
    : `${name}: ${quoted(folder)} is no folder of what is fetched`;
};
