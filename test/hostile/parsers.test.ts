import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseToml } from '../../src/plan/packaging/project/toml-file';
import { parseJson } from '../../src/plan/packaging/project/json-file';
import { parseMarker } from '../../src/plan/packaging/requirement/marker';
import { reliabilityTable } from '../support/reliability-table';
import type { Reader } from './readers';
import { AROUND, READERS, REPEATED } from './readers';

const test = suite('long and deep text');
const { row, run } = reliabilityTable(test, 'hostile: text');

const LONG = 100_000;
/** Parsers that mend what is no program do more for each character; they do it in one pass all the same. */
const LONG_PROGRAM = 20_000;
/** Characters at which all texts are tried, and at a quarter of them, to find those whose time grows fastest. */
const SHORT = { ordinary: 4000, program: 400 };
/** Of each reader, how many of those are tried at full length. */
const WORST = 3;
/** Milliseconds below which a time says nothing. */
const NOISE = 0.5;
const LIMIT = 5000;

const isProgram = (name: string): boolean =>
  name === 'setup.py' || (name.startsWith('Python: ') && name !== 'Python: plain definition');

/** Milliseconds of this process alone: the machine may have other work. */
const timeOf = (read: Reader, text: string): number => {
  const began = process.cpuUsage();
  read(text);
  return process.cpuUsage(began).user / 1000;
};

type Shape = (length: number) => string;

const SHAPES: readonly Shape[] = REPEATED.flatMap((repeated) =>
  AROUND.map(
    ([before, after]): Shape =>
      (length) =>
        before + repeated.repeat(Math.ceil(length / repeated.length)) + after,
  ),
);

row(
  'a text of 100,000 characters that repeat what a pattern could read in many ways, for each reader of a text',
  'it is read, or refused, in less than 5 s',
  async (tryCase) => {
    for (const [name, read] of Object.entries(READERS)) {
      const [short, long] = isProgram(name) ? [SHORT.program, LONG_PROGRAM] : [SHORT.ordinary, LONG];
      await tryCase(name, () => {
        const tried = SHAPES.map((shape) => ({
          shape,
          growth: timeOf(read, shape(short)) / (timeOf(read, shape(short / 4)) + NOISE),
        }));
        const worst = tried.sort((a, b) => b.growth - a.growth).slice(0, WORST);
        for (const { shape } of worst) {
          const time = timeOf(read, shape(long));
          assert.ok(time < LIMIT, `${JSON.stringify(shape(20))}: ${Math.round(time)} ms`);
        }
      });
    }
  },
);

const DEPTH = 1_000_000;
const at = (text: string) => ({ file: '/app/file', text });

row('a text that is nested a million times', 'it is refused in words, whoever reads it', async (tryCase) => {
  const refused = (name: string, read: () => { readonly _tag: string }): Promise<void> =>
    tryCase(name, () => assert.is(read()._tag, 'Left'));
  for (const open of ['[', '{a=', '[{a='])
    await refused(`TOML ${open}`, () => parseToml(at(`a = ${open.repeat(DEPTH)}`)));
  for (const open of ['[', '{"a":', '[[{"a":'])
    await refused(`JSON ${open}`, () => parseJson(at(open.repeat(DEPTH))));
  await refused('marker', () => parseMarker('('.repeat(DEPTH)));
  await refused('closed marker', () =>
    parseMarker(`${'('.repeat(DEPTH)}os_name == "nt"${')'.repeat(DEPTH)}`),
  );
});

run();
