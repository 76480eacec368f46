import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('Python in files');

const SRC = path.resolve(__dirname, '../../src');

/** A line that only Python has, also where a text begins with it. */
const PYTHON = /(?:^|`)[ \t]*(?:import \w+(?:, \w+)*|from [\w.]+ import [\w, ]+|(?:def|class) \w+\(.*\):)$/m;

const namesIn = (ending: string): readonly string[] =>
  fs.readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith(ending));

const textOf = (name: string): string => fs.readFileSync(path.join(SRC, name), 'utf8');

test('no program of Python stands in TypeScript', () => {
  assert.equal(
    namesIn('.ts').filter((name) => PYTHON.test(textOf(name))),
    [],
  );
});

test('all of them lie in one folder, with at most 300 lines each', () => {
  const names = namesIn('.py');
  assert.equal(
    names.filter((name) => path.dirname(name) !== path.join('exec', 'scripts', 'python')),
    [],
  );
  assert.equal(
    names.filter((name) => textOf(name).split('\n').length > 300),
    [],
  );
});

test.run();
