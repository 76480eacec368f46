import { isLeft } from 'fp-ts/Either';
import type { PlanError } from '../../errors/plan-error';
import { shownUrl } from '../../values/redact';
import type { RequirementsText } from '../../model/source-snapshot';
import { readIndexUrl, readUrl } from '../../values/url';
import type { LineUrl } from '../lines/line-urls';
import { lineUrls } from '../lines/line-urls';
import { physicalLines } from '../lines/logical-lines';
import type { RequirementsLine } from '../lines/requirements-file';

/** pip splits an option into words as a shell does. uv takes the rest of the line, without the quotes around it. */
const wordProblem = (url: string, line: RequirementsLine): string | undefined => {
  if (line._tag !== 'Option') return undefined;
  if (!line.text.includes(url)) return 'has a backslash or a quote in it, which pip and uv read differently';
  return line.text.replace(/['"]$/, '').endsWith(url)
    ? undefined
    : 'is followed by text that uv reads as a part of it: write each option on a line of its own';
};

const problemOf = (
  { text, isIndex }: LineUrl,
  line: RequirementsLine,
  written: readonly string[],
): string | undefined => {
  const odd = wordProblem(text, line);
  if (odd !== undefined) return odd;
  const read = (isIndex ? readIndexUrl : readUrl)(text);
  if (isLeft(read)) return read.left;
  // Keys and copies without passwords are made line by line, so a URL must be on one line.
  const [place = ''] = text.split('#');
  return written.some((each) => each.includes(place)) ? undefined : 'is continued on the next line';
};

/** Shows the text of an option as it is written if pip reads it differently. */
const shownAs = (url: string, { text }: RequirementsLine): string =>
  shownUrl(text.includes(url) ? url : text.replace(/^-[^\s=]*[\s=]*/, ''));

/** Reports URLs of a line that uv, pip and this library do not all read alike. */
export const urlErrors = ({ file, text }: RequirementsText, line: RequirementsLine): readonly PlanError[] =>
  lineUrls(line).flatMap((url): PlanError | readonly [] => {
    const reason = problemOf(url, line, physicalLines(text).slice(line.at.from - 1, line.at.to));
    return reason === undefined
      ? []
      : { _tag: 'InvalidUrl', file, line: line.at.from, url: shownAs(url.text, line), reason };
  });
