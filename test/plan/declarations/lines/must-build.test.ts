import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { builtLines, builtRequirements } from '../../../../src/plan/declarations/lines/must-build';
import { markerEnvironment } from '../../../../src/plan/packaging/tags/marker-environment';
import { requirements } from '../../support/world';

const test = suite('what is no wheel by its declaration');

const MARKERS = markerEnvironment({ python: '3.11' }, 'x86_64');
const FILE = '/app/requirements.txt';

/** The lines of a file that must be built, as `line: requirement`. */
const lines = (text: string, more: Readonly<Record<string, string>> = {}): readonly string[] =>
  builtLines(requirements({ [FILE]: text, ...more }), MARKERS).map(
    ({ file, line, requirement }) => `${file}:${line} ${requirement}`,
  );

test('folders, archives, repositories and URLs of them', () => {
  for (const line of [
    './y',
    '-e ../y',
    '-e ../y[extra]',
    'y @ file:../y',
    './y-1.tar.gz',
    'y-1.zip --hash=sha256:aa',
    'git+https://h/y@main#egg=y',
    '-e git+ssh://git@h/y.git#egg=y',
    'y @ git+https://h/y@v1',
    'y[more] @ https://h/y-1.tar.gz#sha256=aa',
    'https://h/y-1.zip',
    'y @ https://h/y/archive',
  ])
    assert.is(lines(`${line}\n`).length, 1, line);
});

test('wheels, and what an index has, which only the index knows', () => {
  for (const line of [
    'six',
    'six==1.16.0 --hash=sha256:aa',
    './y-1-py3-none-any.whl',
    'y @ file:./y-1-py3-none-any.whl#sha256=aa',
    'y @ https://h/y-1-py3-none-any.whl?token=1#sha256=aa',
    'https://h/Y-1-py3-none-any.WHL',
    '-i https://h/simple',
    '-f ./wheels',
  ])
    assert.equal(lines(`${line}\n`), [], line);
});

test('only where the target asks for it, wherever it is written; constraints ask for nothing', () => {
  assert.equal(
    lines(
      '-r more.txt\n-c limits.txt\n./y ; sys_platform == "win32"\nx @ git+https://h/x ; python_version < "3"\nz @ git+https://h/z ; python_version > "3"\n',
      {
        '/app/more.txt': '\n./w ; sys_platform == "linux" --hash=sha256:aa\n',
        '/app/limits.txt': 'v @ git+https://h/v\n',
      },
    ),
    [
      '/app/more.txt:2 ./w ; sys_platform == "linux" --hash=sha256:aa',
      '/app/requirements.txt:5 z @ git+https://h/z ; python_version > "3"',
    ],
  );
});

test('passwords are not told', () => {
  assert.equal(lines('y @ git+https://me:s3cret@h/y\n'), [`${FILE}:1 y @ git+https://h/y`]);
});

test('of a project: URLs and folders that the target asks for', () => {
  const local = { name: 'y', extras: [], marker: null, path: '../y', line: 7 };
  assert.equal(
    builtRequirements(
      '/app/pyproject.toml',
      {
        requirements: [
          { text: 'six', line: 3 },
          { text: 'x @ git+https://h/x', line: 4 },
          { text: 'w @ https://h/w-1-py3-none-any.whl', line: 5 },
          { text: 'v @ git+https://h/v ; os_name == "nt"', line: 6 },
        ],
        locals: [local, { ...local, path: '../y.whl', line: 8 }, { ...local, marker: "os_name == 'nt'" }],
      },
      MARKERS,
    ),
    [
      { requirement: 'x @ git+https://h/x', file: '/app/pyproject.toml', line: 4 },
      { requirement: '../y', file: '/app/pyproject.toml', line: 7 },
    ],
  );
});

test.run();
