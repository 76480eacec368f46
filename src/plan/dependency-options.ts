import type { BundleRequest } from './bundle-request';
import { PackageName } from './codecs';
import type { PlanError } from './plan-error';
import { hasCredentials } from './url-credentials';

const invalid = (option: string, given: string, expected: string): PlanError => ({
  _tag: 'InvalidOption',
  option: `dependencies.${option}`,
  given,
  expected,
});

const nameErrors = (option: string, names: readonly string[]): readonly PlanError[] =>
  names
    .filter((name): boolean => !PackageName.is(name))
    .map((name) => invalid(option, name, 'names of letters, digits, ".", "_" and "-"'));

/** A URL in one line; what it would print of a user's password is not printed. */
const indexErrors = (option: string, urls: readonly string[]): readonly PlanError[] =>
  urls.flatMap((url) => {
    if (hasCredentials(url)) {
      return invalid(
        option,
        url.replace(/\/\/[^/]*@/, '//…@'),
        'a URL without credentials: write `${NAME}` in their place and set that variable',
      );
    }
    return /^[a-z][a-z0-9+.-]*:\/\/[^\s#]+$/i.test(url) && !/[\u0000-\u001f\u007f]/.test(url)
      ? []
      : invalid(option, url, 'the URL of a package index');
  });

/** The options of dependencies that no installer could be given. */
export const dependencyOptionErrors = ({
  dependencies: { groups, extras, index, extraIndexes, omit, exclude },
}: Pick<BundleRequest, 'dependencies'>): readonly PlanError[] => [
  ...nameErrors('groups', groups),
  ...nameErrors('extras', extras),
  ...nameErrors('omit', omit),
  ...indexErrors('index', index === undefined ? [] : [index]),
  ...indexErrors('extraIndexes', extraIndexes),
  ...exclude
    .filter((pattern) => /[\r\n\0]/.test(pattern))
    .map((pattern) => invalid('exclude', pattern, 'patterns of one line')),
];
