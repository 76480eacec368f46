import * as path from 'node:path';
import type { AskedLine } from './asked-lines';
import { NEEDED_BY } from './asked-lines';

/** The subject of a line: its package or its option. Two lines with the same subject are one line that was changed. */
const subjectOf = (text: string): string => {
  const [line = '', file = ''] = text.split(NEEDED_BY);
  const [subject = ''] = /^(-c\s+)?(-{1,2}[a-z-]+|[A-Za-z0-9._-]+)/.exec(line) ?? [line];
  return `${subject.toLowerCase()} ${file}`;
};

const written = (text: string): string => `\`${text.split(NEEDED_BY)[0] ?? ''}\``;

/** The file that a line of a lock came from, as far as the lock says. */
const fileOf = (text: string, declaration: string): string => {
  const [, file] = text.split(NEEDED_BY);
  return file === undefined ? declaration : path.resolve(path.dirname(declaration), file);
};

/**
 * Describes how a declaration differs from the one that a lock was made from; undefined if they agree.
 *
 * @param declaration absolute path
 * @param now the lines of the declaration
 * @param then the lines that the lock was made from
 */
export const askedDifference = (
  declaration: string,
  now: readonly AskedLine[],
  then: readonly string[],
): string | undefined => {
  const added = now.filter(({ text }) => !then.includes(text));
  const gone = then.filter((text) => !now.some((line) => line.text === text));
  const earlier = ({ text }: AskedLine): string | undefined =>
    gone.find((other) => subjectOf(other) === subjectOf(text));
  const changed = added.flatMap((line) => earlier(line) ?? []);
  const all = [
    ...added.map((line) => {
      const before = earlier(line);
      const at = `${line.file}:${line.line} has ${written(line.text)}`;
      return before === undefined ? `${at}, which is new` : `${at}, which was ${written(before)}`;
    }),
    ...gone
      .filter((text) => !changed.includes(text))
      .map((text) => `${fileOf(text, declaration)} no longer has ${written(text)}`),
  ];
  return all.length > 1 ? `${all[0]} (and ${all.length - 1} more)` : all[0];
};
