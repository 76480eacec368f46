import type { Either } from 'fp-ts/Either';
import { isLeft, isRight, left, right } from 'fp-ts/Either';

/**
 * The one reader of URLs. Keys, messages and checks get user name, password and host from it. It accepts a URL only
 * where WHATWG's parser (uv), `urllib.parse` (pip) and git read the same from the text.
 *
 * @see https://url.spec.whatwg.org/
 */
export interface ReadUrl {
  /** Such as `https` or `git+ssh`. */
  readonly scheme: string;
  /** As it is written, or one `${NAME}`; null where the URL has no user. */
  readonly user: string | null;
  /** As it is written, or one `${NAME}`; null where the URL has no password. */
  readonly password: string | null;
  /** In lower case; empty for a file of this machine. */
  readonly host: string;
  /** Decimal digits; null for the default of the scheme. */
  readonly port: string | null;
  /** Path, query and fragment as they are written. */
  readonly rest: string;
}

const LONGEST = 8000;

/** Variables as both pip and uv expand them; uv gives `PROJECT_ROOT` a value of its own. */
const VARIABLE = /\$\{([A-Z_][A-Z0-9_]*)\}/g;
const ONE_VARIABLE = /^\$\{([A-Z_][A-Z0-9_]*)\}$/;

const SCHEME = /^(?:(?:git|hg|svn|bzr)\+)?(?:https?|s?ftp|ssh|git|svn|file)$/;

/** Scheme, authority, and the rest, which WHATWG and RFC 3986 split alike where there is no backslash. */
const SHAPE = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is;

const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9_-]+)*\.?)(?::([1-9][0-9]{0,4}))?$/i;

/** What RFC 3986 allows in a user name and a password, less the quote, which pip's option parser takes away. */
const USER_INFO = /^(?:[\w.~!$&()*+,;=:-]|%[0-9a-f]{2})*$/i;

/** Characters that parsers treat differently: they drop them, encode them, or end a part of the URL at them. */
const ODD = /[\u0000-\u0020\u007f-\u00a0\u2028\u2029\\"'<>^`|{}]/;

const ODD_ENCODED = /%(?![0-9a-f]{2})|%[01][0-9a-f]|%7f/i;

const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?=$|[/?#])/i;

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

const named = (character: string): string =>
  /[!-~]/.test(character)
    ? character
    : `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * Why a text cannot be the user name and the password of a URL, also as the value of a variable; undefined where it can.
 * The reason names no part of the text.
 */
export const userInfoProblem = (text: string): string | undefined => {
  if (!USER_INFO.test(text))
    return 'has a character in its user name or password that must be percent-encoded, such as "/", "@", "#", "?" or "\\"';
  const plain = decoded(text);
  return plain !== undefined && /^[ -~]*$/.test(plain)
    ? undefined
    : 'has a user name or password that is not ASCII, which pip and uv send differently';
};

interface UserInfo {
  readonly user: string | null;
  readonly password: string | null;
}

/** A user name or password is a single variable or has no variable. Text beside a variable would be hard to hide. */
const partProblem = (part: string): string | undefined => {
  const [, variable] = ONE_VARIABLE.exec(part) ?? [];
  if (variable === 'PROJECT_ROOT')
    return 'has the variable PROJECT_ROOT, to which uv gives another value than pip';
  if (variable !== undefined) return undefined;
  return part.includes('${')
    ? 'has a variable and other text in one user name or password: put all of it into the variable'
    : userInfoProblem(part.replaceAll('@', '%40'));
};

const readUserInfo = (text: string | undefined, scheme: string): Either<string, UserInfo> => {
  if (text === undefined) return right({ user: null, password: null });
  // uv and pip take the last one for the end, and git the first.
  if (text.includes('@') && !/^https?$/.test(scheme))
    return left('has more than one "@" before its host: write %40 for those of the password');
  const colon = text.indexOf(':');
  const [user, password] = colon === -1 ? [text, null] : [text.slice(0, colon), text.slice(colon + 1)];
  if (user === '' && (password ?? '') === '') return left('has an "@", but no user name before it');
  if (scheme.endsWith('ssh') && user.startsWith('-'))
    return left('has a user name that ssh takes for an option');
  const problem = partProblem(user) ?? partProblem(password ?? '');
  return problem === undefined ? right({ user, password }) : left(problem);
};

/** A host as WHATWG's parser writes it; undefined for an invalid host. */
const whatwgHost = (host: string): string | undefined => {
  try {
    return new URL(`https://${host}/`).hostname;
  } catch {
    return undefined;
  }
};

const readHost = (text: string): Either<string, Pick<ReadUrl, 'host' | 'port'>> => {
  if (text === '') return left('has no host');
  if (text.includes('${')) return left('has a variable in its host');
  const [, written, port = null] = HOST.exec(text) ?? [];
  if (written === undefined || Number(port ?? 0) > 65535)
    return left('has a host or a port that uv and pip do not read alike: write the host in ASCII (xn--…)');
  const host = written.toLowerCase();
  const read = whatwgHost(host);
  if (read === host) return right({ host, port });
  return left(
    read === undefined ? 'has an invalid host' : `has a host that uv reads as ${read}: write that`,
  );
};

/**
 * Reads a URL that is fetched; on the left why uv, pip and git would not all read the same from it, as the end of a sentence
 * that begins with the URL. A variable may only be a whole user name or password.
 */
