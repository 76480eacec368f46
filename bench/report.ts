import { importTime } from './figures';
import type { Machine } from './machine';
import { megabytes, number, table } from './markdown';
import { CONTENDERS } from './peers/contenders';
import { oursWithoutByteCode } from './peers/ours';
import { cellSections, scenarioList } from './report-cells';
import { targetsSection } from './report-targets';
import type { Results } from './results';
import { differences, median } from './statistics';

const MACHINE: readonly (readonly [keyof Machine, string])[] = [
  ['processor', 'processor'],
  ['cores', 'cores'],
  ['memory', 'memory'],
  ['fileSystem', 'file system'],
  ['system', 'system'],
  ['node', 'Node.js'],
  ['cdk', 'aws-cdk-lib'],
  ['python', 'Python'],
  ['pip', 'pip'],
  ['uv', 'uv'],
  ['docker', 'container engine'],
  ['buildImage', 'build image'],
];

const machineSection = ({ machine }: Results): string =>
  [
    '## Machine',
    table(
      ['', ''],
      MACHINE.map(([key, label]) => [label, String(machine[key])]),
    ),
  ].join('\n\n');

const refusalSection = ({ refusals }: Results): readonly string[] => {
  const entries = Object.entries(refusals);
  if (entries.length === 0) return [];
  const labelOf = (id: string): string => CONTENDERS.find((contender) => contender.id === id)?.label ?? id;
  const lines = entries.map(([id, reason]) => `- ${labelOf(id)}: ${reason.split('\n')[0] ?? ''}`);
  return [`In the last run these could not be run:\n\n${lines.join('\n')}`];
};

const bundleSection = ({ bundles }: Results): readonly string[] => {
  const rows = Object.entries(bundles).map(([key, figures]) => {
    const [workload = '', id] = key.split('/');
    const label = [...CONTENDERS, oursWithoutByteCode].find((contender) => contender.id === id)?.label ?? '';
    const { unzipped, unzippedByteCode, zipped, zippedWithoutByteCode, imports, date } = figures;
    const compared = importTime(bundles[`${workload}/alpha`]);
    const own = importTime(figures) ?? Number.NaN;
    return [
      `${workload}, ${label}`,
      megabytes(zipped),
      megabytes(zippedWithoutByteCode),
      megabytes(unzipped),
      megabytes(unzipped - unzippedByteCode),
      `${number(own, 3)} (${number(Math.min(...imports), 3)}–${number(Math.max(...imports), 3)})`,
      compared === undefined ? '–' : `${number(own / compared)} ×`,
      `${imports.length}, ${date}`,
    ];
  });
  if (rows.length === 0) return [];
  const head = ['', 'zipped', 'without byte code', 'unzipped', 'without byte code'];
  return [
    '## Bundles',
    'In MB of a million bytes. A folder is zipped as the CDK CLI does it. _Without byte code_: the same files less `.pyc`, zipped by the CDK CLI’s code. Imports are seconds of the handler’s module in a fresh interpreter (`-I -S -B`) from the unzipped file, with its times of 1980 and nothing writable; the files are in the page cache, which they are not in a cold start.',
    table([...head, 'import, s (min–max)', '÷ alpha', 'imports, date'], rows),
    ...byteCode(bundles),
  ];
};

const byteCode = (bundles: Results['bundles']): readonly string[] => {
  const lines = ['W1', 'W2', 'W3'].flatMap((workload) => {
    const [withIt, without] = [bundles[`${workload}/ours`], bundles[`${workload}/ours-without-byte-code`]];
    if (withIt === undefined || without === undefined || withIt.unzippedByteCode === 0) return [];
    const more = withIt.zipped - without.zipped;
    return [
      `${workload} ${megabytes(more)} MB zipped (${number((100 * more) / without.zipped, 0)} %) and ${megabytes(withIt.unzippedByteCode)} MB unzipped`,
    ];
  });
  return lines.length === 0 ? [] : [`What this library’s byte code adds: ${lines.join('; ')}.`];
};

const scaleSection = ({ scale }: Results): readonly string[] => {
  const rows = Object.values(scale).map((figures) => {
    const { functions, seconds, plain, memory, memoryOfApp, plainMemory, date } = figures;
    const over = median(differences(seconds, plain));
    return [
      String(functions),
      number(median(plain)),
      number(median(seconds)),
      number((1000 * over) / functions),
      megabytes(plainMemory),
      megabytes(memoryOfApp),
      megabytes(memory),
      `${seconds.length}, ${date}`,
    ];
  });
  if (rows.length === 0) return [];
  return [
    '## Very large apps',
    'A hundred sets of two tiny packages, all in the store; `cdk.out` deleted. Memory is the peak in MB, of a run that is not timed; _all_ adds up the peaks of the app and of every Node.js process that it starts.',
    table(
      ['functions', 'plain, s', 'ours, s', 'ms a function', 'plain, MB', 'app, MB', 'all, MB', 'runs, date'],
      rows,
    ),
    'aws-lambda-python-alpha is not run here: it starts a container for each function.',
  ];
};

const templateSection = ({ templates }: Results): readonly string[] => {
  const rows = Object.entries(templates).map(([id, { second, again, date }]) => [
    CONTENDERS.find((contender) => contender.id === id)?.label ?? id,
    number(median(second), 1),
    number(median(again), 1),
    `${second.length}, ${date}`,
  ]);
  if (rows.length === 0) return [];
  return [
    '## Unit tests of a stack',
    'Milliseconds of `Template.fromStack` with the ten functions of W4, in one process: the second new app with its stack (what each test after the first one costs), and once more for the same stack object.',
    table(['', 'second app', 'same stack', 'runs, date'], rows),
  ];
};

/** The report of everything that was measured up to now. */
export const report = (results: Results, plot: string): string =>
  [
    '# Benchmark',
    'Written by `npm run bench`; do not edit. Absolute times drift on a shared machine, so everyone has a turn in each round, and this library and aws-lambda-python-alpha are compared by what they take over the plain synthesis of the same round (the same `lambda.Function`s with inline code). `uv`, `pip` and `sam build` have no synthesis in their time, so nothing is taken off. Figures are medians. Every bundle that was timed was also unzipped, imported and called.',
    `![What each contender takes, by workload](${plot})`,
    targetsSection(results),
    machineSection(results),
    ...refusalSection(results),
    '## Times',
    scenarioList(),
    'The containers of this library have a package cache in its store, which _cold_ keeps; those of aws-lambda-python-alpha have none, so its _cold_ downloads everything. The image of aws-lambda-python-alpha is built before anything is timed. `sam build` runs with `--cached --parallel`. _÷ ours_: how many times what this library takes over plain (uv on the host; in Docker), as this report calls `bundling.executor`.',
    cellSections(results),
    ...bundleSection(results),
    ...scaleSection(results),
    ...templateSection(results),
  ].join('\n\n') + '\n';
