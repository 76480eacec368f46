import * as path from 'node:path';
import type { ArchitectureName } from '../target/architecture';
import type { DependencyRequest } from '../request/bundle-request';
import { hasCredentials } from '../packaging/requirement/url-credentials';
import { redactUrls } from '../values/redact';
import { shellWord } from '../values/shell-word';

/** The options of a lock command, besides the declaration. */
export interface LockChoice extends Partial<
  Pick<DependencyRequest, 'groups' | 'extras' | 'index' | 'extraIndexes'>
> {
  /** Such as `3.13`. @default - the runtimes that the command finds */
  readonly runtimes?: readonly string[];
  /** @default - any architecture */
  readonly architectures?: readonly ArchitectureName[];
  /** A date or time (RFC 3339); later files of indexes do not count. @default - null: now */
  readonly resolvedAsOf?: string | null;
}

const COMMAND = 'npx cdk-lambda-python lock ';

/** The other command in messages that contains the path of a declaration. */
const OF_UV = 'uv lock --script ';

/** A word of a command, quoted only if it must be. */
const plainWord = (text: string): string => (/^[\w@%+=:,.\\/-]+$/.test(text) ? text : shellWord(text));

const options = (option: string, values: readonly string[] = []): readonly string[] =>
  values.map((value) => `--${option} ${plainWord(value)}`);

/** Variables for a user name and a password stay in the URL. */
const withoutPassword = (url: string): string => (hasCredentials(url) ? redactUrls(url) : url);

/**
 * The command that locks a declaration.
 *
 * @param file absolute path of the declaration
 */
export const lockCommandOf = (file: string, choice: LockChoice = {}): string =>
  [
    `${COMMAND}${plainWord(file)}`,
    ...options('runtime', choice.runtimes),
    ...options('arch', choice.architectures),
    ...options('group', choice.groups),
    ...options('extra', choice.extras),
    ...options('index', choice.index === undefined ? [] : [withoutPassword(choice.index)]),
    ...options('extra-index', choice.extraIndexes?.map(withoutPassword)),
    ...options('resolved-as-of', choice.resolvedAsOf == null ? [] : [choice.resolvedAsOf]),
  ].join(' ');

/** The command with which uv locks a script. */
export const uvScriptCommand = (file: string): string => `${OF_UV}${plainWord(file)}`;

/**
 * Makes the paths in a message's commands relative to the current folder. A plan has absolute paths, because it does
 * not know the folder in which its messages are read.
 *
 * @param folder absolute path of the current folder
 */
export const commandsSeenFrom =
  (folder: string) =>
  (message: string): string => {
    const inside = folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`;
    const starts = [COMMAND, OF_UV].flatMap((command) => [command, `${command}'`]);
    return starts.reduce((text, start) => text.replaceAll(`${start}${inside}`, () => start), message);
  };