export const readUrl = (text: string): Either<string, ReadUrl> => {
  if (text.length > LONGEST) return left(`is longer than ${LONGEST} characters`);
  const [odd] = ODD.exec(text.replace(VARIABLE, '')) ?? [];
  if (odd !== undefined)
    return left(`has the character ${named(odd)} in it: percent-encode it where it is meant`);
  if (text.startsWith('${'))
    return left('begins with a variable: only user name and password may be variables');
  const [, scheme, authority = '', rest = ''] = SHAPE.exec(text) ?? [];
  if (scheme === undefined) return left('has no "://" after its scheme');
  if (!SCHEME.test(scheme))
    return left(
      SCHEME.test(scheme.toLowerCase())
        ? `has the scheme ${scheme}: write it in lower case`
        : `has the scheme ${scheme}, which nothing is fetched by`,
    );
  if (rest !== '' && !rest.startsWith('/')) return left('has no "/" after its host');
  if (rest.includes('${'))
    return left('has a variable after its host: only user name and password may be variables');
  if (ODD_ENCODED.test(text)) return left('has a "%" that encodes no printable character: write %25');
  if (DOT_SEGMENT.test(rest.split(/[?#]/, 1)[0] ?? '')) return left('has "." or ".." as a part of its path');
  if (/(^|\+)file$/.test(scheme)) return readFile(scheme, authority, rest);
  const at = authority.lastIndexOf('@');
  const userInfo = readUserInfo(at === -1 ? undefined : authority.slice(0, at), scheme);
  const host = readHost(authority.slice(at + 1));
  if (isLeft(userInfo)) return userInfo;
  return isLeft(host) ? host : right({ scheme, ...userInfo.right, ...host.right, rest });
};

const readFile = (scheme: string, authority: string, rest: string): Either<string, ReadUrl> =>
  rest === '' || !/^(localhost)?$/.test(authority)
    ? left('is of a file on another machine: write file:/// and an absolute path')
    : right({ scheme, user: null, password: null, host: '', port: null, rest });

/** Reads the URL of a package index. pip adds the name of a package after a query, and uv before it. */
export const readIndexUrl = (text: string): Either<string, ReadUrl> => {
  const read = readUrl(text);
  if (isLeft(read)) return read;
  if (!/^(https?|file)$/.test(read.right.scheme))
    return left(`has the scheme ${read.right.scheme}, which no index has`);
  return /[?#]/.test(read.right.rest)
    ? left('is that of an index, and has a query or a fragment, which pip and uv put in different places')
    : read;
};

/** The names of the variables that stand for a user name or a password. */
export const variablesOfUrl = ({ user, password }: ReadUrl): readonly string[] =>
  [user, password].flatMap((part) => ONE_VARIABLE.exec(part ?? '')?.[1] ?? []);

/** The user name and the password as they are written; the empty text in a URL without them. */
export const userInfoOf = ({ user, password }: ReadUrl): string =>
  password === null ? (user ?? '') : `${user ?? ''}:${password}`;

/** A URL as it counts for a key: without user name and password where it can be read, else as it is written. */
export const urlForKey = (text: string): string => {
  const read = readUrl(text);
  return isLeft(read) || read.right.user === null ? text : text.replace(`//${userInfoOf(read.right)}@`, '//');
};

const URLS_IN_VALUE = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*:\/\/[^\s,]+/gi;

/** The value of a variable with another text in the place of each URL in it. */
export const withUrls = (value: string, change: (url: string) => string): string =>
  value.replace(URLS_IN_VALUE, change);

/** The value of a variable as it counts for a key: each URL in it without user name and password, see {@link urlForKey}. */
export const valueForKey = (value: string): string => withUrls(value, urlForKey);

/** `git@host:owner/name.git` is git's own way of writing an address of SSH, and no URL. */
export const scpAsUrl = (address: string): string => {
  const [, host, path] = /^([\w.-]+@[\w.-]+):(?!\/\/)(.+)$/.exec(address) ?? [];
  return host === undefined || path === undefined ? address : `ssh://${host}/${path.replace(/^\//, '')}`;
};

/**
 * Everything in a text that a program may read as user name and password, so that it can be hidden. The match begins at the
 * colon and not at the scheme: of a long word each letter might begin one, and each would be followed to its end.
 */
export const ANY_USER_INFO = /(?<=[a-z0-9+.-]:\/\/)[^\s/?#"<>]*@/gi;

/** A URL as far as it may hold secrets. */
export interface SplitUrl {
  readonly userInfo: string;
  /** With its port, as it is written. */
  readonly host: string;
  /** What follows the host. */
  readonly rest: string;
}

/** What may be a user name and a password in a text that begins as a URL, and what follows the host; readable or not. */
export const splitUrl = (text: string): SplitUrl | undefined => {
  const [, all] = /^[a-z][a-z0-9+.-]*:\/\/(.*)$/is.exec(text) ?? [];
  if (all === undefined) return undefined;
  const read = readUrl(text);
  if (isRight(read)) {
    const { rest } = read.right;
    const authority = all.slice(0, all.length - rest.length);
    return { userInfo: userInfoOf(read.right), host: authority.slice(authority.lastIndexOf('@') + 1), rest };
  }
  // A password that is not encoded may contain a slash, and then an installer prints all of it.
  const at = all.lastIndexOf('@');
  const after = all.slice(at + 1);
  const [host = ''] = /^[^\s/?#]*/.exec(after) ?? [];
  return { userInfo: all.slice(0, Math.max(at, 0)), host, rest: after.slice(host.length) };
};
