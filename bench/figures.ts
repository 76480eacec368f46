import type { BundleFigures, Cell, Results } from './results';
import { cellKey } from './results';
import type { Scenario } from './scenarios';
import { differences, median } from './statistics';

/** Whose time has no synthesis in it: the plain one's is not taken off. */
const BARE = ['uv', 'pip', 'sam'];

/** The cell of a contender, where it has figures. */
export const cellOf = (
  { cells }: Results,
  workload: string,
  scenario: Scenario,
  contender: string,
): Cell | undefined => {
  const cell = cells[cellKey(workload, scenario, contender)];
  return cell === undefined || cell.seconds.length === 0 ? undefined : cell;
};

/** What each run took over the plain synthesis of its round; of a bare tool, what it took. */
export const costs = ({ contender, seconds, plain }: Cell): readonly number[] =>
  BARE.includes(contender) ? seconds : differences(seconds, plain);

/** The median of what a contender took over the plain synthesis, in seconds. */
export const cost = (
  results: Results,
  workload: string,
  scenario: Scenario,
  contender: string,
): number | undefined => {
  const cell = cellOf(results, workload, scenario, contender);
  return cell === undefined ? undefined : median(costs(cell));
};

export const importTime = (figures: BundleFigures | undefined): number | undefined =>
  figures === undefined ? undefined : median(figures.imports);

/** A computation of figures of which none may be missing. */
export const of = (
  values: readonly (number | undefined)[],
  compute: (...values: readonly number[]) => number,
): number | undefined => {
  const known = values.filter((value) => value !== undefined && !Number.isNaN(value)) as number[];
  return known.length === values.length ? compute(...known) : undefined;
};
