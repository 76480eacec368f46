import * as fs from 'node:fs';
import * as path from 'node:path';
import * as prettier from 'prettier';
import * as assert from 'uvu/assert';
import { DECLARED_PROJECTS, PYTHONS } from './declared-projects';

const DOCUMENT = path.resolve(__dirname, '../../docs/dependencies.md');

const BEGIN = '<!-- The table is written by UPDATE_DOCS=1 npm test, and npm run test:docker. -->';
const END = '<!-- End of the table. -->';

/** What is tried with each project; the columns of the table. */
export const COLUMNS = [
  ...['uv, x86_64', 'uv, arm64', 'pip, x86_64', 'Docker, x86_64', 'Docker, arm64'],
  ...['called, from uv', 'called, from pip', 'called, from Docker'],
] as const;

export type Column = (typeof COLUMNS)[number];

const NOT_RUN = 'not run';

/** What became of each try: it held, or it could not be made on this machine. One that fails has failed its test. */
export class Findings {
  private readonly held = new Set<string>();
  private readonly impossible = new Set<string>();

  public add(row: string, column: Column, python: string, isMade: boolean): void {
    (isMade ? this.held : this.impossible).add(key(row, column, python));
  }

  /** What a cell has to say: what held, and what it said before of what could not be tried. */
  public cell(row: string, column: Column, documented: readonly string[]): readonly string[] {
    const has = (set: ReadonlySet<string>, python: string): boolean => set.has(key(row, column, python));
    return PYTHONS.filter(
      (python) => has(this.held, python) || (has(this.impossible, python) && documented.includes(python)),
    );
  }
}

const key = (row: string, column: Column, python: string): string => [row, column, python].join('\n');

type Cells = Readonly<Record<string, Readonly<Record<string, string>>>>;

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The table of a text, by row and column. */
const readTable = (text: string): Cells => {
  const table = text.slice(text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END));
  const [header = '', , ...lines] = table.trim().split('\n');
  const [, ...columns] = cellsOf(header);
  return Object.fromEntries(
    lines
      .map(cellsOf)
      .map(([row = '', ...cells]) => [
        row,
        Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ''])),
      ]),
  );
};

const showTable = (cells: Cells): string =>
  [
    ['declaration', ...COLUMNS],
    ['---', ...COLUMNS.map(() => '---')],
    ...Object.entries(cells).map(([row, found]) => [
      row,
      ...COLUMNS.map((column) => found[column] ?? NOT_RUN),
    ]),
  ]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n');

/**
 * Compares columns of the table in the documentation with what tests found; with UPDATE_DOCS it is written instead. What a
 * machine cannot try stays as it is.
 */
export const checkTable = async (columns: readonly Column[], findings: Findings): Promise<void> => {
  const text = fs.readFileSync(DOCUMENT, 'utf8');
  const documented = readTable(text);
  const found: Cells = Object.fromEntries(
    DECLARED_PROJECTS.map(({ title }) => [
      title,
      Object.fromEntries(
        COLUMNS.map((column) => {
          const before = documented[title]?.[column] ?? NOT_RUN;
          const pythons = findings.cell(title, column, before.split(', '));
          return [
            column,
            !columns.includes(column) ? before : pythons.length > 0 ? pythons.join(', ') : NOT_RUN,
          ];
        }),
      ),
    ]),
  );
  if (process.env.UPDATE_DOCS === undefined) {
    assert.equal(
      showTable(documented).split('\n'),
      showTable(found).split('\n'),
      `${DOCUMENT} says something else: run again with UPDATE_DOCS=1`,
    );
    return;
  }
  const before = text.slice(0, text.indexOf(BEGIN) + BEGIN.length);
  const after = text.slice(text.indexOf(END));
  const options = (await prettier.resolveConfig(DOCUMENT)) ?? {};
  const written = [before, '', showTable(found), '', after].join('\n');
  fs.writeFileSync(DOCUMENT, await prettier.format(written, { ...options, parser: 'markdown' }));
};
