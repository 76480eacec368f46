import { invalidKey, invalidOption } from '../errors/invalid-option';
import { isRight } from 'fp-ts/Either';
import type { BundleRequest } from '../request/bundle-request';
import { PackageName } from '../values/codecs';
import { FROM_VALUES } from '../request/declaration-files';
import type { PlanError } from '../errors/plan-error';
import { isMoment, momentOf } from '../values/moment';
import { hasCredentials } from '../packaging/requirement/url-credentials';
import { readIndexUrl } from '../values/url';

const invalid = (option: string, given: string, expected: string): PlanError =>
  invalidOption(`dependencies.${option}`, given, expected);

/** @param key the context key that sets the option, if one does */
const emptyFrom = (key: string | undefined): PlanError =>
  key === undefined ? invalid('from', '', FROM_VALUES) : invalidKey(key, '', FROM_VALUES);

const nameErrors = (option: 'groups' | 'extras' | 'omit', given: readonly string[]): readonly PlanError[] =>
  given.flatMap((name, index) =>
    PackageName.is(name)
      ? []
      : invalid(`${option}[${index}]`, name, 'a name of letters, digits, "-", "_" and "."'),
  );

const indexErrors = (option: string, url: string): readonly PlanError[] => {
  // The error may show the URL, but not the part with a password.
  const shown = url.replace(/^([a-z][a-z0-9+.-]*:[/\\]*)?.*@/is, '$1…@');
  if (hasCredentials(url)) {
    return [
      invalid(
        option,
        shown,
        'a URL without a password: write the password as a variable, such as `https://user:${NAME}@host`, and set that variable, or use a netrc file',
      ),
    ];
  }
  if (!/^(https?|file):\/\//i.test(url))
    return [invalid(option, shown, 'a URL that begins with "https://", "http://" or "file://"')];
  const read = readIndexUrl(url);
  return isRight(read)
    ? []
    : [invalid(option, shown, `a URL that uv and pip read alike, but this one ${read.left}`)];
};

const dateErrors = (given: string | undefined): readonly PlanError[] =>
  given === undefined || isMoment(given)
    ? []
    : [
        invalid(
          'resolvedAsOf',
          given,
          'a date or a time with its zone (RFC 3339), such as "2026-11-01" or "2026-11-01T12:00:00Z"',
        ),
      ];

/** Reports options of `dependencies` that no declaration and no installer accepts. */
export const dependencyOptionErrors = ({
  dependencies,
}: Pick<BundleRequest, 'dependencies'>): readonly PlanError[] => [
  ...(dependencies.wrong ?? []).map((each): PlanError => ({ _tag: 'InvalidOption', ...each })),
  ...(dependencies.from === '' ? [emptyFrom(dependencies.requiredBy?.from)] : []),
  ...nameErrors('groups', dependencies.groups),
  ...nameErrors('extras', dependencies.extras),
  ...(dependencies.index === undefined ? [] : indexErrors('index', dependencies.index)),
  ...dependencies.extraIndexes.flatMap((url, index) => indexErrors(`extraIndexes[${index}]`, url)),
  ...nameErrors('omit', dependencies.omit),
  ...dateErrors(dependencies.resolvedAsOf),
];

/**
 * Reports a `resolvedAsOf` in the future. Planning has no clock, so its caller gives the time.
 *
 * @param now in milliseconds since 1970
 */
export const futureErrors = (
  { dependencies: { resolvedAsOf } }: Pick<BundleRequest, 'dependencies'>,
  now: number,
): readonly PlanError[] =>
  resolvedAsOf !== undefined && isMoment(resolvedAsOf) && Date.parse(momentOf(resolvedAsOf)) > now
    ? [{ _tag: 'MomentInFuture', given: resolvedAsOf }]
    : [];
