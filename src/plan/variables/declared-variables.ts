import * as t from 'io-ts';
import { closed, Digest, EnvironmentName, list } from '../values/codecs';
import { isCredentialName } from '../values/credential-names';
import { byText, sha256 } from '../values/hash';
import { fateOf, isInstallers } from './installer-variables';
import { valueForKey } from '../values/url';

/**
 * The variables of the app that count for what a bundle holds.
 *
 * @since 0.1.0
 */
export interface DeclaredVariables {
  /** Sorted. */
  readonly names: readonly string[];
  /** SHA-256 of names and values, without user names and passwords of URLs. */
  readonly digest: string;
}

export const DeclaredVariables: t.Type<DeclaredVariables> = closed(
  { names: list(EnvironmentName), digest: Digest },
  'DeclaredVariables',
);

/**
 * Who reads the variables of an app: `code` is a command of the user's or the build of a package, which may read all of
 * them; an `installer` reads its own settings; `nothing` where every file is checked against a hash.
 */
export type VariableReader = 'code' | 'installer' | 'nothing';

/** How a program works, and not what it makes: the way to the network, what it prints, and certificates. */
const NEUTRAL =
  /^((https?|all|no|ftp)_proxy|NO_COLOR|FORCE_COLOR|CLICOLOR(_FORCE)?|RUST_(LOG|BACKTRACE)|SSL_CERT_(FILE|DIR)|(REQUESTS|CURL)_CA_BUNDLE|NETRC|SSH_AUTH_SOCK)$/i;

/** Whether a variable says how a tool works and not what comes of it. */
const isNeutralName = (name: string): boolean =>
  isInstallers(name) ? fateOf(name) === 'handed on' : NEUTRAL.test(name);

type Values = Readonly<Record<string, string>>;

/**
 * What a request may hold of variables: without credentials, also those in URLs, and without what only says how a tool
 * works.
 */
export const countableVariables = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => !isCredentialName(name) && !isNeutralName(name))
      .map(([name, value]) => [name, valueForKey(value)]),
  );

/** The names of variables that count without the user name or the password of a URL in their values. Sorted. */
export const variablesWithCredentials = (values: Values): readonly string[] =>
  Object.entries(countableVariables(values))
    .flatMap(([name, counted]) => (counted === values[name] ? [] : [name]))
    .sort(byText);

/** The digest of variables; one without a value counts as one that is not there. */
export const variablesDigest = (
  names: readonly string[],
  values: Readonly<Record<string, string | undefined>>,
): string =>
  sha256(
    JSON.stringify([
      'variables/1',
      [...names]
        .sort(byText)
        .map((name) => [name, values[name] === undefined ? null : valueForKey(values[name])]),
    ]),
  );

/** The variables that count; null where none does. */
export const declaredVariables = (values: Values, reader: VariableReader): DeclaredVariables | null => {
  if (reader === 'nothing') return null;
  const names = Object.keys(countableVariables(values))
    .filter((name) => reader === 'code' || isInstallers(name))
    .sort(byText);
  return names.length === 0 ? null : { names, digest: variablesDigest(names, values) };
};

/** Whether values are those that a plan was made with. */
export const areAsDeclared = (
  declared: DeclaredVariables | null,
  values: Readonly<Record<string, string | undefined>>,
): boolean => declared === null || variablesDigest(declared.names, values) === declared.digest;
