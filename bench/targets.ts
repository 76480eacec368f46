import { cost, cellOf, importTime, of } from './figures';
import type { Results } from './results';
import { median, differences } from './statistics';

/** Something this library is to reach; a figure that was not measured is undefined. */
export interface Target {
  readonly name: string;
  /** What the limit is, in words. */
  readonly rule: string;
  readonly unit: 's' | 'ms' | 'MB' | 'ratio' | 'count';
  readonly limit: number | undefined;
  readonly measured: number | undefined;
}

type Executor = 'ours' | 'ours-docker';

const EXECUTORS: readonly (readonly [Executor, string])[] = [
  ['ours', 'host'],
  ['ours-docker', 'docker'],
];

const seconds = (name: string, limit: number, measured: number | undefined): Target => ({
  name,
  rule: `≤ ${limit} s`,
  unit: 's',
  limit,
  measured,
});

const warmAndEdit = (results: Results): readonly Target[] =>
  EXECUTORS.flatMap(([id, executor]) => {
    const warm = cellOf(results, 'W4', 'warm', id);
    return [
      seconds(`warm, W4, ${executor}`, 0.1, cost(results, 'W4', 'warm', id)),
      {
        name: `warm, W4, ${executor}: processes`,
        rule: 'none',
        unit: 'count' as const,
        limit: 0,
        measured: warm?.processes?.length,
      },
      ...['W1', 'W2', 'W3', 'W4'].map((workload) =>
        seconds(`edit, ${workload}, ${executor}`, 0.2, cost(results, workload, 'edit', id)),
      ),
    ];
  });

const freshAndUpload = (results: Results): readonly Target[] => [
  seconds('fresh, W4, host, zips', 0.6, cost(results, 'W4', 'fresh', 'ours')),
  seconds('fresh, W4, host, directories', 1, cost(results, 'W4', 'fresh', 'ours-directory')),
  seconds('fresh, W4, docker, zips', 0.6, cost(results, 'W4', 'fresh', 'ours-docker')),
  seconds('edit to an object ready to upload, W4', 0.5, cost(results, 'W4', 'upload', 'ours')),
  seconds('W6, cold', 0.3, cost(results, 'W6', 'cold', 'ours')),
];

const cold = (results: Results): readonly Target[] => [
  ...['W2', 'W3'].map((workload): Target => ({
    name: `cold, ${workload}, host`,
    rule: '≤ 1.3 × raw uv with hard links + 0.5 s',
    unit: 's',
    limit: of([cost(results, workload, 'cold', 'uv')], (uv = 0) => 1.3 * uv + 0.5),
    measured: cost(results, workload, 'cold', 'ours'),
  })),
  ...['W2', 'W3'].map((workload): Target => ({
    name: `cold, ${workload}, docker`,
    rule: '≤ 0.5 × alpha, its image built',
    unit: 's',
    limit: of([cost(results, workload, 'cold', 'alpha')], (alpha = 0) => 0.5 * alpha),
    measured: cost(results, workload, 'cold', 'ours-docker'),
  })),
  ...EXECUTORS.map(([id, executor]): Target => ({
    name: `cold, W4, ${executor}`,
    rule: '≤ cold W2 + 0.6 s',
    unit: 's',
    limit: of([cost(results, 'W2', 'cold', id)], (one = 0) => one + 0.6),
    measured: cost(results, 'W4', 'cold', id),
  })),
  {
    name: 'cold, W5, host',
    rule: '≤ raw uv, one set after the other',
    unit: 's',
    limit: cost(results, 'W5', 'cold', 'uv'),
    measured: cost(results, 'W5', 'cold', 'ours'),
  },
];

const scale = ({ scale: scales }: Results): readonly Target[] => {
  const perFunction = (count: number): number | undefined => {
    const figures = scales[count];
    return figures && (1000 * median(differences(figures.seconds, figures.plain))) / count;
  };
  const thousand = scales[1000];
  return [
    {
      name: '1,000 functions, a function',
      rule: '≤ 5 ms',
      unit: 'ms',
      limit: 5,
      measured: perFunction(1000),
    },
    {
      name: '1,000 functions, a function’s cost against that of 100',
      rule: '≤ 1.2 × (linear)',
      unit: 'ratio',
      limit: 1.2,
      measured: of([perFunction(1000), perFunction(100)], (many = 0, few = 0) => many / few),
    },
    {
      name: '1,000 functions, peak memory against plain, all processes',
      rule: '≤ 1.5 ×',
      unit: 'ratio',
      limit: 1.5,
      measured: thousand && thousand.memory / thousand.plainMemory,
    },
  ];
};

const templates = ({ templates: figures }: Results): readonly Target[] => {
  const { plain, ours } = figures;
  const over = (key: 'second' | 'again'): number | undefined =>
    plain && ours && median(differences(ours[key], plain[key]));
  const target = { rule: '≤ 10 ms over plain', unit: 'ms', limit: 10 } as const;
  return [
    { ...target, name: 'second `Template.fromStack` in a process, of a new app', measured: over('second') },
    { ...target, name: 'second `Template.fromStack` of the same stack object', measured: over('again') },
  ];
};

const bundles = ({ bundles: figures }: Results): readonly Target[] => [
  ...['W2', 'W3'].map((workload): Target => ({
    name: `import, ${workload}`,
    rule: '≤ 0.45 × alpha’s bundle',
    unit: 's',
    limit: of([importTime(figures[`${workload}/alpha`])], (alpha = 0) => 0.45 * alpha),
    measured: importTime(figures[`${workload}/ours`]),
  })),
  {
    name: 'size, W3, zipped, without byte code',
    rule: '≤ alpha’s without byte code',
    unit: 'MB',
    limit: of([figures['W3/alpha']?.zippedWithoutByteCode], (bytes = 0) => bytes / 1e6),
    measured: of([figures['W3/ours-without-byte-code']?.zipped], (bytes = 0) => bytes / 1e6),
  },
];

/** All targets, in the order of the report. */
export const targetsOf = (results: Results): readonly Target[] =>
  [warmAndEdit, freshAndUpload, cold, scale, templates, bundles].flatMap((part) => part(results));
