import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RUNTIME_CONTEXT_KEY } from '../../src/plan/runtime/runtime-choice';
import { messageOf } from '../construct/support/app';
import { migrated, problemsOf } from '../support/alpha-package';
import { DEFAULT_INDEX } from '../../src/plan/packaging/requirement/package-indexes';
import { answerOf, filesOf, fixtures, propertiesOf, synthesized } from '../support/alpha-readme';
import { filesWith, indexInThread } from '../support/private-index';
import { environmentWith, runWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('what the README of AWS’s construct shows, with another import');

const FUNCTION = 'AWS::Lambda::Function';
const LAYER = 'AWS::Lambda::LayerVersion';

const withUv = environmentWith({ uv: true });
const withPip = environmentWith({ pip: true });

const returns = (expression: string, imports = ''): string =>
  `${imports}\ndef handler(event, context):\n    return ${expression}\n`;

const VERSIONS = returns(
  '[version("python-dateutil"), version("six"), dateutil.parser.parse("2024-02-29").day]',
  'from importlib.metadata import version\nimport dateutil.parser',
);
const answersVersions = { ok: true, payload: ['2.9.0.post0', '1.17.0', 29] };

const fixture = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    fs.readdirSync(path.join(fixtures, name)).map((file) => [
      file,
      // No lock of a fixture names the index itself.
      fs.readFileSync(path.join(fixtures, name, file), 'utf8').replaceAll('@INDEX@', DEFAULT_INDEX),
    ]),
  );

test('the types: every property and every class is taken, and nothing of them goes unread', () => {
  const folder = path.resolve(fixtures, '../../../../.cache/alpha-readme/types');
  fs.mkdirSync(folder, { recursive: true });
  const [changed, wrong] = [path.join(folder, 'cases.ts'), path.join(folder, 'wrong.ts')];
  const text = migrated(path.join(fixtures, 'cases.ts'), 'cdk-lambda-python');
  fs.writeFileSync(changed, text);
  fs.writeFileSync(wrong, text.replace('poetryIncludeHashes: true', 'poetryIncludeHashes: 1'));
  const files = ['cases.ts', 'types.ts'].map((name) => path.join(fixtures, name));
  assert.equal(problemsOf([...files, changed, wrong]), [
    "wrong.ts:54: Type 'number' is not assignable to type 'boolean | undefined'.",
  ]);
});

test('a function or a layer can be given where another of the CDK, of alpha or of this library is asked for', () => {
  assert.equal(problemsOf([path.join(fixtures, 'exchange.ts')]), []);
});

test('a function from a folder, with the file and the function that are named', async () => {
  const made = synthesized(
    'named',
    {
      'my_index.py':
        'def my_exported_func(event, context):\n    return ["mine", six.__version__]\nimport six\n',
      'requirements.txt': 'six==1.17.0\n',
    },
    { environment: withUv },
  );
  const { Handler, Runtime, MemorySize, Environment } = propertiesOf(made, FUNCTION) as Record<
    string,
    unknown
  >;
  assert.equal(
    [Handler, Runtime, MemorySize, Environment],
    ['my_index.my_exported_func', 'python3.8', 256, { Variables: { STAGE: 'test' } }],
  );
  assert.equal(await answerOf(made, '3.8'), { ok: true, payload: ['mine', '1.17.0'] });
});

test('without names: index.py and its handler, and no requirements', async () => {
  const made = synthesized(
    'plain',
    { 'index.py': returns('helper.WORD', 'import helper'), 'helper.py': 'WORD = "beside"\n' },
    { environment: { ...withUv, PATH: temporaryFolder() } },
  );
  assert.equal(await answerOf(made), { ok: true, payload: 'beside' });
  assert.equal(filesOf(made), ['helper.py', 'index.py']);
});

test('a file further down, whose requirements lie in the folder', async () => {
  const made = synthesized(
    'nested',
    {
      'inner/custom_index.py':
        'import six, shared\ndef custom_handler(event, context):\n    return [six.__version__, shared.WORD]\n',
      'inner/__init__.py': '',
      'shared.py': 'WORD = "at the root"\n',
      'requirements.txt': 'six==1.17.0\n',
    },
    { environment: withUv },
  );
  assert.is(
    (propertiesOf(made, FUNCTION) as { Handler: string }).Handler,
    'inner.custom_index.custom_handler',
  );
  assert.equal(await answerOf(made), { ok: true, payload: ['1.17.0', 'at the root'] });
});

test('ARM', () => {
  const made = synthesized(
    'arm',
    { 'index.py': returns('1', 'import markupsafe'), 'requirements.txt': 'markupsafe==3.0.2\n' },
    { environment: withUv },
  );
  assert.ok(filesOf(made).includes('markupsafe/_speedups.cpython-313-aarch64-linux-gnu.so'));
});

const SHARED = {
  'words.py': 'import six\nWORD = six.__version__\n',
  'requirements.txt': 'six==1.17.0\n',
  'notes/todo.txt': 'no part of it',
};

test('a layer, of which no more than the folder is said: its runtime has to come from somewhere', () => {
  const context = { [RUNTIME_CONTEXT_KEY]: 'python3.13' };
  const made = synthesized('layer', SHARED, { environment: withUv, context });
  const { CompatibleRuntimes, CompatibleArchitectures } = propertiesOf(made, LAYER) as Record<
    string,
    unknown
  >;
  assert.equal([CompatibleRuntimes, CompatibleArchitectures], [['python3.13'], ['x86_64']]);
  assert.equal(filesOf(made), ['python/notes/todo.txt', 'python/six.py', 'python/words.py']);
  assert.match(
    messageOf(() => synthesized('layer', SHARED, { environment: withUv })),
    /\[Stack\/Layer\] Nothing names the runtime of this layer\. Set `compatibleRuntimes`, the context key/,
  );
});

