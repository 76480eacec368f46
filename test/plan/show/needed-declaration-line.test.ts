import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { neededLine } from '../../../src/plan/show/needed-declaration-line';

const test = suite('the line of a declaration further up');

const needed = { declaration: '/app/uv.lock', file: 'functions/api/health.py', line: 1, module: 'idna' };

test('the declaration is seen from the folder of the entry, also where a `src` layout begins further up', () => {
  const entry = { root: '/app/packages/functions/src', path: 'functions/api/health.py' };
  assert.is(
    neededLine('Orders', entry, needed),
    'Orders: dependencies from ../../../../../uv.lock, because health.py imports idna',
  );
});

test('of a layer it is seen from the layer', () => {
  const entry = { root: '/app/layer', path: null };
  assert.is(
    neededLine('Layer', entry, needed),
    'Layer: dependencies from ../uv.lock, because health.py imports idna',
  );
});

test('a handler names a module as well', () => {
  const entry = { root: '/app/fn', path: 'h.py' };
  assert.is(
    neededLine('Orders', entry, { ...needed, line: 0, handler: 'idna.core.handler' }),
    'Orders: dependencies from ../uv.lock, because the handler idna.core.handler is in idna',
  );
});

test.run();
