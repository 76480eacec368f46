import * as t from 'io-ts';
import { closed, refined } from '../values/codecs';
import { INDEX_VARIABLES } from './declared-index';
import type { Values } from './installer-environment';
import { isSameIndex } from '../packaging/requirement/package-indexes';

/**
 * The variables with the user name and password for an index of a lock, as the lock's tool names them.
 *
 * @since 0.1.0
 */
export interface IndexCredentials {
  /** URL of the index, as in the generated files. */
  readonly url: string;
  /** Prefix of the variables' names, such as `UV_INDEX_CORP`, before `_USERNAME` and `_PASSWORD`. */
  readonly variables: string;
}

/** A plan may come from a stranger, so it may read no other variable of the machine. */
const VariablesOfIndex = refined('VariablesOfIndex', (value) =>
  /^(UV_INDEX|POETRY_HTTP_BASIC)_[A-Z0-9_]+$/.test(value),
);

export const IndexCredentials: t.Type<IndexCredentials> = closed(
  { url: t.string, variables: VariablesOfIndex },
  'IndexCredentials',
);

/** The prefixes by kind of lock. The other tools take `${NAME}` in the URL of an index. */
const BEGINNINGS: Readonly<Record<string, string>> = { uv: 'UV_INDEX', poetry: 'POETRY_HTTP_BASIC' };

/** The prefix of the variables for a named index; undefined if its tool reads no such variables. */
export const variablesOfIndex = (kind: string, name: string): string | undefined => {
  const beginning = BEGINNINGS[kind];
  return beginning === undefined
    ? undefined
    : `${beginning}_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
};

/** The names of the variables with user name and password. */
export const credentialNames = (variables: string): readonly [username: string, password: string] => [
  `${variables}_USERNAME`,
  `${variables}_PASSWORD`,
];

/** A user name and a password, percent-encoded as in a URL; either may be empty. */
interface UserInfo {
  readonly username: string;
  readonly password: string;
}

/** Encodes quotes, which pip removes after it has inserted the value of a variable. */
const withoutQuotes = (text: string): string => text.replaceAll("'", '%27');

const encoded = (text: string): string => withoutQuotes(encodeURIComponent(text));

const fromVariables = (values: Values, variables: string): UserInfo | undefined => {
  const [username = '', password = ''] = credentialNames(variables).map((name) => values[name] ?? '');
  return username + password === ''
    ? undefined
    : { username: encoded(username), password: encoded(password) };
};

/** An index in a variable's value: `name=https://user:password@host/simple`. */
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

/** The credentials in the most similar URL of the same server, by the rule of uv and pip. */
const fromUrls = (values: Values, url: string): UserInfo | undefined => {
  const [best] = indexesIn(values)
    .filter((each) => (each.userInfo ?? '') !== '' && realmOf(each.url) === realmOf(url))
    .sort((a, b) => sharedLength(b.url, url) - sharedLength(a.url, url));
  if (best?.userInfo === undefined) return undefined;
  const [username = '', ...password] = withoutQuotes(best.userInfo).split(':');
  return { username, password: password.join(':') };
};

/**
 * The user name and password of an index, which a lock never has. They come from the tool's variables for the name of
 * the index, else from a variable that names an index of the same server. The installers themselves read a netrc file
 * and a keyring.
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

/** A text with variables for user names and passwords, and the values of these variables. */
interface WithVariables {
  readonly text: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The name of a variable that passes a user name or password to an installer. */
const ownName = (host: string, part: 'USERNAME' | 'PASSWORD'): string =>
  `CDK_LAMBDA_PYTHON_INDEX_${host}_${part}`;

/**
 * Puts variables for user names and passwords into the index URLs of a requirements file. uv and pip expand them, so no
 * file and no argument has the values.
 *
 * @param place index of the file, which makes the names of its variables unique
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
