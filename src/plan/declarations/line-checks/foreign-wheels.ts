import type { TargetRuntime } from '../../model/bundle-plan';
import type { AskedFile } from '../lines/asked-wheel';
import { wheelErrors } from '../lines/asked-wheel';
import { extrasAndMarker } from '../../packaging/local/local-reference';
import type { PlanError } from '../../errors/plan-error';
import type { PlacedLine } from '../lines/requested-lines';
import { placedLines } from '../lines/requested-lines';
import type { RequirementsLine } from '../lines/requirements-file';
import type { RequirementsSnapshot } from '../../model/source-snapshot';

/** A URL, alone or after `name @`, and its marker. In a URL, a `;` begins a marker only beside white space. */
const DIRECT = /^(?:[^/\\:;]*@\s*)?([a-z][a-z0-9+.-]*:\S+?)(?:;\s+(.*)|\s+;\s*(.*))?$/is;

const askedFile = (line: RequirementsLine): AskedFile | undefined => {
  if (line._tag === 'LocalPackage') return { place: line.target, marker: extrasAndMarker(line.rest).marker };
  const [, place, before, after] =
    line._tag === 'Named' ? (DIRECT.exec(line.text.replace(/\s+--[a-z].*$/s, '')) ?? []) : [];
  return place === undefined ? undefined : { place, marker: before ?? after ?? null };
};

const errorOf = ({ line, file, isConstraint }: PlacedLine, target: TargetRuntime) => {
  const asked = isConstraint ? undefined : askedFile(line);
  return asked === undefined ? [] : wheelErrors(asked, target, { file, line: line.at.from });
};

/** Errors for wheels that a requirements file names by path or URL and that do not fit the target. */
export const foreignWheels = (
  requirements: RequirementsSnapshot,
  target: TargetRuntime,
): readonly PlanError[] => placedLines(requirements).flatMap((placed) => errorOf(placed, target));
