import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { installInputs } from '../../../../src/plan/declarations/local-packages/install-inputs';
import { requirementsFileSet } from '../../../../src/plan/declarations/sets/requirement-set';
import { archive, folder, requirements } from '../../support/world';

const test = suite('requirement set');

const FILE = '/app/fn/requirements.txt';

test('a requirements file, with all that it includes and the names of local packages', () => {
  const seen = requirements({ [FILE]: '-r ../base.txt\n-e ../y\n./x.whl\n', '/app/base.txt': 'six\n' }, [
    folder('y', '/app/y'),
    folder(null, '/app/fn/wheels'),
    archive('/app/fn/x.whl'),
  ]);
  assert.equal(requirementsFileSet(seen), {
    declaration: FILE,
    inputs: installInputs(seen).inputs,
    generated: [],
    workingDirectory: 'fn',
    requirements: ['requirements.txt'],
    isLocked: false,
    isHashed: false,
    isExact: true,
    mayBeEmpty: false,
    localPackages: ['y'],
    builds: [{ requirement: '-e ../y', file: FILE, line: 2 }],
    mayBuild: true,
    requested: ['six'],
    environment: [],
    warnings: [
      {
        _tag: 'NotPinned',
        file: FILE,
        lines: [{ file: '/app/base.txt', line: 1, requirement: 'six' }],
        command: `npx cdk-lambda-python lock ${FILE}`,
      },
    ],
  });
});

test('there is none where nothing is asked for', () => {
  const setOf = (text: string, ...packages: Parameters<typeof requirements>[1] & object) =>
    requirementsFileSet(requirements({ [FILE]: text, '/app/fn/c.txt': 'six==1\n' }, packages));
  for (const text of ['', '# six\n\n', '--pre\n', '-i https://h/simple\n', '-f ./wheels\n', '-c c.txt\n']) {
    assert.is(setOf(text), null, text);
  }
  assert.is(setOf('-f ./wheels\n', folder(null, '/app/fn/wheels')), null);
  for (const text of ['six\n', './x\n', '-r c.txt\n', '-r https://h/a.txt\n', 'six ; os_name == "nt"\n']) {
    assert.is.not(setOf(text), null, text);
  }
});

const mayBeEmpty = (text: string, more: Readonly<Record<string, string>> = {}): boolean | undefined =>
  requirementsFileSet(requirements({ [FILE]: text, ...more }))?.mayBeEmpty;

test('nothing may come out only where every requirement has a marker', () => {
  const marked = 'six ; os_name == "nt"\n';
  assert.is(mayBeEmpty('six\n'), false);
  assert.is(mayBeEmpty(marked), true);
  assert.is(mayBeEmpty(`${marked}six\n`), false);
  assert.is(mayBeEmpty(`${marked}./x\n`), false);
  assert.is(mayBeEmpty('./x ; os_name == "nt"\n'), true);
  assert.is(mayBeEmpty(`${marked}-f ./wheels\n`), true);
  assert.is(mayBeEmpty(`${marked}-r b.txt\n`, { '/app/fn/b.txt': 'six\n' }), false);
  assert.is(mayBeEmpty(`${marked}-c b.txt\n`, { '/app/fn/b.txt': 'six\n' }), true);
  assert.is(mayBeEmpty('-r https://h/a.txt\n'), true);
});

test('indexes of the options stand before the file; variables that are mentioned are told', () => {
  const seen = requirements({
    [FILE]: '-r ../base.txt\nsix\n',
    '/app/base.txt': '-i https://${USER}@h/simple\n',
  });
  const set = requirementsFileSet(seen, {
    index: 'https://${TOKEN}@i.example/simple',
    extraIndexes: ['https://e.example'],
  });
  assert.equal(set?.generated, [
    {
      path: 'fn/requirements-with-indexes.txt',
      text: '--index-url https://${TOKEN}@i.example/simple\n--extra-index-url https://e.example\n-r requirements.txt\n',
    },
  ]);
  assert.equal(set?.requirements, ['requirements-with-indexes.txt']);
  assert.equal(set?.environment, ['TOKEN', 'USER']);
});

test('what is asked for by name, as far as a URL tells it', () => {
  const text =
    'Six\ngit+https://h/x.git#egg=My_Lib\ngit+https://h/y.git@main\nhttps://h/z-1.0.tar.gz\n-e git+https://h/w.git\n./lib\n';
  assert.equal(requirementsFileSet(requirements({ [FILE]: text }))?.requested, [
    'six',
    'my-lib',
    'y',
    'z',
    'w',
  ]);
});

test('files on the network and repositories without a commit are told with their lines', () => {
  const seen = requirements({
    [FILE]: '# a\n-r https://h/base.txt\n-r more.txt\nx @ https://h/x.whl\ny @ git+https://h/y@main\n',
    '/app/fn/more.txt': '-c \\\nhttps://u:p@h/c.txt\n',
  });
  assert.equal(requirementsFileSet(seen)?.warnings, [
    { _tag: 'RemoteInclude', file: FILE, line: 2 },
    { _tag: 'RemoteInclude', file: '/app/fn/more.txt', line: 1 },
    { _tag: 'GitNotPinned', file: FILE, line: 5, requirement: 'y @ git+https://h/y@main' },
    {
      _tag: 'NotPinned',
      file: FILE,
      lines: [{ file: FILE, line: 4, requirement: 'x @ https://h/x.whl' }],
      command: `npx cdk-lambda-python lock ${FILE}`,
    },
  ]);
});

test.run();
