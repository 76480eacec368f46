import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_HANDLER, lambdaHandler, placeEntry } from '../../../src/plan/sources/handler';
import { file } from '../support/world';

const test = suite('handler');

const place = (entry: string, ...others: readonly string[]): string => {
  const placed = placeEntry(
    entry,
    [entry, ...others].map((name) => file(name)),
  );
  if (placed._tag === 'NotImportable') return `not importable: ${placed.part}`;
  const { path, module } = placed.placement;
  assert.is(path, `${module.replaceAll('.', '/')}.py`);
  return path;
};

const places = (expected: Readonly<Record<string, string>>): void => {
  assert.equal(Object.fromEntries(Object.keys(expected).map((entry) => [entry, place(entry)])), expected);
};

test('a name that Python can import stays', () => {
  places({
    'index.py': 'index.py',
    'my-handler.py': 'my-handler.py',
    '2nd.py': '2nd.py',
    '_x.py': '_x.py',
    'größe.py': 'größe.py',
    '処理.py': '処理.py',
    'src/api/index.py': 'src/api/index.py',
  });
});

test('any other becomes a word; letters of any script stay', () => {
  places({
    'stack.my_handler.py': 'stack_my_handler.py',
    'my.stack.fn.py': 'my_stack_fn.py',
    'a.pyb.py': 'a_pyb.py',
    'größe.händler.py': 'größe_händler.py',
    'my file.py': 'my_file.py',
    "it's.py": 'it_s.py',
    'say "hi".py': 'say__hi_.py',
    '$(touch x).py': '__touch_x_.py',
    '-x.py': '_x.py',
    'a\nb.py': 'a_b.py',
    'a\\b.py': 'a_b.py',
    '\u0301x.py': '_\u0301x.py',
    '😀.py': '_.py',
    '.py': '_.py',
    '..py': '_.py',
    'src/a.b.py': 'src/a_b.py',
  });
});

test('folders are names of packages, so a dot or white space in one is refused', () => {
  assert.is(place('my.app/index.py'), 'not importable: my.app');
  assert.is(place('ok/my app/index.py'), 'not importable: my app');
  assert.is(place('.hidden/index.py'), 'not importable: .hidden');
  assert.is(place('-x/$(y)/größe/index.py'), '-x/$(y)/größe/index.py');
});

test('the new name is one that nothing beside it is imported under', () => {
  const entry = 'stack.fn.py';
  assert.is(place(entry, 'stack_fn.py'), 'stack_fn_.py');
  assert.is(place(entry, 'stack_fn/__init__.py'), 'stack_fn_.py');
  assert.is(place(entry, 'stack_fn/data.csv'), 'stack_fn_.py');
  assert.is(place(entry, 'stack_fn.cpython-311-x86_64-linux-gnu.so'), 'stack_fn_.py');
  assert.is(place(entry, 'stack_fn.py', 'stack_fn_/a.py', 'stack_fn__.pyi'), 'stack_fn___.py');
  assert.is(place(entry, 'stack_fnx.py', 'stack_fn', 'other/stack_fn.py'), 'stack_fn.py');
  assert.is(place('src/stack.fn.py', 'stack_fn.py'), 'src/stack_fn.py');
  assert.is(place('src/stack.fn.py', 'lib/stack_fn.py'), 'src/stack_fn.py');
  assert.is(place('src/stack.fn.py', 'src/stack_fn.py'), 'src/stack_fn_.py');
});

test('a name under which Python would find something else is given up', () => {
  assert.is(place('app.py', 'app/__init__.py'), 'app_.py');
  assert.is(place('app.py', 'app/__init__.pyc', 'app_.py'), 'app__.py');
  assert.is(place('app.py', 'app.so'), 'app_.py');
  assert.is(place('app.py', 'app.abi3.so'), 'app_.py');
  assert.is(place('app.py', 'app.cpython-313-aarch64-linux-gnu.so'), 'app_.py');
  assert.is(place('src/app.py', 'src/app/__init__.py'), 'src/app_.py');
});

test('a name beside which Python finds nothing better is kept', () => {
  const others = [
    'app/data.csv',
    'app.pyi',
    'app.json',
    'app.so.txt',
    'app.d/x.so',
    'xyz.so',
    'x/app/__init__.py',
  ];
  assert.is(place('app.py', ...others), 'app.py');
});

test('a name that the runtime client has imported already is given up at the top, and only there', () => {
  assert.is(place('json.py'), 'json_.py');
  assert.is(place('json.py', 'json_.py'), 'json__.py');
  assert.is(place('logging.py'), 'logging_.py');
  assert.is(place('time..py'), 'time_.py');
  assert.is(place('runtime.client.py'), 'runtime_client_.py');
  assert.is(place('src/json.py'), 'src/json.py');
  assert.is(place('email.py'), 'email.py');
  assert.is(place('json/index.py'), 'not importable: json');
  assert.is(place('src/json/index.py'), 'src/json/index.py');
});

test('whatever the name, the module has no dot of its own and no white space, and no other file claims it', () => {
  const name = fc.string({
    unit: fc.constantFrom('a', '.', ' ', '-', '_', 'ä', '\u0301', '$', "'", '\n', '😀'),
  });
  fc.assert(
    fc.property(name, fc.array(fc.constantFrom('a', 'a_', '_', '__', 'a_a', 'ä')), (stem, others) => {
      const siblings = others.map((other) => `${other}.py`).filter((other) => other !== `${stem}.py`);
      const path = place(`${stem}.py`, ...siblings);
      assert.match(path, /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*\.py$/u);
      assert.not.ok(siblings.includes(path));
    }),
  );
});

test('a handler is a function of the entry, or complete already', () => {
  assert.is(DEFAULT_HANDLER, 'lambda_handler');
  assert.is(lambdaHandler('src.index', 'main'), 'src.index.main');
  assert.is(lambdaHandler('index', 'datadog_lambda.handler.handler'), 'datadog_lambda.handler.handler');
});

test.run();
