import { isLeft } from 'fp-ts/Either';
import type { TargetRuntime } from '../../model/bundle-plan';
import { isRemote } from '../../packaging/local/local-reference';
import { parseRequirement } from '../../packaging/requirement/requirement';
import type { PlanError } from '../../errors/plan-error';
import { redactUrls } from '../../values/redact';
import type { RequirementsSnapshot } from '../../model/source-snapshot';
import { holdsFor } from '../lines/marker-holds';
import { standaloneOptions } from '../lines/line-options';
import { hasHash, namesOneVersion } from './pinned-line';
import type { PlacedLine } from '../lines/requested-lines';
import { placedLines } from '../lines/requested-lines';
import { withoutOptions } from '../lines/without-options';

const asksForHashes = ({ line }: PlacedLine): boolean =>
  standaloneOptions(line).some(({ known }) => known === '--require-hashes') ||
  (line._tag === 'Named' && hasHash(line.text));

/** The facts that decide whether a line is complete. Only the installer reads a URL without a name. */
interface NamedLine {
  readonly marker: string | null;
  /** Whether the requirement names one version, or a URL. */
  readonly isPinned: boolean;
}

/** Undefined for text that is not a requirement, because another check reports it. */
const readNamed = (text: string): NamedLine | undefined => {
  const requirement = withoutOptions(text);
  const parsed = parseRequirement(requirement);
  if (isLeft(parsed)) return isRemote(requirement) ? { marker: null, isPinned: true } : undefined;
  const { marker, specifier, url } = parsed.right;
  return { marker, isPinned: url !== null || namesOneVersion(specifier) };
};

/**
 * The requirements that pip refuses in hash-checking mode. A hash on any line, even of a constraint, or
 * `--require-hashes` turns the mode on; then each line needs a hash and one version. uv would only check the hashes
 * that are there.
 *
 * @see https://pip.pypa.io/en/stable/topics/secure-installs/#hash-checking-mode
 */
export const hashModeErrors = (
  requirements: RequirementsSnapshot,
  target: TargetRuntime,
): readonly PlanError[] => {
  const placed = placedLines(requirements);
  const asking = placed.find(asksForHashes);
  if (asking === undefined) return [];
  const lacking = placed.flatMap(({ line, file, isConstraint }) => {
    if (line._tag !== 'Named' || isConstraint) return [];
    const named = readNamed(line.text);
    const isHashed = hasHash(line.text);
    if (named === undefined || (isHashed && named.isPinned) || !holdsFor(named.marker, target)) return [];
    return {
      file,
      line: line.at.from,
      requirement: redactUrls(withoutOptions(line.text)),
      lacks: isHashed ? ('version' as const) : ('hash' as const),
    };
  });
  return lacking.length === 0
    ? []
    : [{ _tag: 'HashesForSome', file: asking.file, line: asking.line.at.from, lacking }];
};
