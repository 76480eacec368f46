import * as path from 'node:path';
import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';
import { hasCredentials } from '../../packaging/requirement/url-credentials';
import { relativePath } from '../../values/paths';

const PATH = /\bpath = "((?:[^"\\]|\\.)*)"/g;
const URL_VALUE = /\b(?:url|index) = "((?:[^"\\]|\\.)*)"/g;

const valuesOf = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, value = '']) => value);

/**
 * Packages with a file without a hash. If an index gives no hash, uv 0.9 writes none, and newer versions compute it.
 */
const withoutHash = (text: string): readonly string[] =>
  text
    .split(/^\[\[packages\]\]$/m)
    .slice(1)
    .filter((entry) => /\bhashes = \{\s*\}/.test(entry))
    .flatMap((entry) => /^name = "(.*)"$/m.exec(entry)?.[1] ?? []);

/**
 * Makes a lock of uv portable, for a repository with several users: paths are relative to the lock's folder. On the
 * left, one message for each problem: a secret, a missing hash, or a path of this machine.
 *
 * @param places absolute paths of the lock's folder, and of the folder in which uv wrote the lock
 * @param environments the targets of the lock. uv writes them only as markers of packages, which all fail on other
 * targets
 */
export const portableLock = (
  text: string,
  { folder, written }: { readonly folder: string; readonly written: string },
  environments: readonly string[],
): Either<readonly string[], string> => {
  const portable = text
    .replace(
      PATH,
      (_, value: string) => `path = ${JSON.stringify(relativePath(folder, path.resolve(written, value)))}`,
    )
    .replace(/^environments = [^\]]*\]\n/m, '')
    .replace(/^(?=created-by = )/m, `environments = ${JSON.stringify(environments)}\n`)
    .replace(/^created-by = "uv"$/m, 'created-by = "cdk-lambda-python"');
  const urls = valuesOf(portable, URL_VALUE);
  const unhashed = withoutHash(portable);
  const problems = [
    ...(urls.some(hasCredentials)
      ? [
          'uv has put a user name or password of an index into the lock, so the lock was not written. Use a netrc file.',
        ]
      : []),
    ...(unhashed.length > 0
      ? [
          `uv has no hash for ${unhashed.join(', ')}, because the index has none, so the lock was not written. Install a newer uv, which computes hashes, or add hashes to the index.`,
        ]
      : []),
    ...urls
      .filter((url) => /^file:/i.test(url))
      .map(
        (url) =>
          `The lock would contain ${url}, a path of this machine, so it was not written. Serve the folder as an index.`,
      ),
  ];
  return problems.length > 0 ? left(problems) : right(portable);
};
