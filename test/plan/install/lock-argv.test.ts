import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  lockArgv,
  lockEnvironment,
  lockEnvironments,
  lockSettings,
} from '../../../src/plan/install/lock-argv';

const test = suite('how uv locks');

const OPTIONS = {
  declaration: 'requirements.txt',
  output: 'pylock.work.toml',
  project: '/tmp/p',
  python: '3.11',
  groups: [],
  extras: [],
  resolvedAsOf: null,
  upgrade: false,
  mayBuild: false,
  ofVariables: [],
};

const FIRST =
  'pip compile requirements.txt --universal --python-version 3.11 --format pylock.toml --output-file pylock.work.toml --no-header --no-python-downloads --project /tmp/p';

test('by default from wheels alone, and with the versions that are there', () => {
  assert.is(lockArgv(OPTIONS).join(' '), `${FIRST} --only-binary :all:`);
  assert.is(
    lockArgv({ ...OPTIONS, ofVariables: ['--no-index'] }).join(' '),
    `${FIRST} --no-index --only-binary :all:`,
  );
});

test('with options', () => {
  const all = {
    ...OPTIONS,
    groups: ['a'],
    extras: ['b'],
    resolvedAsOf: '2026-01-01T00:00:00Z',
    mayBuild: true,
  };
  assert.is(
    lockArgv({ ...all, upgrade: ['six', 'idna'] }).join(' '),
    `${FIRST} --extra b --group requirements.txt:a --exclude-newer 2026-01-01T00:00:00Z --upgrade-package six --upgrade-package idna`,
  );
  assert.is(lockArgv({ ...OPTIONS, upgrade: true }).at(-1), '--upgrade');
});

test('with what lines of a requirements file say and uv does not read there', () => {
  const configSettings = [{ name: 'a', settings: ['b=c', 'd=e'] }];
  assert.is(
    lockArgv({ ...OPTIONS, prerelease: ['a'], configSettings }).join(' '),
    `${FIRST} --prerelease-package a=allow --config-settings-package a:b=c --config-settings-package a:d=e --only-binary :all:`,
  );
});

test('for Linux, on the architectures that are named', () => {
  assert.equal(lockEnvironments([]), ["sys_platform == 'linux'"]);
  assert.equal(lockEnvironments(['x86_64', 'arm64']), [
    "sys_platform == 'linux' and platform_machine == 'x86_64'",
    "sys_platform == 'linux' and platform_machine == 'aarch64'",
  ]);
  assert.is(lockSettings(['a == "b"']), '[tool.uv]\nenvironments = [ "a == \\"b\\"" ]\n');
  assert.is(
    lockSettings(['a'], { environments: ['theirs'], resolution: 'lowest' }),
    '[tool.uv]\nenvironments = [ "a" ]\nresolution = "lowest"\n',
  );
});

test('indexes are no arguments, which all users of a machine see', () => {
  const own = { TOKEN: 'pw', UV_INDEX: 'https://own/simple' };
  assert.equal(lockEnvironment({ extraIndexes: [] }, own), {});
  assert.equal(
    lockEnvironment({ index: 'https://${TOKEN}@a/simple', extraIndexes: ['https://b/simple'] }, own),
    {
      UV_DEFAULT_INDEX: 'https://pw@a/simple',
      UV_INDEX: 'https://b/simple https://own/simple',
    },
  );
  assert.is(
    lockEnvironment({ index: 'https://${NO}@a', extraIndexes: [] }, own)['UV_DEFAULT_INDEX'],
    'https://${NO}@a',
  );
});

test.run();
