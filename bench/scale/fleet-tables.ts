import { number, table } from '../markdown';
import { REAL_SETS } from '../workloads';
import type { ScaleResults } from './results';

export const fleetTables = ({ fleet }: ScaleResults): Readonly<Record<string, string>> => {
  if (fleet === undefined) return {};
  const sets = REAL_SETS.length;
  return {
    'two builders': [
      `Measured on ${fleet.date}, one run each.`,
      table(
        [`${2 * sets} functions, ${sets} sets`, 'seconds'],
        [
          ['one builder', number(fleet.one)],
          ['two builders', number(fleet.two)],
          ['two builders, one killed half way', number(fleet.killed)],
          ['one builder that fills the registry cache', number(fleet.filling)],
          ['another builder, from that cache', number(fleet.cached)],
        ],
      ),
      `Of the one that was killed it said: \`${fleet.told}\`.`,
    ].join('\n\n'),
  };
};
