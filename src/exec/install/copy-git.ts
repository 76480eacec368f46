import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { GitMetadata } from '../../plan/model/git-metadata';
import { localPackageIgnores } from '../../plan/sources/ignore-rules';
import type { InstallInput, InstallPlan } from '../../plan/model/install-plan';
import { relativePath, staysInside } from '../../plan/values/paths';
import type { ExecutionError } from '../errors/execution-error';
import { isThere } from '../files/file-kind';
import { gitState } from '../git/git-state';
import { lastLines } from '../scripts/installer-output';
import type { CommandResult } from '../process/shell';
import { liveShell, NOT_FOUND, succeeded } from '../process/shell';

/** The scripts run in Git's own shell, so that they work on Windows too. These variables name the user's repository. */
const BEGIN = 'set -e; unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_OBJECT_DIRECTORY';

/**
 * Makes a repository with one commit checked out, its history, and the tags that lead to it. Older commits have file
 * names, which `git show -s` and `git log` with a path read, but no content. Objects that the user's clone lacks are
 * not copied. Lists the changed files of the user's repository.
 */
const COPY = `f() { ${BEGIN}
to=$1 head=$2 branch=$3
git init --quiet --template= "$to"
tags() { git for-each-ref --merged="$head" --format="%(objectname)$1" refs/tags; }
{ git rev-list --objects --filter=blob:none --missing=allow-any "$head"; tags; git rev-list --objects "$head^{tree}"; } | cut -d" " -f1 |
  git pack-objects --quiet --stdout | git -C "$to" index-pack --stdin >/dev/null
shallow=$(git rev-parse --git-path shallow)
if [ -s "$shallow" ]; then cp "$shallow" "$to/.git/shallow"; fi
tags " %(refname)" > "$to/.git/packed-refs"
if [ -z "$branch" ]; then echo "$head" > "$to/.git/HEAD"
else echo "$head refs/heads/$branch" >> "$to/.git/packed-refs"; echo "ref: refs/heads/$branch" > "$to/.git/HEAD"; fi
git -C "$to" read-tree "$head"
git -C "$to" ls-files -z > "$to/.git/listed"
git log -1 --format=%ct "$head" > "$to/.git/time"
git diff --name-only --no-ext-diff --no-renames --ignore-submodules -z "$head" > "$to/.git/changed"
}; f`;

/** Makes the copy compare only the changed files: it has few of the files, and some of them edited. */
const SKIP = `f() { ${BEGIN}
git update-index -z --skip-worktree --stdin < .git/skipped
rm -f .git/skipped .git/listed .git/changed .git/time
}; f`;

const NOT_EVEN = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' };

const run = (folder: string, script: string, args: readonly string[]): Promise<CommandResult> =>
  liveShell(process.env)({
    argv: [
      'git',
      '-c',
      'core.fsmonitor=false',
      '-c',
      `alias.cdk-lambda-python=!${script}`,
      'cdk-lambda-python',
      ...args,
    ],
    cwd: folder,
    environment: NOT_EVEN,
  })();

const namesIn = async (file: string): Promise<readonly string[]> =>
  (await fs.readFile(file, 'utf8')).split('\0').filter((name) => name !== '');

/**
 * Whether a file that differs from the commit marks the version as changed. Only files that the build reads unedited
 * do: other changes in the repository are not part of the key.
 */
const counts = ({ from, packages }: GitMetadata, inputs: readonly InstallInput[]) => {
  const read = new Set(
    inputs.filter(({ edits }) => edits.length === 0).map((input) => relativePath(from, input.from)),
  );
  const ignores = localPackageIgnores(undefined);
  const isGone = (file: string): boolean =>
    packages.some((folder) => {
      const seen = relativePath(path.posix.join('/', folder), path.posix.join('/', file));
      return staysInside(seen) && !ignores(seen);
    }) && !isThere(path.join(from, file));
  return (file: string): boolean => read.has(file) || isGone(file);
};

const copyOne = async (
  git: GitMetadata,
  inputs: readonly InstallInput[],
  folder: string,
): Promise<E.Either<ExecutionError, string>> => {
  const failed = (result: CommandResult): E.Either<ExecutionError, string> =>
    E.left({
      _tag: 'GitNotCopied',
      path: git.from,
      packages: git.packages.map((one) => path.join(git.from, one)),
      isMissing: result.exitCode === NOT_FOUND,
      output: lastLines(result.output),
    });
  const state = gitState(git.from, git.branch !== null);
  if (state?.digest !== git.digest)
    return E.left({ _tag: 'SourceChanged', path: path.join(git.from, '.git') });
  const to = path.join(folder, git.path);
  await fs.mkdir(to, { recursive: true });
  const copied = await run(git.from, COPY, [to, state.head, state.branch ?? '']);
  if (!succeeded(copied)) return failed(copied);
  const own = path.join(to, '.git');
  const isChanged = counts(git, inputs);
  const dirty = new Set((await namesIn(path.join(own, 'changed'))).filter(isChanged));
  const skipped = (await namesIn(path.join(own, 'listed'))).filter((file) => !dirty.has(file));
  const time = (await fs.readFile(path.join(own, 'time'), 'utf8')).trim();
  await fs.writeFile(path.join(own, 'skipped'), skipped.map((file) => `${file}\0`).join(''));
  const marked = await run(to, SKIP, []);
  return succeeded(marked) ? E.right(time) : failed(marked);
};

/**
 * Puts Git's metadata beside the gathered inputs, for builds that take a version from it.
 *
 * @returns `SOURCE_DATE_EPOCH` with the time of the last commit, unless the user sets it: the version of a changed tree
 * may contain the date
 */
export const copyGit = async (
  { git = [], inputs }: Pick<InstallPlan, 'git' | 'inputs'>,
  folder: string,
): Promise<E.Either<ExecutionError, Readonly<Record<string, string>>>> => {
  const times: string[] = [];
  for (const one of git) {
    const copied = await copyOne(one, inputs, folder);
    if (E.isLeft(copied)) return copied;
    times.push(copied.right);
  }
  const last = times.sort().at(-1);
  const isSet = process.env['SOURCE_DATE_EPOCH'] !== undefined;
  return E.right(Object.fromEntries(last === undefined || isSet ? [] : [['SOURCE_DATE_EPOCH', last]]));
};
