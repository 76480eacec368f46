import * as t from 'io-ts';
import { closed, Digest, EnvironmentName, list } from '../values/codecs';
import { isCredentialName } from '../values/credential-names';
import { byText, sha256 } from '../values/hash';
import { fateOf, isInstallers } from './installer-variables';
import { valueForKey } from '../values/url';

/**
 * The variables of the app that may change the content of a bundle.
 *
 * @since 0.1.0
 */
export interface DeclaredVariables {
  /** Sorted. */
  readonly names: readonly string[];
  /** SHA-256 of names and values; URLs in values are without user names and passwords. */
  readonly digest: string;
}

export const DeclaredVariables: t.Type<DeclaredVariables> = closed(
  { names: list(EnvironmentName), digest: Digest },
  'DeclaredVariables',
);

/**
 * The reader of an app's variables. `code` is a command of the user or the build of a package, and may read all
 * variables. An `installer` reads its own settings. `nothing` means that every file is checked against a hash.
 */
export type VariableReader = 'code' | 'installer' | 'nothing';

/** Variables that change how a program works but not its result: network, output and certificates. */
const NEUTRAL =
  /^((https?|all|no|ftp)_proxy|NO_COLOR|FORCE_COLOR|CLICOLOR(_FORCE)?|RUST_(LOG|BACKTRACE)|SSL_CERT_(FILE|DIR)|(REQUESTS|CURL)_CA_BUNDLE|NETRC|SSH_AUTH_SOCK)$/i;

/** Whether a variable changes how a tool works but not its result. */
const isNeutralName = (name: string): boolean =>
  isInstallers(name) ? fateOf(name) === 'handed on' : NEUTRAL.test(name);

type Values = Readonly<Record<string, string>>;

/**
 * The variables that may be in a request: no credentials, also in URLs, and no variables that only change how a tool
 * works.
 */
export const countableVariables = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => !isCredentialName(name) && !isNeutralName(name))
      .map(([name, value]) => [name, valueForKey(value)]),
  );

/** The names of counted variables whose values have a URL with user name or password. Sorted. */
export const variablesWithCredentials = (values: Values): readonly string[] =>
  Object.entries(countableVariables(values))
    .flatMap(([name, counted]) => (counted === values[name] ? [] : [name]))
    .sort(byText);

/** The digest of variables. A variable without a value counts as missing. */
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

/** The variables that count for a reader; null where none does. */
export const declaredVariables = (values: Values, reader: VariableReader): DeclaredVariables | null => {
  if (reader === 'nothing') return null;
  const names = Object.keys(countableVariables(values))
    .filter((name) => reader === 'code' || isInstallers(name))
    .sort(byText);
  return names.length === 0 ? null : { names, digest: variablesDigest(names, values) };
};

/** Whether values equal those with which a plan was made. */
export const areAsDeclared = (
  declared: DeclaredVariables | null,
  values: Readonly<Record<string, string | undefined>>,
): boolean => declared === null || variablesDigest(declared.names, values) === declared.digest;
