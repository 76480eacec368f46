import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  alwaysInstalls,
  asksForPackage,
  requestedLines,
} from '../../../../src/plan/declarations/lines/requested-lines';
import { readRequirements } from '../../../../src/plan/declarations/lines/requirements-file';
import { requirements } from '../../support/world';

const test = suite('requested lines');

const FIRST = '/app/requirements.txt';
const textsOf = (texts: Readonly<Record<string, string>>): readonly string[] =>
  requestedLines(requirements(texts)).map(({ text }) => text);

test('what is included with -r is requested, at any depth and in its order; a circle ends', () => {
  assert.equal(
    textsOf({
      [FIRST]: 'a\n-r more/b.txt\nd\n',
      '/app/more/b.txt': 'b\n-r c.txt\n-r ../requirements.txt\n',
      '/app/more/c.txt': 'c\n',
    }),
    ['a', 'b', 'c', 'd'],
  );
});

test('what is included with -c is not, nor what that includes', () => {
  assert.equal(
    textsOf({ [FIRST]: '-c c.txt\n', '/app/c.txt': 'six==1\n-r d.txt\n', '/app/d.txt': 'x\n' }),
    [],
  );
  assert.equal(textsOf({ [FIRST]: '-c c.txt\n-r c.txt\n', '/app/c.txt': 'six==1\n' }), ['six==1']);
});

test('a file on the network stays a line, and one that is not there has none', () => {
  assert.equal(textsOf({ [FIRST]: '-r https://h/a.txt\n-r missing.txt\n' }), ['-r https://h/a.txt']);
});

const count = (text: string): string =>
  readRequirements(text)
    .map((line) => `${asksForPackage(line)} ${alwaysInstalls(line)}`)
    .join();

test('names and local packages ask for something, always where they have no marker', () => {
  assert.is(count('six'), 'true true');
  assert.is(count('six ; os_name == "nt"'), 'true false');
  assert.is(count('./x'), 'true true');
  assert.is(count('-e ./x ; os_name == "nt"'), 'true false');
});

test('a file on the network may; constraints, folders of wheels and options do not', () => {
  assert.is(count('-r https://h/a.txt'), 'true false');
  assert.is(count('-c https://h/a.txt'), 'false false');
  assert.is(count('-f ./wheels'), 'false false');
  assert.is(count('--pre'), 'false false');
});

test.run();
