import { isLeft } from 'fp-ts/Either';
import { memoizeByObject } from '../../values/memoize-by-object';
import { optionProblems } from './option-errors';
import { Line } from '../../values/codecs';
import { isRemote } from '../../packaging/local/local-reference';
import type { PlanError } from '../../errors/plan-error';
import type { PlanWarning } from '../../errors/plan-warning';
import { redactUrls } from '../../values/redact';
import { parseRequirement } from '../../packaging/requirement/requirement';
import { otherEncoding } from './declared-encoding';
import { misplacedVariable } from './misplaced-variable';
import { physicalLines } from '../lines/logical-lines';
import type { RequirementsLine } from '../lines/requirements-file';
import { readRequirements } from '../lines/requirements-file';
import type { RequirementsSnapshot, RequirementsText } from '../../model/source-snapshot';
import { urlErrors } from './url-errors';
import { withoutOptions } from '../lines/without-options';

type Named = Extract<RequirementsLine, { readonly _tag: 'Named' }>;

const namedIn = ({ text }: RequirementsText): readonly Named[] =>
  readRequirements(text).flatMap((line) => (line._tag === 'Named' ? [line] : []));

/** Lines that pip splits, as Python's `splitlines` does, and uv does not. A reader would not see the second part. */
const splitLines = ({ file, text }: RequirementsText): readonly PlanError[] =>
  physicalLines(text).flatMap((line, index): PlanError | readonly [] =>
    Line.is(line)
      ? []
      : {
          _tag: 'InvalidRequirement',
          file,
          line: index + 1,
          text: redactUrls(line),
          reason: 'it has a control character or a line separator in it',
        },
  );

/** Reports a file that pip and uv read in different encodings. */
const encodingErrors = ({ file, text }: RequirementsText): readonly PlanError[] => {
  const other = otherEncoding(text.split('\n', 2));
  return other === undefined ? [] : [{ _tag: 'EncodingNotUtf8', file, ...other }];
};

/** Reports all lines that no installer can read, at once and before anything runs. */
export const lineErrors = memoizeByObject(({ texts }: RequirementsSnapshot): readonly PlanError[] =>
  texts.flatMap((text) => {
    const split = [...splitLines(text), ...encodingErrors(text)];
    return split.length > 0 ? split : readRequirements(text.text).flatMap((line) => errorsOf(text, line));
  }),
);

const errorsOf = (text: RequirementsText, line: RequirementsLine): readonly PlanError[] => [
  ...variableErrors(text.file, line),
  ...requirementErrors(text.file, line),
  ...urlErrors(text, line),
  ...optionProblems(line).map((problem): PlanError => ({
    _tag: 'InvalidRequirementsOption',
    file: text.file,
    line: line.at.from,
    ...problem,
  })),
];

const variableErrors = (file: string, line: RequirementsLine): readonly PlanError[] => {
  const part = misplacedVariable(line);
  return part === undefined
    ? []
    : [{ _tag: 'VariableInRequirement', file, line: line.at.from, text: redactUrls(line.text), part }];
};

const requirementErrors = (file: string, line: RequirementsLine): readonly PlanError[] => {
  const requirement = withoutOptions(line.text);
  // Only the installer knows the values of variables; a URL without a name has no grammar.
  if (line._tag !== 'Named' || requirement.includes('${') || isRemote(requirement)) return [];
  const parsed = parseRequirement(requirement);
  const { from } = line.at;
  return isLeft(parsed)
    ? [
        {
          _tag: 'InvalidRequirement',
          file,
          line: from,
          text: redactUrls(requirement),
          reason: parsed.left,
        },
      ]
    : [];
};

/**
 * Reports the requirements without a hash, if all must have one.
 *
 * @param key the context key that requires hashes. @default - an option requires them
 */
export const unhashed = (
  { texts }: RequirementsSnapshot,
  lines: readonly RequirementsLine[],
  key?: string,
): readonly PlanError[] => {
  const without = lines.flatMap((line) =>
    line._tag === 'Named' && !/\s--hash[\s=]/.test(line.text) ? redactUrls(withoutOptions(line.text)) : [],
  );
  return without.length === 0
    ? []
    : [
        {
          _tag: 'NotHashed',
          file: texts[0].file,
          requirements: without,
          ...(key === undefined ? {} : { key }),
        },
      ];
};

/** The full id of a commit, with SHA-1 or SHA-256. */
const COMMIT = /@(?:[0-9a-f]{40}|[0-9a-f]{64})(?:#|$)/;

/** Whether a requirement names a Git repository but no commit. */
export const isUnpinnedGit = (requirement: string): boolean => {
  const [, url] = /(?:^|@\s*)(git\+\S+)/.exec(requirement) ?? [];
  return url !== undefined && !COMMIT.test(url);
};

export const gitWarnings = memoizeByObject(({ texts }: RequirementsSnapshot): readonly PlanWarning[] =>
  texts.flatMap((file) =>
    namedIn(file)
      .map(({ text, at }) => ({ requirement: withoutOptions(text), line: at.from }))
      .filter(({ requirement }) => isUnpinnedGit(requirement))
      .map(({ requirement, line }) => ({
        _tag: 'GitNotPinned',
        file: file.file,
        line,
        requirement: redactUrls(requirement),
      })),
  ),
);

/** Warns of included remote files, because no hash covers their content. */
export const remoteIncludes = memoizeByObject(({ texts }: RequirementsSnapshot): readonly PlanWarning[] =>
  texts.flatMap((text) =>
    readRequirements(text.text)
      .filter((line) => line._tag === 'Include' && isRemote(line.target))
      .map(({ at }) => ({ _tag: 'RemoteInclude', file: text.file, line: at.from }) as const),
  ),
);
