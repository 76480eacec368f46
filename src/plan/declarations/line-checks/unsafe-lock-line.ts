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

/** The reason why a URL cannot be fetched. */
const urlProblem = (url: string, read: typeof readUrl): string | undefined => {
  const result = read(url);
  return isLeft(result)
    ? `${quoted(shownUrl(url))} is not a URL that can be fetched: it ${result.left}`
    : undefined;
};

/** The reason why a manifest's requirement cannot be a line of a requirements file; undefined if it can. */
export const oddRequirement = (text: string): string | undefined => {
  if (!Line.is(text)) return 'it has a line break or a control character in it';
  const part = misplacedInRequirement(text);
  if (part !== undefined)
    return `it has a variable in ${part}: pip and uv would insert its value, which is in no hash. Only the user name or the password of a URL may be a variable`;
  const parsed = parseRequirement(text);
  if (isLeft(parsed)) return parsed.left;
  const { url } = parsed.right;
  return url === null ? undefined : urlProblem(url, readUrl);
};

/**
 * The reason why a lock's package cannot be such a line. Anyone may have edited a lock, and its text could add lines.
 */
export const oddPackage = ({ name, version, source, hashes }: LockedPackage): string | undefined => {
  if (!PackageName.is(name)) return `${quoted(name)} is not a package name`;
  if (version !== null && !VERSION.test(version)) return `${name}: ${quoted(version)} is not a version`;
  const hash = hashes.find((each) => !HASH.test(each));
  if (hash !== undefined) return `${name}: ${quoted(hash)} is not a hash`;
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
    : `${name}: ${quoted(folder)} is not a folder of the archive or repository`;
};
