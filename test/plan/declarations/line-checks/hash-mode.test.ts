import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hashModeErrors } from '../../../../src/plan/declarations/line-checks/hash-mode';
import { PYTHON_3_11 } from '../../support/targets';
import { requirements } from '../../support/world';

const test = suite('one hash asks for all');

const FILE = '/app/fn/requirements.txt';
const HASH = `--hash=sha256:${'a'.repeat(64)}`;

/** Lines that lack something, as `file:line requirement lacks`, after the line that asks. */
const lacking = (texts: Readonly<Record<string, string>>): readonly string[] =>
  hashModeErrors(requirements(texts), PYTHON_3_11).flatMap((error) =>
    error._tag === 'HashesForSome'
      ? [
          `${error.file}:${error.line}`,
          ...error.lacking.map(
            ({ file, line, requirement, lacks }) => `${file}:${line} ${requirement} ${lacks}`,
          ),
        ]
      : [],
  );

test('a line with a hash, or `--require-hashes`, asks for a hash of each', () => {
  assert.equal(lacking({ [FILE]: `six==1.17.0\nidna==3.10 ${HASH}\n` }), [
    `${FILE}:2`,
    `${FILE}:1 six==1.17.0 hash`,
  ]);
  assert.equal(lacking({ [FILE]: 'six==1.17.0\n--require-hashes\n' }), [
    `${FILE}:2`,
    `${FILE}:1 six==1.17.0 hash`,
  ]);
  assert.equal(lacking({ [FILE]: 'six==1.17.0\n--pre\n' }), []);
  assert.equal(lacking({ [FILE]: `six==1.17.0 ${HASH}\nidna==3.10 ${HASH}\n` }), []);
});

test('and for one version of each; a URL is one', () => {
  assert.equal(lacking({ [FILE]: `six>=1 ${HASH}\n` }), [`${FILE}:1`, `${FILE}:1 six>=1 version`]);
  assert.equal(lacking({ [FILE]: `six==1.* ${HASH}\n` }), [`${FILE}:1`, `${FILE}:1 six==1.* version`]);
  assert.equal(lacking({ [FILE]: `six @ https://h/six.whl ${HASH}\n` }), []);
  assert.equal(lacking({ [FILE]: `https://h/six.whl ${HASH}\n` }), []);
  assert.equal(lacking({ [FILE]: `https://u:p@h/six.whl\nidna==3.10 ${HASH}\n` }), [
    `${FILE}:2`,
    `${FILE}:1 https://h/six.whl hash`,
  ]);
});

test('not of what the target does not need, nor of constraints, which may ask for hashes all the same', () => {
  assert.equal(lacking({ [FILE]: `pywin32==1; sys_platform == "win32"\nidna==3.10 ${HASH}\n` }), []);
  const CONSTRAINTS = '/app/fn/c.txt';
  assert.equal(lacking({ [FILE]: `-c c.txt\nidna==3.10 ${HASH}\n`, [CONSTRAINTS]: 'idna<4\nsix>1\n' }), []);
  assert.equal(lacking({ [FILE]: '-c c.txt\nidna==3.10\n', [CONSTRAINTS]: `idna==3.10 ${HASH}\n` }), [
    `${CONSTRAINTS}:1`,
    `${FILE}:2 idna==3.10 hash`,
  ]);
});

test.run();
