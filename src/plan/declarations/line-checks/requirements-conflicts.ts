import { isLeft } from 'fp-ts/Either';
import type { TargetRuntime } from '../../model/bundle-plan';
import { holdsFor } from '../lines/marker-holds';
import { hashesOf } from './option-errors';
import { normalizeName } from '../../packaging/requirement/package-name';
import { parseRequirement } from '../../packaging/requirement/requirement';
import { specifierAllows } from '../../packaging/requirement/specifier';
import type { PlanError } from '../../errors/plan-error';
import { redactUrls } from '../../values/redact';
import { constraintsWithExtras, indexConflicts } from './one-installer-lines';
import type { PlacedLine } from '../lines/requested-lines';
import { placedLines } from '../lines/requested-lines';
import { withoutOptions } from '../lines/without-options';
import type { RequirementsSnapshot } from '../../model/source-snapshot';

/** A requirement of an exact version, or with hashes, that applies to the target. */
interface Exact {
  readonly name: string;
  readonly text: string;
  readonly file: string;
  readonly line: number;
  readonly isConstraint: boolean;
  readonly versions: readonly string[];
  readonly hashes: readonly string[];
}

/** The exact versions that a specifier asks for: `==1.2` and `===1.2`, but not `==1.*`. */
const versionsOf = (specifier: string): readonly string[] =>
  specifier.split(',').flatMap((part) => {
    const [, version] = /^\s*===?\s*([^\s=]+)\s*$/.exec(part) ?? [];
    return version === undefined || version.endsWith('.*') ? [] : version;
  });

const exactOf = ({ line, file, isConstraint }: PlacedLine, target: TargetRuntime): Exact | readonly [] => {
  const text = withoutOptions(line.text);
  const read = line._tag === 'Named' && !text.includes('${') ? parseRequirement(text) : undefined;
  if (read === undefined || isLeft(read) || !holdsFor(read.right.marker, target)) return [];
  return {
    name: normalizeName(read.right.name),
    text: redactUrls(text),
    file,
    line: line.at.from,
    isConstraint,
    versions: versionsOf(read.right.specifier),
    hashes: hashesOf(line),
  };
};

/** Whether two versions can be the same: `2.0+cpu` is a `2.0`. */
const agree = (one: string, other: string): boolean =>
  specifierAllows(`==${one}`, other) || specifierAllows(`==${other}`, one);

const isOneVersion = (one: Exact, other: Exact): boolean =>
  one.versions.every((version) => other.versions.every((each) => agree(version, each)));

/**
 * pip uses the hashes of one line, uv those of another. A constraint's hashes do not matter if the requirement has
 * some.
 */
const isOneFile = (one: Exact, other: Exact): boolean =>
  [one, other].some(({ hashes, isConstraint }) => isConstraint || hashes.length === 0) ||
  one.hashes.some((hash) => other.hashes.includes(hash));

/**
 * Requirements that exclude each other on a target: two versions of one name, or hashes that no file has together.
 * Constraints count if they are about a requirement.
 */
export const conflicts = (
  requirements: RequirementsSnapshot,
  target: TargetRuntime,
): readonly PlanError[] => {
  const placed = placedLines(requirements);
  const all = placed.flatMap((one) => exactOf(one, target));
  const first = new Map<string, Exact>();
  for (const one of all) {
    if (!one.isConstraint && one.versions.length + one.hashes.length > 0 && !first.has(one.name))
      first.set(one.name, one);
  }
  const excluding = all.flatMap((one): PlanError | readonly [] => {
    const other = first.get(one.name);
    if (other === undefined) return [];
    const about = isOneVersion(one, other) ? 'hashes' : 'versions';
    if (about === 'hashes' && isOneFile(one, other)) return [];
    const { file, line, text } = one;
    return {
      _tag: 'ConflictingRequirements',
      file,
      line,
      text,
      about,
      other: { file: other.file, line: other.line, text: other.text },
    };
  });
  return [...excluding, ...indexConflicts(placed), ...constraintsWithExtras(placed)];
};
