import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  CONTAINER_PIP_NAME,
  containerPip,
  PIP_REFUSAL,
  pipLauncher,
} from '../../src/exec/scripts/pip-programs';
import { restrictBuilds } from '../../src/exec/host/restricted-build';
import { telling, told } from '../support/hostile-build';
import { findPython, hostPython } from '../support/python-tools';
import { packageFiles } from '../support/sdist';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('what pips of this machine build');

/** The pips of these Pythons, each another version; and those of others that are too old for it, as 18.1 is. */
const pythons = ['3.7', '3.8', '3.12', '3.13']
  .flatMap((version) => findPython(version) ?? [])
  .concat(hostPython());

/** A folder with a package whose build says what it sees, and what came of a pip's install of it. */
const install = (
  python: string,
  start: (folder: string) => readonly string[],
  environment: NodeJS.ProcessEnv = {},
) => {
  const folder = temporaryFolder();
  const file = path.join(folder, 'told.json');
  const lib = packageFiles({ name: 'lib', code: telling(file, 'dict(os.environ)') });
  writeTree(path.join(folder, 'lib'), lib);
  const options = ['--no-index', '--no-deps', '--use-pep517', '--target', path.join(folder, 'out')];
  const { status, stdout, stderr } = spawnSync(
    python,
    [...start(folder), 'install', ...options, '--only-binary', ':all:', './lib'],
    {
      encoding: 'utf8',
      cwd: folder,
      env: { PATH: process.env['PATH'], PIP_DISABLE_PIP_VERSION_CHECK: '1', ...environment },
    },
  );
  return { status, said: `${stdout}${stderr}`, seen: told(file) as Record<string, string> | undefined };
};

test('nothing where they must not, though they were told of wheels alone', () => {
  for (const python of pythons) {
    for (const start of [
      () => ['-c', pipLauncher(), 'null', ''],
      (folder: string) => {
        fs.writeFileSync(path.join(folder, CONTAINER_PIP_NAME), containerPip());
        return [path.join(folder, CONTAINER_PIP_NAME)];
      },
    ]) {
      const { status, said, seen } = install(python, start);
      assert.is(status, 1, said);
      assert.ok(said.includes(`${PIP_REFUSAL}lib`) || said.includes(`${PIP_REFUSAL}file:///`), said);
      assert.is(seen, undefined, python);
    }
    assert.is.not(install(python, () => ['-m', 'pip']).seen, undefined, 'pip itself builds it');
  }
});

test('where they may, with the variables of a build', () => {
  for (const python of pythons) {
    const build = path.join(temporaryFolder(), 'build');
    const environment = restrictBuilds(build, { PATH: process.env['PATH'] ?? '', PIP_TOKEN: 's3cret' });
    const { status, said, seen } = install(python, () => ['-c', pipLauncher(), 'null', build], {
      ...environment,
      SECRET: 's3cret',
    });
    assert.is(status, 0, said);
    assert.is(seen?.['HOME'], path.join(build, 'home'));
    assert.equal(
      Object.entries(seen ?? {}).filter(
        ([, value]) => value === 's3cret' || value.split(':').includes(build),
      ),
      [],
    );
  }
});

test('a pip that cannot be kept from it does nothing at all', () => {
  const folder = temporaryFolder();
  writeTree(folder, { 'pip/__init__.py': '', 'pip/_internal/__init__.py': '' });
  const { status, said } = install(hostPython(), () => ['-c', pipLauncher(), 'null', ''], {
    PYTHONPATH: folder,
  });
  assert.is(status, 1);
  assert.match(
    said,
    /^this version of pip cannot be kept from building; install uv, or another version of pip$/m,
  );
});

test.run();
