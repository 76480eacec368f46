import { isRight } from 'fp-ts/Either';
import { parseRequirement } from '../../packaging/requirement/requirement';
import type { PlanError } from '../../errors/plan-error';
import { redactUrls } from '../../values/redact';
import { standaloneOptions } from '../lines/line-options';
import type { PlacedLine } from '../lines/requested-lines';
import { withoutOptions } from '../lines/without-options';

const INDEX = ['-i', '--index-url', '--pypi-url'];

/** Reports a second default index: pip silently uses the last one, and uv stops. */
export const indexConflicts = (lines: readonly PlacedLine[]): readonly PlanError[] => {
  const all = lines.flatMap(({ line, file }) =>
    standaloneOptions(line).flatMap(({ known, value = '' }) =>
      INDEX.includes(known ?? '') && value !== '' ? [{ file, line: line.at.from, url: value }] : [],
    ),
  );
  const [first, ...rest] = all.map(({ url, ...place }) => ({
    ...place,
    url,
    text: `--index-url ${redactUrls(url)}`,
  }));
  return rest.flatMap(({ file, line, url, text }): PlanError | readonly [] => {
    // uv refuses a second line in one file, and accepts the same index in another file.
    if (first === undefined || (url === first.url && file !== first.file)) return [];
    const other = { file: first.file, line: first.line, text: first.text };
    return { _tag: 'ConflictingRequirements', file, line, text, about: 'indexes', other };
  });
};

/** Reports constraints with extras: pip refuses them, and uv ignores the extras. */
export const constraintsWithExtras = (lines: readonly PlacedLine[]): readonly PlanError[] =>
  lines.flatMap(({ line, file, isConstraint }): PlanError | readonly [] => {
    if (!isConstraint || line._tag !== 'Named') return [];
    const read = parseRequirement(withoutOptions(line.text));
    if (!isRight(read) || read.right.extras.length === 0) return [];
    const option = `[${read.right.extras.join(',')}]`;
    const reason = 'a constraint cannot have: pip refuses the extras of a constraint, and uv ignores them';
    return { _tag: 'InvalidRequirementsOption', file, line: line.at.from, option, reason };
  });
