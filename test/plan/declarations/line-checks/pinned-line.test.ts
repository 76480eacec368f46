import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pinOf } from '../../../../src/plan/declarations/line-checks/pinned-line';

const test = suite('what fixes a requirement');

const SHA = 'a'.repeat(64);
const COMMIT = 'b'.repeat(40);

const LINES: Readonly<Record<ReturnType<typeof pinOf>, readonly string[]>> = {
  fixed: [
    'idna==3.10',
    'idna === 3.10',
    'idna==3.10,>3 ; python_version > "3.8"',
    `idna>=3 --hash=sha256:${SHA}`,
    `idna>=3 --hash sha256:${SHA}`,
    `idna @ https://h/idna-3-py3-none-any.whl#sha256=${SHA}`,
    `https://h/idna-3-py3-none-any.whl --hash=sha256:${SHA}`,
    `idna @ git+https://h/idna@${COMMIT}`,
    `git+https://h/idna@${COMMIT}#egg=idna`,
  ],
  index: [
    'idna',
    'idna>=3',
    'idna==3.*',
    'idna~=3.1',
    'idna!=3.1',
    'idna==${VERSION}',
    'idna[x] ; os_name == "a==1"',
  ],
  url: ['idna @ https://h/idna-3-py3-none-any.whl', 'https://h/idna.zip', 'idna @ https://h/a==1.whl'],
  git: ['idna @ git+https://h/idna', 'git+https://h/idna@v1#egg=idna', `idna @ hg+https://h/idna@${COMMIT}`],
};

for (const [pin, lines] of Object.entries(LINES)) {
  for (const line of lines) test(`${pin}: ${line.slice(0, 50)}`, () => assert.is(pinOf(line), pin));
}

test('a constraint fixes what it names', () => {
  assert.is(pinOf('idna', 'idna==3.10'), 'fixed');
  assert.is(pinOf('idna', `idna --hash=sha256:${SHA}`), 'fixed');
  assert.is(pinOf('idna', 'idna<4'), 'index');
});

test.run();
