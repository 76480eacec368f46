import * as path from 'node:path';
import type { ArchitectureName } from '../target/architecture';
import type { DependencyRequest } from '../request/bundle-request';
import { hasCredentials } from '../packaging/requirement/url-credentials';
import { redactUrls } from '../values/redact';
import { shellWord } from '../values/shell-word';

/** What a lock is made with, besides its declaration. */
export interface LockChoice extends Partial<
  Pick<DependencyRequest, 'groups' | 'extras' | 'index' | 'extraIndexes'>
> {
  /** Such as `3.13`. @default those that the command finds */
  readonly runtimes?: readonly string[];
  /** @default any */
  readonly architectures?: readonly ArchitectureName[];
  /** The moment as of which indexes are asked (RFC 3339). @default null: now */
  readonly resolvedAsOf?: string | null;
}

const COMMAND = 'npx cdk-lambda-python lock ';

/** The other command of a message that names a declaration by its path. */
const OF_UV = 'uv lock --script ';

/** A word of a command, quoted only where it must be. */
const plainWord = (text: string): string => (/^[\w@%+=:,.\\/-]+$/.test(text) ? text : shellWord(text));

const options = (option: string, values: readonly string[] = []): readonly string[] =>
  values.map((value) => `--${option} ${plainWord(value)}`);

/** Variables stand for a user name and a password, and stay. */
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
 * A message whose commands name declarations below a folder as one types them there. A plan has absolute paths, because it does not
 * know where its messages are read.
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
