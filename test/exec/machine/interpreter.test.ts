import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Ask } from '../../../src/exec/machine/interpreter';
import {
  askProgram,
  candidateInterpreters,
  findInterpreter,
  knownInterpreter,
  rememberInterpreter,
} from '../../../src/exec/machine/interpreter';
import { isInterpreterKnown, liveInterpreters } from '../../../src/exec/bytecode/interpreters';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { findPython } from '../../support/python-tools';
import { temporaryFolder, writeTree } from '../../support/temporary';

const test = suite('interpreter');

const TAG = { tag: 'cpython-313' };

/** A machine with files of these names, and nothing else. */
const machine = (...names: readonly string[]) => {
  const home = temporaryFolder();
  writeTree(home, Object.fromEntries(names.map((name) => [name, ''])));
  const environment = { HOME: home, PATH: `${home}/one:${home}/two:relative` };
  const candidates = (changes: NodeJS.ProcessEnv = {}): readonly string[] =>
    candidateInterpreters('3.13', { environment: { ...environment, ...changes }, platform: 'linux' }).map(
      (file) => path.relative(home, file),
    );
  return { home, environment, candidates };
};

test('by its name on PATH first, then those of uv and pyenv, then whatever is called python', () => {
  const { candidates } = machine(
    'two/python3.13',
    'one/python3',
    'two/python',
    'one/python3.12',
    '.local/share/uv/python/cpython-3.13.1-linux-x86_64-gnu/bin/python3.13',
    '.local/share/uv/python/cpython-3.12.1-linux-x86_64-gnu/bin/python3.12',
    '.pyenv/versions/3.13.0/bin/python3.13',
    '.pyenv/versions/3.1.5/bin/python3.1',
  );
  assert.equal(candidates(), [
    'two/python3.13',
    '.local/share/uv/python/cpython-3.13.1-linux-x86_64-gnu/bin/python3.13',
    '.pyenv/versions/3.13.0/bin/python3.13',
    'one/python3',
    'two/python',
  ]);
});

test('launchers of version managers come last: they are slow to ask', () => {
  const { home, environment } = machine('shims/python3.13', 'shims/python3', 'one/python3');
  const found = candidateInterpreters('3.13', {
    environment: { ...environment, PATH: `${home}/shims:${home}/one` },
    platform: 'linux',
  });
  assert.equal(
    found.map((file) => path.relative(home, file)),
    ['one/python3', 'shims/python3.13', 'shims/python3'],
  );
});

test('the folders of uv and pyenv may be elsewhere', () => {
  const { home, candidates } = machine(
    'uv/cpython-3.13.1-linux/bin/python3.13',
    'data/uv/python/cpython-3.13.2-linux/bin/python3.13',
    'env/versions/3.13/bin/python3.13',
  );
  assert.equal(candidates(), []);
  assert.equal(candidates({ UV_PYTHON_INSTALL_DIR: `${home}/uv`, PYENV_ROOT: `${home}/env` }), [
    'uv/cpython-3.13.1-linux/bin/python3.13',
    'env/versions/3.13/bin/python3.13',
  ]);
  assert.equal(candidates({ XDG_DATA_HOME: `${home}/data` }), [
    'data/uv/python/cpython-3.13.2-linux/bin/python3.13',
  ]);
});

const says = (...values: readonly string[]): string => JSON.stringify(values);

/** Answers for programs, and which were asked. */
const asking = (answers: Readonly<Record<string, string>>) => {
  const asked: string[] = [];
  const ask: Ask = (program) => {
    asked.push(program);
    return answers[program];
  };
  return { asked, ask };
};

test('only a finished CPython of the version will do: not PyPy, not a preview, not a free-threaded one', () => {
  const answers = {
    pypy: says('pypy', 'cpython-313', 'final', '/pypy', ''),
    preview: says('cpython', 'cpython-313', 'candidate', '/preview', ''),
    other: says('cpython', 'cpython-312', 'final', '/other', ''),
    free: says('cpython', 'cpython-313', 'final', '/free', 't'),
    noise: 'hello',
    good: says('cpython', 'cpython-313', 'final', '/real/python3.13', ''),
    never: says('cpython', 'cpython-313', 'final', '/never', ''),
  };
  const { ask, asked } = asking(answers);
  assert.is(findInterpreter(ask, ['shim', ...Object.keys(answers)], TAG.tag), '/real/python3.13');
  assert.equal(asked, ['shim', 'pypy', 'preview', 'other', 'free', 'noise', 'good']);
  assert.is(findInterpreter(ask, ['shim', 'other'], TAG.tag), undefined);
});