test('a function with a layer', async () => {
  const shared = temporaryFolder();
  writeTree(shared, SHARED);
  const made = synthesized(
    'withLayer',
    { 'index.py': returns('words.WORD', 'import words') },
    { more: shared, environment: withUv },
  );
  const { Content, ...layer } = propertiesOf(made, LAYER) as Record<string, unknown>;
  assert.equal(layer, {
    CompatibleArchitectures: ['x86_64'],
    CompatibleRuntimes: ['python3.13'],
    Description: 'What functions share',
    LayerName: 'shared',
    LicenseInfo: 'Apache-2.0',
  });
  const { S3Key } = Content as { S3Key: string };
  const bundle = path.join(made.project, 'cdk.out', `asset.${S3Key}`);
  assert.equal(await answerOf(made, '3.13', [bundle]), { ok: true, payload: '1.17.0' });
});

for (const [tool, environment] of [
  ['uv', withUv],
  ['pip', withPip],
] as const) {
  test(`requirements.txt, by ${tool}`, async () => {
    const requirements = 'python-dateutil==2.9.0.post0\nsix==1.17.0\n';
    const made = synthesized(
      'plain',
      { 'index.py': VERSIONS, 'requirements.txt': requirements },
      { environment },
    );
    assert.equal(await answerOf(made), answersVersions);
  });

  for (const lock of ['pipenv', 'poetry', 'uv']) {
    test(`a lock of ${lock}, by ${tool}`, async () => {
      const tree = { 'index.py': VERSIONS, ...fixture(lock), '.python-version': '3.9\n' };
      const made = synthesized('plain', tree, { environment });
      assert.equal(await answerOf(made), answersVersions);
      assert.not(filesOf(made).some((file) => /iniconfig|requirements|lock|pyproject|Pipfile/.test(file)));
    });
  }
}

for (const name of ['withHashes', 'withoutUrls']) {
  test(`a lock of poetry, ${name}`, async () => {
    const made = synthesized(name, { 'index.py': VERSIONS, ...fixture('poetry') }, { environment: withUv });
    assert.equal(await answerOf(made), answersVersions);
  });
}

test('files that are left out', () => {
  const made = synthesized(
    'excluding',
    {
      'index.py': returns('1'),
      '.venv/lib/a.py': '',
      'README.md': '',
      'docs/more.md': '',
      'drafts/b.py': '',
      'kept/drafts.py': '',
    },
    { environment: withUv },
  );
  assert.equal(filesOf(made), ['index.py', 'kept/drafts.py']);
});

const PRIVATE = {
  'index.py': returns('private_lib.PRIVATE', 'import private_lib'),
  'requirements.txt': 'private-lib==1\n',
};

for (const [name, tool, environment] of [
  ['indexToken', 'uv', withUv],
  ['indexToken', 'pip', withPip],
  ['buildArgs', 'uv', withUv],
  // pip alone asks no index before another, so that the app says that all of them are trusted.
  ['buildArgs', 'pip', { ...withPip, UV_INDEX_STRATEGY: 'unsafe-best-match' }],
] as const) {
  test(`an index whose URL holds a token, as ${name} for ${tool}; it is written nowhere and changes no hash`, async () => {
    const index = await indexInThread();
    try {
      const hashes = new Set<string>();
      for (const token of ['first-t0ken', 'second-t0ken']) {
        await index.setPassword(token);
        const made = synthesized(name, PRIVATE, { more: index.urlWith(token), environment });
        assert.equal(await answerOf(made), { ok: true, payload: true });
        assert.equal(filesWith(made.project, token), []);
        hashes.add(made.plan.hash.asset);
      }
      assert.is(hashes.size, 1);
    } finally {
      await index.close();
    }
  });
}

test('commands before and after', async () => {
  const made = synthesized(
    'hooks',
    {
      'index.py': returns('[six.__version__, copied.handler.__name__]', 'import six, copied'),
      'checks.py':
        'import unittest\nclass Checks(unittest.TestCase):\n    def test(self):\n        self.assertTrue(True)\n',
      'requirements.txt': 'six==1.17.0\n',
    },
    { environment: withUv },
  );
  assert.equal(await answerOf(made), { ok: true, payload: ['1.17.0', 'handler'] });
  assert.equal(filesOf(made), ['checks.py', 'copied.py', 'index.py', 'listing.txt', 'six.py']);
});

test('a command that fails is told with what it said', () => {
  const tree = {
    'index.py': returns('1'),
    'checks.py':
      'import unittest\nclass Checks(unittest.TestCase):\n    def test(self):\n        self.fail("this is wrong")\n',
  };
  assert.match(
    messageOf(() => synthesized('hooks', tree, { environment: withUv })),
    /beforeBundling[\s\S]*this is wrong/,
  );
});

test('hashes of one’s own, and of the output', () => {
  const hashOf = (name: string, text: string): string =>
    synthesized(name, { 'index.py': returns(text) }, { environment: withUv }).plan.hash.asset;
  assert.is(hashOf('custom', '1'), hashOf('custom', '2'));
  assert.is.not(hashOf('output', '1'), hashOf('output', '2'));
  assert.is(hashOf('output', '1'), hashOf('plain', '1'));
});

test('everything in another folder of the bundle', () => {
  const made = synthesized('suffixed', { 'index.py': returns('1') }, { environment: withUv });
  assert.equal(filesOf(made), ['inner/code/index.py']);
});

runWith(test, '3.8', '3.13');
