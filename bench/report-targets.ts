import { number, table } from './markdown';
import type { Results } from './results';
import type { Target } from './targets';
import { targetsOf } from './targets';

const show = ({ unit }: Target, value: number | undefined): string => {
  if (value === undefined) return '–';
  if (unit === 'count') return String(value);
  if (unit === 'ratio') return `${number(value)} ×`;
  return `${number(value, unit === 'ms' ? 1 : 2)} ${unit}`;
};

const verdict = (target: Target): string => {
  const { limit, measured, unit } = target;
  if (measured === undefined) return 'not measured';
  if (limit === undefined) return 'nothing to compare with';
  if (measured <= limit) return 'met';
  const more = unit === 'count' ? '' : ` (+${number((measured / limit - 1) * 100, 0)} %)`;
  return `**missed** by ${show(target, measured - limit)}${more}`;
};

export const targetsSection = (results: Results): string => {
  const targets = targetsOf(results);
  const judged = targets.filter(({ limit, measured }) => limit !== undefined && measured !== undefined);
  const met = judged.filter(({ limit, measured }) => (measured ?? Infinity) <= (limit ?? 0));
  return [
    '## Targets',
    `${met.length} of ${judged.length} that were measured are met; ${targets.length - judged.length} were not measured. Times are medians of what is taken over the plain synthesis of the same round.`,
    table(
      ['target', 'rule', 'limit', 'measured', ''],
      targets.map((target) => [
        target.name,
        target.rule,
        show(target, target.limit),
        show(target, target.measured),
        verdict(target),
      ]),
      2,
    ),
  ].join('\n\n');
};
