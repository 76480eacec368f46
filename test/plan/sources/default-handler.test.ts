import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { defaultHandler } from '../../../src/plan/sources/default-handler';
import { planned, request, snapshot } from '../support/world';

const test = suite('the handler where none is named');

const HANDLER = 'def handler(event, context):\n    pass\n';
const OTHER = 'def lambda_handler(event, context):\n    pass\n';

const byPath = (entry: string) =>
  request({ entry: { _tag: 'ByPath', path: entry, index: 'index.py' }, currentFolder: '/here' });
const inFolder = (source: string): string =>
  defaultHandler(byPath('/app/fn'), { root: '/app/fn', path: 'index.py', source });

test('a file keeps lambda_handler, by its id or by its path', () => {
  const entry = { root: '/app/lib', path: 'stack.my_handler.py', source: HANDLER };
  assert.is(defaultHandler(request(), entry), 'lambda_handler');
  assert.is(defaultHandler(byPath('/app/lib/stack.my_handler.py'), entry), 'lambda_handler');
  assert.is(defaultHandler(byPath('stack.my_handler.py'), entry), 'lambda_handler');
});

test('a folder has handler, as AWS’s own construct has it', () => {
  assert.is(inFolder(HANDLER), 'handler');
  assert.is(inFolder(HANDLER + OTHER), 'handler');
  assert.is(inFolder('handler = wrap(f)\n' + OTHER), 'handler');
  assert.is(inFolder(''), 'handler');
  assert.is(inFolder('def main(): pass\n'), 'handler');
});

test('unless its entry defines lambda_handler and not that', () => {
  assert.is(inFolder(OTHER), 'lambda_handler');
  assert.is(inFolder('lambda_handler = wrap(f)\n'), 'lambda_handler');
  assert.is(inFolder(`"""\n${HANDLER}"""\n${OTHER}`), 'lambda_handler');
});

test('a folder below the current one, or beside the defining file', () => {
  const of = (root: string): string =>
    defaultHandler(byPath('fn'), { root, path: 'sub/index.py', source: HANDLER });
  assert.equal([of('/here/fn'), of('/app/lib/fn')], ['handler', 'handler']);
});

test('a folder of a src layout, whose root lies above it', () => {
  const entry = { root: '/app/src', path: 'functions/api/health.py', source: HANDLER };
  assert.is(defaultHandler(byPath('/app/src/functions/api'), entry), 'handler');
  assert.is(defaultHandler(byPath('/app/src/functions/api/health.py'), entry), 'lambda_handler');
});

test('the plan has it; a handler that is named comes first', () => {
  const asked = byPath('/app/fn');
  const seen = snapshot({ entry: { root: '/app/fn', path: 'index.py', source: HANDLER } });
  assert.is(planned(asked, seen).handler, 'index.handler');
  assert.equal(
    planned(asked, seen).warnings.map(({ _tag }) => _tag),
    ['DefaultRuntime'],
  );
  assert.is(planned({ ...asked, handler: 'main' }, seen).handler, 'index.main');
});

test.run();
