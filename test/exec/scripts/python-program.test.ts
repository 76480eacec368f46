import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pipLauncher } from '../../../src/exec/scripts/pip-programs';
import { pythonProgram } from '../../../src/exec/scripts/python-program';
import { hostPython, runTool } from '../../support/python-tools';

const test = suite('programs of Python');

const MODULES = path.resolve(__dirname, '../../../src/exec/scripts/python');

/** What a program says with these values. */
const evaluated = (values: Parameters<typeof pythonProgram>[1], expression: string): unknown =>
  JSON.parse(
    runTool(hostPython(), [
      '-c',
      `${pythonProgram('refused_builds', values)()}
import json
print(json.dumps(${expression}))`,
    ]),
  );

test('a program that imports nothing of the folder is the text of its file', () => {
  assert.is(
    pythonProgram('interpreter_facts')(),
    fs.readFileSync(path.join(MODULES, 'interpreter_facts.py'), 'utf8'),
  );
});

test('a module stands where it is imported first, and once', () => {
  const text = pipLauncher();
  const at = (part: string): readonly number[] =>
    [...text.matchAll(new RegExp(part, 'g'))].map(({ index }) => index);
  const [own, variables, indexes, restricted, prepare] = [
    'del sys\\.path\\[0\\]',
    'def build_variables',
    'def indexes_in_variables',
    'def restrict_builds',
    'def prepare',
  ].map(at);
  assert.equal(
    [own, variables, indexes, restricted, prepare].map((places) => places?.length),
    [1, 1, 1, 1, 1],
  );
  const order = [own, indexes, variables, restricted, prepare].map((places) => places?.[0]);
  assert.equal(
    order,
    [...order].sort((a = 0, b = 0) => a - b),
  );
  assert.not.match(text, /^from (values|build_variables) /m);
});

test('values reach a program as they are', () => {
  for (const value of [
    'plain',
    '"quoted" \'twice\' \\s {x} %s ${y} $& $1',
    'a\nb\tc\u2028d é │ \u{1f40d}',
    ['one', 'two'],
    [],
    { name: 'value' },
    26,
  ])
    assert.equal(
      evaluated(() => ({ PIP_REFUSAL: value }), 'PIP_REFUSAL'),
      value,
    );
});

test('a value that is missing is named', () => {
  assert.throws(pythonProgram('refused_builds'), 'no value for PIP_REFUSAL of a Python program');
});

test('a program is put together once, when it is first asked for', () => {
  let asked = 0;
  const program = pythonProgram('refused_builds', () => {
    asked += 1;
    return { PIP_REFUSAL: 'x' };
  });
  assert.is(asked, 0);
  assert.is(program(), program());
  assert.is(asked, 1);
});

test('a program that is an argument fits into the command line of Windows', () => {
  assert.ok(pipLauncher().length < 20_000);
});

test.run();
