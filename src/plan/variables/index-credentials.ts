import * as t from 'io-ts';
import { closed, refined } from '../values/codecs';
import { INDEX_VARIABLES } from './declared-index';
import type { Values } from './installer-environment';
import { isSameIndex } from '../packaging/requirement/package-indexes';

/**
 * The variables from which an index of a lock gets its user name and password, as the tool of the lock takes them.
 *
 * @since 0.1.0
 */
export interface IndexCredentials {
  /** Of the index, as the generated files have it. */
  readonly url: string;
  /** How the names of the variables begin, such as `UV_INDEX_CORP`; `_USERNAME` and `_PASSWORD` follow. */
  readonly variables: string;
}

/** No other variable of a machine may be read for a plan that is a stranger's. */
const VariablesOfIndex = refined('VariablesOfIndex', (value) =>
  /^(UV_INDEX|POETRY_HTTP_BASIC)_[A-Z0-9_]+$/.test(value),
);

export const IndexCredentials: t.Type<IndexCredentials> = closed(
  { url: t.string, variables: VariablesOfIndex },
  'IndexCredentials',
);

/** The beginnings of names by the kind of a lock. The other tools take `${NAME}` in the URL of an index. */
const BEGINNINGS: Readonly<Record<string, string>> = { uv: 'UV_INDEX', poetry: 'POETRY_HTTP_BASIC' };

/** How the variables of an index with a name begin; undefined where its tool has none. */
export const variablesOfIndex = (kind: string, name: string): string | undefined => {
  const beginning = BEGINNINGS[kind];
  return beginning === undefined
    ? undefined
    : `${beginning}_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
};

/** The names of the variables with the user name and the password. */
export const credentialNames = (variables: string): readonly [username: string, password: string] => [
  `${variables}_USERNAME`,
  `${variables}_PASSWORD`,
];

/** A user name and a password, percent-encoded as a URL has them; either may be empty. */
interface UserInfo {
  readonly username: string;
  readonly password: string;
}

/** pip takes quotes away once it has put in the value of a variable. */
const withoutQuotes = (text: string): string => text.replaceAll("'", '%27');

const encoded = (text: string): string => withoutQuotes(encodeURIComponent(text));

const fromVariables = (values: Values, variables: string): UserInfo | undefined => {
  const [username = '', password = ''] = credentialNames(variables).map((name) => values[name] ?? '');
  return username + password === ''
    ? undefined
    : { username: encoded(username), password: encoded(password) };
};

/** An index of a variable: `name=https://user:password@host/simple`. */
const INDEX = /^(?:([\w.-]+)=)?(https?:\/\/)(?:([^@/\s]*)@)?([^@\s]+)$/i;

interface NamedIndex {
  readonly name: string | undefined;
  /** Without user name and password. */
  readonly url: string;
  readonly userInfo: string | undefined;
}

const indexesIn = (values: Values): readonly NamedIndex[] =>
  INDEX_VARIABLES.flatMap((variable) => (values[variable] ?? '').split(/\s+/)).flatMap((part) => {
    const [, name, scheme = '', userInfo, rest = ''] = INDEX.exec(part) ?? [];
    return rest === '' ? [] : [{ name, url: `${scheme}${rest}`, userInfo }];
  });

const realmOf = (url: string): string => (/^[a-z]+:\/\/[^/]*/i.exec(url)?.[0] ?? '').toLowerCase();

const sharedLength = (a: string, b: string): number => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
};

/** The URL of the same server that is most alike, as uv and pip choose one. */
const fromUrls = (values: Values, url: string): UserInfo | undefined => {
  const [best] = indexesIn(values)
    .filter((each) => (each.userInfo ?? '') !== '' && realmOf(each.url) === realmOf(url))
    .sort((a, b) => sharedLength(b.url, url) - sharedLength(a.url, url));
  if (best?.userInfo === undefined) return undefined;
  const [username = '', ...password] = withoutQuotes(best.userInfo).split(':');
  return { username, password: password.join(':') };
};

/**
 * The user name and the password of an index, which a lock never has: of the variables that its tool has for the name of the
 * index, else of a variable that names an index of the same server. A netrc file and a keyring are read by the installers.
 */
export const userInfoOfIndex = (
  url: string,
  declared: readonly IndexCredentials[],
  values: Values,
): UserInfo | undefined => {
  const names = [
    ...declared.filter((each) => isSameIndex(each.url, url)).map(({ variables }) => variables),
    ...indexesIn(values).flatMap((each) =>
      each.name !== undefined && isSameIndex(each.url, url) ? (variablesOfIndex('uv', each.name) ?? []) : [],
    ),
  ];
  for (const variables of names) {
    const found = fromVariables(values, variables);
    if (found !== undefined) return found;
  }
  return fromUrls(values, url);
};

/** A text with variables in the place of user names and passwords, and their values. */
interface WithVariables {
  readonly text: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The name of a variable by which an installer gets them. */
const ownName = (host: string, part: 'USERNAME' | 'PASSWORD'): string =>
  `CDK_LAMBDA_PYTHON_INDEX_${host}_${part}`;

/**
 * Gives the indexes of a requirements file their user names and passwords, by variables that uv and pip put in: no file and no
 * argument has them.
 *
 * @param place of the file among others: names of variables are no file's alone
 */
export const withIndexUsers = (
  text: string,
  place: number,
  userInfoOf: (url: string) => UserInfo | undefined,
): WithVariables => {
  const values: Record<string, string> = {};
  const lines = text.split('\n').map((line, at) => {
    const [, option = '', scheme = '', rest = ''] =
      /^(--(?:extra-)?index-url )(https?:\/\/)([^@\s]+)$/i.exec(line) ?? [];
    const found = rest === '' ? undefined : userInfoOf(`${scheme}${rest}`);
    if (found === undefined) return line;
    const names = {
      username: ownName(`${place}_${at}`, 'USERNAME'),
      password: ownName(`${place}_${at}`, 'PASSWORD'),
    };
    if (found.username !== '') values[names.username] = found.username;
    if (found.password !== '') values[names.password] = found.password;
    const user = found.username === '' ? '' : `\${${names.username}}`;
    const password = found.password === '' ? '' : `:\${${names.password}}`;
    return `${option}${scheme}${user}${password}@${rest}`;
  });
  return { text: lines.join('\n'), values };
};
