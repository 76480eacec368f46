import { cellOf, cost, costs } from './figures';
import { number, table } from './markdown';
import type { Contender } from './peers/contender';
import { keepsNothing } from './peers/contender';
import { CONTENDERS } from './peers/contenders';
import type { Cell, Results } from './results';
import { cellKey } from './results';
import { MEANING, SCENARIOS } from './scenarios';
import type { Scenario } from './scenarios';
import { median } from './statistics';
import type { Workload } from './workloads';
import { WORKLOADS } from './workloads';

const range = (values: readonly number[]): string =>
  `${number(median(values))} (${number(Math.min(...values))}–${number(Math.max(...values))})`;

const counted = (names: readonly string[] | undefined): string => {
  if (names === undefined) return '';
  return names.length === 0 ? 'none' : `${names.length}: ${[...new Set(names)].join(', ')}`;
};

const ratio = (own: number | undefined, other: number | undefined): string =>
  // Of what is next to nothing everything is very many times.
  own === undefined || other === undefined || own < 0.01 ? '–' : `${number(other / own)} ×`;

const row = (results: Results, cell: Cell, label: string): readonly string[] => {
  const { workload, scenario, contender, seconds, processes, date } = cell;
  if (contender === 'plain') return [label, range(seconds), '', '', '', '', `${seconds.length}, ${date}`];
  const own = median(costs(cell));
  return [
    label,
    range(seconds),
    number(own),
    contender === 'ours' ? '1 ×' : ratio(cost(results, workload, scenario, 'ours'), own),
    contender === 'ours-docker' ? '1 ×' : ratio(cost(results, workload, scenario, 'ours-docker'), own),
    counted(processes),
    `${seconds.length}, ${date}`,
  ];
};

/** A contender's row; one that keeps nothing begins `fresh` as it begins `cold`. */
const rowOf = (
  results: Results,
  { name }: Workload,
  scenario: Scenario,
  contender: Contender,
): readonly (readonly string[])[] => {
  const failed = results.cells[cellKey(name, scenario, contender.id)]?.failure;
  if (failed !== undefined)
    return [[contender.label, `failed: ${failed.split('\n')[0] ?? ''}`, '', '', '', '', '']];
  const cell = cellOf(results, name, scenario, contender.id);
  if (cell !== undefined) return [row(results, cell, contender.label)];
  if (scenario !== 'fresh' || !keepsNothing(contender)) return [];
  const same = cellOf(results, name, 'cold', contender.id);
  return same === undefined
    ? []
    : [row(results, { ...same, scenario }, `${contender.label}, its cold: it keeps nothing`)];
};

const scenarioSection = (results: Results, workload: Workload, scenario: Scenario): readonly string[] => {
  const rows = CONTENDERS.flatMap((contender) => rowOf(results, workload, scenario, contender));
  if (rows.length === 0) return [];
  const head = ['', 'seconds (min–max)', 'over plain', '÷ ours', '÷ ours, Docker', 'processes', 'runs, date'];
  return [`#### ${workload.name}, ${scenario}`, table(head, rows)];
};

export const scenarioList = (): string =>
  SCENARIOS.map((scenario) => `- _${scenario}_: ${MEANING[scenario]}.`).join('\n');

/** A table for each scenario of each workload that has results. */
export const cellSections = (results: Results): string =>
  WORKLOADS.flatMap((workload) => {
    const sections = SCENARIOS.flatMap((scenario) => scenarioSection(results, workload, scenario));
    return sections.length === 0 ? [] : [`### ${workload.name}: ${workload.title}`, ...sections];
  }).join('\n\n');
