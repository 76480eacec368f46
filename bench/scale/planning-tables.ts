import { megabytes, number, table } from '../markdown';
import { differences, median } from '../statistics';
import type { PlanningFigures, ScaleResults } from './results';

/** Up to how many times the processor time of a function in an app of 1,000 one of 5,000 may take and be called linear. */
const LINEAR = 1.3;

const LABELS: Readonly<Record<PlanningFigures['kind'], string>> = {
  plain: 'CDK alone, inline code',
  asset: 'CDK alone, `Code.fromAsset`',
  publish: 'phase `publish`',
  synth: 'phase `synth`, store warm',
};

const thousands = (value: number): string => value.toLocaleString('en-US');

export const machineTable = ({ machine }: ScaleResults): string =>
  `${machine.cores} cores (${machine.processor}), ${machine.memory}, ${machine.system.split(' ')[0] ?? ''}, Node.js ${machine.node}, aws-cdk-lib ${machine.cdk}, uv ${machine.uv}.`;

const plainOf = (
  rows: readonly PlanningFigures[],
  { functions }: PlanningFigures,
): PlanningFigures | undefined => rows.find((row) => row.kind === 'plain' && row.functions === functions);

/** Milliseconds of a function over the same function with inline code, of the same round. */
const costOf = (
  rows: readonly PlanningFigures[],
  row: PlanningFigures,
  figure: 'seconds' | 'processor',
): number => {
  const plain = plainOf(rows, row);
  return plain === undefined
    ? Number.NaN
    : (1000 * median(differences(row[figure], plain[figure]))) / row.functions;
};

/** How many times what it takes in an app of 1,000 a function takes in one of 5,000. */
const linearity = (rows: readonly PlanningFigures[], kind: PlanningFigures['kind']): readonly string[] => {
  const at = (functions: number): PlanningFigures | undefined =>
    rows.find((row) => row.kind === kind && row.functions === functions && row.sets === 100);
  const [few, many] = [at(1000), at(5000)];
  if (few === undefined || many === undefined) return [];
  return (['seconds', 'processor'] as const).flatMap((figure) => {
    const cost = (row: PlanningFigures): number =>
      kind === 'plain' ? median(row[figure]) / row.functions : costOf(rows, row, figure);
    const ratio = cost(many) / cost(few);
    // Wall times are those of a machine that others may use; the processor's say whether the work grows.
    const verdict = figure === 'seconds' ? '' : ratio <= LINEAR ? ', linear' : ', **more than linear**';
    return [`${number(ratio, 2)} ×${verdict}`];
  });
};

export const planningTables = ({ planning }: ScaleResults): Readonly<Record<string, string>> => {
  if (planning === undefined) return {};
  const { rows, date } = planning;
  const times = table(
    [
      'functions (sets)',
      '',
      'seconds',
      'constructors',
      'synthesis',
      'over inline code, a function',
      'processor',
      'peak memory',
    ],
    rows.map((row) => [
      `${thousands(row.functions)} (${row.sets})`,
      LABELS[row.kind],
      number(median(row.seconds)),
      number(median(row.construct)),
      number(median(row.synthesize)),
      row.kind === 'plain' ? '' : `${number(costOf(rows, row, 'seconds'), 1)} ms`,
      `${number(median(row.processor))} s`,
      `${number(median(row.memory) / 2 ** 20, 0)} MiB`,
    ]),
    2,
  );
  const size = table(
    [
      'functions (sets)',
      '',
      'files',
      'MB in all',
      'templates',
      'asset manifests',
      'plans',
      'carried files',
      'bundles',
    ],
    rows.map(({ kind, functions, sets, assembly }) => [
      `${thousands(functions)} (${sets})`,
      LABELS[kind],
      thousands(assembly.files),
      ...[
        assembly.bytes,
        assembly.templates,
        assembly.manifests,
        assembly.plans,
        assembly.carried,
        // Folders of CDK's own assets are bundles as well.
        assembly.bundles,
      ].map(megabytes),
    ]),
    2,
  );
  const plans = table(
    ['functions (sets)', '`--format json`', 'printed', '`--format matrix`'],
    rows.flatMap(({ functions, sets, plans: figures }) =>
      figures === undefined
        ? []
        : [
            [
              `${thousands(functions)} (${sets})`,
              `${number(median(figures.json))} s`,
              `${megabytes(figures.bytes)} MB`,
              `${number(median(figures.matrix))} s`,
            ],
          ],
    ),
  );
  const linear = table(
    ['a function of 5,000 against one of 1,000', 'seconds', 'processor time'],
    (['plain', 'asset', 'publish', 'synth'] as const).map((kind) => [LABELS[kind], ...linearity(rows, kind)]),
  );
  const runs = Math.max(...rows.map(({ seconds }) => seconds.length));
  return {
    planning: [
      `Measured on ${date}; medians of ${runs} rounds (of 5,000 functions: ${Math.min(runs, 2)}).`,
      times,
      `Linear is what takes at most ${LINEAR} times the processor time a function.`,
      linear,
    ].join('\n\n'),
    assembly: [size, plans].join('\n\n'),
  };
};
