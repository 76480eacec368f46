import { cost } from './figures';
import { number } from './markdown';
import type { Results } from './results';
import type { Scenario } from './scenarios';
import { WORKLOADS } from './workloads';

/** The bars of a panel, from the top; the class chooses the colour. */
const BARS = [
  { id: 'ours', label: 'cdk-lambda-python', kind: 'ours' },
  { id: 'ours-docker', label: 'cdk-lambda-python (Docker)', kind: 'ours docker' },
  { id: 'uv', label: 'uv alone', kind: 'tool' },
  { id: 'pip', label: 'pip alone', kind: 'tool' },
  { id: 'sam', label: 'sam build', kind: 'peer' },
  { id: 'alpha', label: 'aws-lambda-python-alpha', kind: 'peer' },
] as const;

const COLUMNS: readonly { readonly scenario: Scenario; readonly title: string }[] = [
  { scenario: 'cold', title: 'Nothing built yet' },
  { scenario: 'edit', title: 'One handler edited' },
];

const WIDTH = 960;
const LABELS = 222;
const BAR = 14;
const STEP = 20;
const PANEL = (WIDTH - LABELS - 24) / COLUMNS.length;
/** What a panel keeps free for the value at a bar's end. */
const VALUE = 70;

const STYLE = `
  text { font: 12px system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif; fill: #57606a; }
  .title { font-size: 17px; font-weight: 600; fill: #1f2328; }
  .column { font-weight: 600; fill: #1f2328; }
  .workload { font-weight: 600; fill: #1f2328; }
  .value { font-size: 11px; }
  .strong { font-weight: 600; fill: #1f2328; }
  .line { stroke: #d0d7de; stroke-width: 1; }
  .bar { fill: #b6bfc9; }
  .bar.tool { fill: #8c96a1; }
  .bar.ours { fill: #0969da; }
  .bar.docker { fill: #54a0f5; }
  @media (prefers-color-scheme: dark) {
    text { fill: #9198a1; }
    .title, .column, .workload, .strong { fill: #f0f6fc; }
    .line { stroke: #3d444d; }
    .bar { fill: #4b535d; }
    .bar.tool { fill: #6e7681; }
    .bar.ours { fill: #4493f8; }
    .bar.docker { fill: #2862b0; }
  }`;

const text = (x: number, y: number, kind: string, content: string, anchor = 'start'): string =>
  `<text x="${number(x, 1)}" y="${number(y, 1)}" class="${kind}" text-anchor="${anchor}">${content}</text>`;

interface Values {
  readonly bar: (typeof BARS)[number];
  /** Seconds, for each column. */
  readonly seconds: readonly (number | undefined)[];
}

const valuesOf = (results: Results, workload: string): readonly Values[] =>
  BARS.map((bar) => ({
    bar,
    seconds: COLUMNS.map(({ scenario }) => cost(results, workload, scenario, bar.id)),
  })).filter(({ seconds }) => seconds.some((value) => value !== undefined));

/** One bar and its value; a panel's longest bar takes all the width that there is. */
const bar = ({ bar: { kind } }: Values, value: number, longest: number, x: number, y: number): string => {
  const width = Math.max(1.5, ((PANEL - VALUE) * Math.max(0, value)) / longest);
  const shown = `${number(Math.max(0, value))} s`;
  return [
    `<rect x="${number(x, 1)}" y="${y}" width="${number(width, 1)}" height="${BAR}" rx="2" class="bar ${kind}"/>`,
    text(x + width + 6, y + BAR - 3, kind.startsWith('ours') ? 'value strong' : 'value', shown),
  ].join('');
};

const group = (rows: readonly Values[], title: string, top: number): string => {
  const longest = COLUMNS.map((_, column) =>
    Math.max(0.001, ...rows.map(({ seconds }) => seconds[column] ?? 0)),
  );
  const lines = rows.flatMap((row, index) => {
    const y = top + 26 + index * STEP;
    const kind = row.bar.kind.startsWith('ours') ? 'strong' : 'name';
    return [
      text(LABELS - 10, y + BAR - 3, kind, row.bar.label, 'end'),
      ...row.seconds.map((value, column) =>
        value === undefined ? '' : bar(row, value, longest[column] ?? 1, LABELS + column * PANEL, y),
      ),
    ];
  });
  return [
    `<line x1="12" x2="${WIDTH - 12}" y1="${top}" y2="${top}" class="line"/>`,
    text(12, top + 17, 'workload', title),
    ...lines,
  ].join('\n');
};

/** Horizontal bars: a row of panels for each workload, each panel with a scale of its own. */
export const plot = (results: Results): string => {
  const groups: string[] = [];
  let top = 84;
  for (const { name, title } of WORKLOADS) {
    const rows = valuesOf(results, name);
    if (rows.length === 0) continue;
    groups.push(group(rows, `${name}: ${title}`, top));
    top += 26 + rows.length * STEP + 10;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top + 4}" width="${WIDTH}" height="${top + 4}" role="img">
<title>Seconds by workload and contender</title>
<style>${STYLE}
</style>
${text(12, 28, 'title', 'Seconds over a plain synthesis; lower is better')}
${text(12, 47, 'note', 'uv, pip and sam build have no synthesis to take off. Each panel has its own scale; every bar says its value.')}
${COLUMNS.map(({ title, scenario }, index) => text(LABELS + index * PANEL, 73, 'column', `${title} (${scenario})`)).join('\n')}
${groups.join('\n')}
</svg>
`;
};
