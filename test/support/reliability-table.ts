import * as fs from 'node:fs';
import * as path from 'node:path';
import * as prettier from 'prettier';
import type { Test } from 'uvu';
import * as assert from 'uvu/assert';

const DOCUMENT = path.resolve(__dirname, '../../docs/reliability.md');

interface Row {
  readonly what: string;
  readonly then: string;
  readonly tried: number;
  readonly survived: number;
}

/** Tries one case of a row; what it throws is told with the name of the case once all cases of the row were tried. */
export type TryCase = (name: string, run: () => Promise<void> | void) => Promise<void>;

const cell = (text: string): string => text.replaceAll('|', '\\|');

const show = async (rows: readonly Row[]): Promise<string> => {
  const lines = rows.map(
    ({ what, then, tried, survived }) => `| ${cell(what)} | ${cell(then)} | ${tried} | ${survived} |`,
  );
  const table = ['| what happens | what is then true | cases | survived |', '| - | - | - | - |', ...lines];
  const options = await prettier.resolveConfig(DOCUMENT);
  return (await prettier.format(table.join('\n'), { ...options, parser: 'markdown' })).trim();
};

/**
 * A table of docs/reliability.md. Every row is a test, and counts the cases that it tried and those that it survived; the
 * last test of the file holds the document against what was counted, or with UPDATE_DOCS writes it. The document has, at
 * the place of the table, `<!-- NAME -->` and `<!-- end of NAME -->`.
 */
export const reliabilityTable = (
  suite: Test,
  name: string,
): {
  readonly row: (what: string, then: string, tryAll: (tryCase: TryCase) => Promise<void>) => void;
  readonly run: () => void;
} => {
  const rows: Row[] = [];

  const row = (what: string, then: string, tryAll: (tryCase: TryCase) => Promise<void>): void => {
    suite(`${what}: ${then}`, async () => {
      const failures: string[] = [];
      let tried = 0;
      try {
        await tryAll(async (caseName, run) => {
          tried += 1;
          try {
            await run();
          } catch (error) {
            failures.push(`${caseName}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
          }
        });
      } finally {
        rows.push({ what, then, tried, survived: tried - failures.length });
      }
      assert.ok(tried > 0, 'no case was tried');
      assert.equal(failures, []);
    });
  };

  const run = (): void => {
    suite(`docs/reliability.md says the same of ${name}`, async () => {
      const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
      const text = fs.readFileSync(DOCUMENT, 'utf8');
      const [from, to] = [text.indexOf(begin), text.indexOf(end)];
      assert.ok(from >= 0 && to > from, `${DOCUMENT} has no place for ${name}`);
      const found = await show(rows);
      if (process.env.UPDATE_DOCS === undefined) {
        assert.equal(text.slice(from + begin.length, to).trim(), found, 'run again with UPDATE_DOCS=1');
      } else {
        const table = `${begin}\n\n${found}\n\n`;
        fs.writeFileSync(DOCUMENT, text.slice(0, from) + table + text.slice(to));
      }
    });
    suite.run();
  };

  return { row, run };
};
