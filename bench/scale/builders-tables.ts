import { number, table } from '../markdown';
import { drawJobs } from './draw';
import type { ScaleResults, Way } from './results';
import type { Job } from './schedule';
import {
  criticalPath,
  efficiency,
  enoughBuilders,
  inOrder,
  longestFirst,
  makespan,
  sharded,
  totalWork,
} from './schedule';

/** The drawing: the same each time, for the same figures. */
const DRAWN = { sets: 100, functions: 500, seed: 7 };

const BUILDERS = [1, 2, 4, 8, 16, 32];

const percent = (value: number): string => `${number(100 * value, 0)} %`;

const scheduleTable = (jobs: readonly Job[]): string =>
  table(
    ['builders', 'work / builders', 'longest first', 'busy', 'in order of arrival', '`run --shard`', 'busy'],
    BUILDERS.map((builders) => {
      const [longest, arrival, shards] = [longestFirst, inOrder, sharded].map((spread) =>
        spread(jobs, builders),
      );
      return [
        String(builders),
        `${number(totalWork(jobs) / builders)} s`,
        `${number(makespan(longest ?? []))} s`,
        percent(efficiency(longest ?? [])),
        `${number(makespan(arrival ?? []))} s`,
        `${number(makespan(shards ?? []))} s`,
        percent(efficiency(shards ?? [])),
      ];
    }),
  );

const simulation = (way: Way, jobs: readonly Job[]): string => {
  const longest = criticalPath(jobs);
  const enough = enoughBuilders(jobs);
  return [
    `Times ${way}: ${number(totalWork(jobs))} s of work; the longest set takes ${number(longest)} s. From ${enough} builders on, more of them do not help; ${enoughBuilders(jobs, 1.25)} are done within 25 % of that.`,
    scheduleTable(jobs),
  ].join('\n\n');
};

export const buildersTables = ({ builders }: ScaleResults): Readonly<Record<string, string>> => {
  if (builders === undefined) return {};
  const { sets, date, sharded: demonstration } = builders;
  const ways = (Object.keys(sets) as Way[]).filter((way) => sets[way] !== undefined);
  const names = [...new Set(ways.flatMap((way) => sets[way]?.map(({ name }) => name) ?? []))];
  const seconds = (way: Way, name: string, figure: 'first' | 'next'): string => {
    const found = sets[way]?.find((set) => set.name === name);
    return found === undefined ? '' : number(found[figure]);
  };
  const measured = table(
    ['set', 'packages', ...ways, 'a further function'],
    names.map((name) => [
      name,
      String(sets.warm?.find((set) => set.name === name)?.packages ?? ''),
      ...ways.map((way) => seconds(way, name, 'first')),
      seconds('warm', name, 'next'),
    ]),
  );
  const draw = (way: 'cold' | 'warm'): string =>
    simulation(way, drawJobs(sets[way] ?? [], DRAWN.sets, DRAWN.functions, DRAWN.seed));
  const { alone, shards, after } = demonstration;
  return {
    sets: [
      `Seconds, measured on ${date}, one at a time; warm: medians of ${sets.warm?.[0]?.runs ?? 0}, cold: one run.`,
      measured,
    ].join('\n\n'),
    simulation: [draw('warm'), draw('cold')].join('\n\n'),
    shards: table(
      [`${2 * (sets.warm?.length ?? 0)} functions, ${sets.warm?.length ?? 0} sets`, 'seconds'],
      [
        ['one machine, no shared store', number(alone)],
        ...shards.map((time, index) => [`shard ${index + 1}/${shards.length}`, number(time)]),
        ['another empty machine, all of it, from the shared store', number(after)],
      ],
    ),
  };
};
