import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { namedFromHere } from '../../../src/exec/variables/absolute-variable-paths';

const test = suite('relative paths in variables');

const here = (values: Readonly<Record<string, string>>) => namedFromHere(values, '/app');

test('they count from the current folder', () => {
  assert.equal(here({ PIP_CONSTRAINT: 'a.txt  ../b.txt /c.txt' }), {
    PIP_CONSTRAINT: '/app/a.txt /b.txt /c.txt',
  });
  assert.equal(here({ UV_OVERRIDE: './o.txt', UV_FIND_LINKS: 'my wheels, https://h/x' }), {
    UV_OVERRIDE: '/app/o.txt',
    UV_FIND_LINKS: '/app/my wheels,https://h/x',
  });
  assert.equal(here({ PIP_FIND_LINKS: 'w ~/w file:///w' }), { PIP_FIND_LINKS: '/app/w ~/w file:///w' });
});

test('other values are as they were', () => {
  const values = { PIP_CONSTRAINT: '/a.txt', UV_EXCLUDE: '', UV_INDEX: 'x', HOME: 'h' };
  assert.is(here(values), values);
});

test.run();
