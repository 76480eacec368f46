import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sha256 } from '../../../../src/plan/values/hash';
import { installInputs, isAsPlanned } from '../../../../src/plan/declarations/local-packages/install-inputs';
import { archive, file, folder, requirements } from '../../support/world';

const test = suite('install inputs');

const FIRST = '/app/fn/requirements.txt';

test('requirements files first, then the files of local packages, each with its place', () => {
  const first = '-i https://u:p@h\n-r ../base.txt\n-e ../y\n./x.whl\n';
  const seen = requirements({ [FIRST]: first, '/app/base.txt': 'six\n' }, [
    folder('y', '/app/y', [file('setup.py', 'setup()'), file('bin/run', '#!', true)]),
    archive('/app/fn/x.whl'),
  ]);
  const whole = { executable: false, edits: [] };
  const setup = sha256('setup()');
  const run = sha256('#!');
  const wheel = sha256('an archive');
  assert.equal(installInputs(seen), {
    inputs: [
      {
        path: 'fn/requirements.txt',
        from: FIRST,
        digest: sha256(first),
        hashed: sha256('-i https://h\n-r ../base.txt\n../y\n./x.whl\n'),
        executable: false,
        edits: [{ from: 3, to: 3, text: '../y' }],
      },
      { ...whole, path: 'base.txt', from: '/app/base.txt', digest: sha256('six\n'), hashed: sha256('six\n') },
      { ...whole, path: 'y/setup.py', from: '/app/y/setup.py', digest: setup, hashed: setup },
      { ...whole, path: 'y/bin/run', from: '/app/y/bin/run', digest: run, hashed: run, executable: true },
      { ...whole, path: 'fn/x.whl', from: '/app/fn/x.whl', digest: wheel, hashed: wheel },
    ],
    workingDirectory: 'fn',
  });
});

test('a requirements file that is a part of a local package as well is there once, with its edits', () => {
  const text = '-e .\n';
  const own = [file('requirements.txt', text), file('setup.py', '')];
  const { inputs } = installInputs(requirements({ [FIRST]: text }, [folder('fn', '/app/fn', own)]));
  assert.equal(
    inputs.map(({ path, edits }) => [path, edits]),
    [
      ['requirements.txt', [{ from: 1, to: 1, text: '.' }]],
      ['setup.py', []],
    ],
  );
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const [input] = installInputs(requirements({ [FIRST]: '-e ../y\n' })).inputs;
if (input === undefined) throw new Error('no input');

test('they are gathered once for all functions that share a requirements file', () => {
  const seen = requirements({ [FIRST]: 'six\n' });
  assert.is(installInputs(seen), installInputs(seen));
});

test('bytes are as planned where both digests hold', () => {
  assert.ok(isAsPlanned(input, bytes('-e ../y\n')));
  assert.not.ok(isAsPlanned(input, bytes('-e ../z\n')));
  const plain = { ...input, hashed: input.digest, edits: [] };
  assert.ok(isAsPlanned(plain, bytes('-e ../y\n')));
  assert.not.ok(isAsPlanned(plain, bytes('-e ../z\n')));
});

test('a file of a package counts as it is, whatever its text', () => {
  const code = 'INDEX = "https://u:p@h"\n';
  const whole = { ...input, digest: sha256(code), hashed: sha256(code), edits: [] };
  assert.ok(isAsPlanned(whole, bytes(code)));
  assert.not.ok(isAsPlanned(whole, bytes('INDEX = "https://h"\n')));
});

test('an edit cannot be passed off as another text, nor as none', () => {
  const otherEdit = [{ from: 1, to: 1, text: '../evil' }];
  assert.not.ok(isAsPlanned({ ...input, edits: otherEdit }, bytes('-e ../y\n')));
  assert.not.ok(isAsPlanned({ ...input, edits: otherEdit, hashed: input.digest }, bytes('-e ../y\n')));
  assert.not.ok(isAsPlanned({ ...input, edits: [] }, bytes('-e ../y\n')));
});

test('a byte order mark and credentials are read, and do not count', () => {
  const text = '\ufeff-i https://u:p@h\n-e ../y\n';
  const seen = requirements({ [FIRST]: text.slice(1) });
  const [first] = installInputs({ ...seen, texts: [{ ...seen.texts[0], digest: sha256(text) }] }).inputs;
  assert.is(first?.hashed, sha256('-i https://h\n../y\n'));
  assert.ok(first !== undefined && isAsPlanned(first, bytes(text)));
});

test.run();
