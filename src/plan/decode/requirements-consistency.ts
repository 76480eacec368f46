import * as path from 'node:path';
import { isRight } from 'fp-ts/Either';
import { memoizeByObject } from '../values/memoize-by-object';
import { Line } from '../values/codecs';
import { lineUrls } from '../declarations/lines/line-urls';
import { physicalLines } from '../declarations/lines/logical-lines';
import { pointsInside } from '../declarations/local-packages/points-inside';
import type { RequirementsLine } from '../declarations/lines/requirements-file';
import { readRequirements } from '../declarations/lines/requirements-file';
import type { PlanFieldError } from '../values/field-error';
import { brief } from '../values/field-error';
import type { GeneratedFile, InstallInput } from '../model/install-plan';
import { holdsCredentials } from '../packaging/requirement/url-credentials';
import { wrong } from '../values/path-collisions';
import { shownUrl } from '../values/redact';
import { readIndexUrl, readUrl } from '../values/url';

/** A requirements file is an argument of an installer, which would read some names as an option or a URL. */
export const nameErrors = (file: string, pointer: string): readonly PlanFieldError[] =>
  wrong(
    !/^-|^[a-z][a-z0-9+.-]*:/i.test(file) && Line.is(file),
    pointer,
    `${brief(file)} is not a plain file name`,
  );

/** An edit may only say where a gathered file lies. It may not add a requirement, an index or another option. */
export const editErrors = (
  { path: file, edits }: InstallInput,
  workingDirectory: string,
  pointer: string,
): readonly PlanFieldError[] =>
  edits.flatMap(({ from, to, text }, index) => [
    ...wrong(
      from > (edits[index - 1]?.to ?? 0),
      `${pointer}/${index}/from`,
      `must be after the line ${edits[index - 1]?.to ?? 0}, got ${from}`,
    ),
    ...wrong(to >= from, `${pointer}/${index}/to`, `must be ${from} or more, got ${to}`),
    ...wrong(
      editPointsInside(text, path.posix.dirname(file), workingDirectory),
      `${pointer}/${index}/text`,
      `${brief(text)} does not point to an input`,
    ),
  ]);

/** Cached, because the plans of a batch share their installs. */
const linesOf = memoizeByObject(({ text }: GeneratedFile) => readRequirements(text));

/** The options that this library writes into generated files. */
const OPTIONS: readonly RegExp[] = [
  /^--(extra-)?index-url \S+$/,
  /^--find-links https?:\/\/\S+$/,
  /^--no-index$/,
  /^--trusted-host [A-Za-z0-9.:[\]-]+$/,
  /^--no-binary [A-Za-z0-9][\w.-]*$/,
];

/** A generated file names packages, indexes and inputs, but nothing else of this machine, and no password. */
export const generatedErrors = (
  generated: GeneratedFile,
  workingDirectory: string,
  pointer: string,
): readonly PlanFieldError[] => [
  ...physicalLines(generated.text).flatMap((line) =>
    wrong(isWholeLine(line), pointer, `${brief(line)} is not one line for every installer`),
  ),
  ...linesOf(generated).flatMap((line) => [
    ...wrong(
      isNamed(line) ||
        (line._tag === 'Option'
          ? OPTIONS.some((option) => option.test(line.text))
          : pointsTo(line, path.posix.dirname(generated.path), workingDirectory)),
      pointer,
      `${brief(line.text)} is neither a requirement, nor an index, nor an input`,
    ),
    ...wrong(!holdsCredentials(line.text), pointer, 'has a user name or a password in a URL'),
    ...(isNamed(line) || line._tag === 'Option' ? urlErrors(line, pointer) : []),
  ]),
];

/** Reports a URL that the key and an installer would read differently. */
const urlErrors = (line: RequirementsLine, pointer: string): readonly PlanFieldError[] =>
  lineUrls(line).flatMap(({ text, isIndex }) => {
    const read = (isIndex ? readIndexUrl : readUrl)(text);
    return isRight(read) ? [] : wrong(false, pointer, `${brief(shownUrl(text))} ${read.left}`);
  });

/** Whether pip and uv both read a text as one complete line. */
const isWholeLine = (line: string): boolean => Line.is(line) && !line.endsWith('\\');

/** Whether a line begins with a name. The value of a leading variable could be a path or an option. */
const isNamed = (line: RequirementsLine): boolean =>
  line._tag === 'Named' && /^[A-Za-z0-9]/.test(line.text) && !/^[^/\\]*@\s*\$\{/.test(line.text);

const editPointsInside = (text: string, folder: string, workingDirectory: string): boolean => {
  const [line] = readRequirements(text);
  return line !== undefined && isWholeLine(text) && pointsTo(line, folder, workingDirectory);
};

const pointsTo = (line: RequirementsLine, folder: string, workingDirectory: string): boolean =>
  'target' in line && pointsInside(line, folder, workingDirectory);