test('what was found is known until a candidate comes, goes or changes', () => {
  const { home } = machine('python3.13', 'python3');
  const store = path.join(home, 'store');
  const [one = '', two = ''] = ['python3.13', 'python3'].map((name) => path.join(home, name));
  const known = (...candidates: readonly string[]) => knownInterpreter(store, TAG.tag, candidates);
  assert.is(known(one, two), undefined);
  rememberInterpreter(store, TAG.tag, [one, two], one);
  assert.equal(known(one, two), { executable: one });
  assert.is(known(one), undefined, 'one is gone');
  assert.is(knownInterpreter(store, 'cpython-312', [one, two]), undefined);
  fs.appendFileSync(two, '#');
  assert.is(known(one, two), undefined, 'one was replaced');
  rememberInterpreter(store, TAG.tag, [], null);
  assert.equal(known(), { executable: null });
  assert.is(known(one), undefined, 'one was installed');
  fs.writeFileSync(path.join(store, 'interpreters/cpython-313.json'), '{"executable": 1}');
  assert.is(known(), undefined);
});

test('a record that another program has written, or that is of another version or store, is none', () => {
  const { home } = machine('python3.13');
  const store = path.join(home, 'root', 'v2');
  const python = path.join(home, 'python3.13');
  const file = (tag: string, of = store): string => path.join(of, 'interpreters', `${tag}.json`);
  rememberInterpreter(store, TAG.tag, [python], python);
  const known = (): unknown => knownInterpreter(store, TAG.tag, [python]);
  assert.equal(known(), { executable: python });
  const written = fs.readFileSync(file(TAG.tag), 'utf8');
  const record = JSON.parse(written) as object;
  fs.writeFileSync(path.join(home, 'evil'), '');
  for (const changed of [
    { ...record, executable: path.join(home, 'evil') },
    { ...record, executable: null },
    { ...record, seal: '0'.repeat(64) },
    { ...record, seal: '' },
    { ...record, seal: undefined },
  ]) {
    fs.writeFileSync(file(TAG.tag), JSON.stringify(changed));
    assert.is(known(), undefined, JSON.stringify(changed));
  }
  fs.writeFileSync(file('cpython-312'), written);
  assert.is(knownInterpreter(store, 'cpython-312', [python]), undefined, 'of another version');
  const other = path.join(home, 'other', 'v2');
  fs.mkdirSync(path.join(other, 'interpreters'), { recursive: true });
  fs.writeFileSync(file(TAG.tag, other), written);
  assert.is(knownInterpreter(other, TAG.tag, [python]), undefined, 'of another store');
  fs.writeFileSync(file(TAG.tag), written);
  assert.equal(known(), { executable: python });
  fs.chmodSync(path.join(home, 'root', 'seal.key'), 0o644);
  assert.is(known(), undefined, 'a key that others can read');
});

test('a program that a launcher starts is asked again once it is another', () => {
  const { home } = machine('shims/python3.13', 'real/python3.13');
  const [shim = '', real = ''] = ['shims', 'real'].map((name) => path.join(home, name, 'python3.13'));
  const store = path.join(home, 'root', 'v2');
  rememberInterpreter(store, TAG.tag, [shim], real);
  assert.equal(knownInterpreter(store, TAG.tag, [shim]), { executable: real });
  fs.appendFileSync(real, '#');
  assert.is(knownInterpreter(store, TAG.tag, [shim]), undefined);
});

test('each version is looked for once, however often it is asked for, and by a later run not at all', () => {
  const { home, environment } = machine('one/python3');
  const { ask, asked } = asking({
    [path.join(home, 'one/python3')]: says('cpython', 'cpython-313', 'final', '/python', ''),
  });
  const store = path.join(home, 'store');
  const places = { environment, platform: 'linux' } as const;
  const plan = { bytecode: TAG, runtime: { python: '3.13' } } as BundlePlan;
  assert.not(isInterpreterKnown(store, places, plan));
  const interpreters = liveInterpreters(store, places, ask);
  assert.equal([interpreters('3.13', TAG), interpreters('3.13', TAG)], ['/python', '/python']);
  assert.is(liveInterpreters(store, places, ask)('3.13', TAG), '/python');
  assert.is(asked.length, 1);
  assert.ok(isInterpreterKnown(store, places, plan));
});

test('that there is none is remembered as well', () => {
  const { home, environment } = machine('one/python3');
  const { ask, asked } = asking({});
  const places = { environment, platform: 'linux' } as const;
  assert.is(liveInterpreters(home, places, ask)('3.13', TAG), undefined);
  assert.is(liveInterpreters(home, places, ask)('3.13', TAG), undefined);
  assert.is(asked.length, 1);
});

test('a real one', () => {
  const python = findPython('3.11');
  if (python === undefined) return console.log('SKIPPED: this machine has no Python 3.11');
  assert.ok(
    path.isAbsolute(findInterpreter(askProgram, ['/bin/false', '/no/such', python], 'cpython-311') ?? ''),
  );
  assert.is(findInterpreter(askProgram, [python], 'cpython-313'), undefined);
});

test.run();
