import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openIndex } from '../support/open-index';
import { writeTree } from '../support/temporary';
import { wheelFolder } from '../support/wheel';
import { HANDLER, packages, project, read, run, succeeds } from './support/lock-projects';

const test = suite('lock: what [tool.uv] says');

const SETTINGS = [
  '[tool.uv]',
  'override-dependencies = ["urllib3==1.26.18"]',
  'constraint-dependencies = ["idna<3.7"]',
  'exclude-newer = "2024-07-01T00:00:00Z"',
];

const AS_UV = [
  'certifi 2024.6.2',
  'charset-normalizer 3.3.2',
  'idna 3.6',
  'requests 2.31.0',
  'urllib3 1.26.18',
];

const HEAD = ['requires-python = ">=3.11"', 'dependencies = ["requests==2.31.0"]'];

const asScript = (lines: readonly string[]): string =>
  ['# /// script', ...lines.map((line) => `# ${line}`), '# ///', HANDLER].join('\n');

const asProject = (lines: readonly string[]): string =>
  ['[project]', 'name = "x"', 'version = "0"', ...lines, ''].join('\n');

test('overrides, constraints and a date of a script mean what they mean to uv, and a change is noticed', async () => {
  const folder = project({ 'index.py': asScript([...HEAD, ...SETTINGS]) });
  await succeeds(folder, 'lock', 'index.py', '--runtime', '3.13');
  assert.equal(packages(read(folder, 'pylock.index.toml')), AS_UV);
  assert.match(
    read(folder, 'pylock.index.toml'),
    'settings = [\n    "tool.uv.override-dependencies = [\\"urllib3==1.26.18\\"]",\n',
  );
  await succeeds(folder, 'lock', 'index.py', '--check');
  await succeeds(folder, 'plan', 'index.py', '--runtime', '3.13');

  writeTree(folder, {
    'index.py': asScript([...HEAD, ...SETTINGS]).replace('urllib3==1.26.18', 'urllib3==2.2.1'),
  });
  const told =
    `${folder}/pylock.index.toml is out of date with ${folder}/index.py: ` +
    `${folder}/index.py:5 has \`tool.uv.override-dependencies = ["urllib3==2.2.1"]\`, ` +
    'which was `tool.uv.override-dependencies = ["urllib3==1.26.18"]`. Run ';
  assert.match((await run(folder, 'lock', 'index.py', '--check')).stderr, told);
  assert.match((await run(folder, 'plan', 'index.py', '--runtime', '3.13')).stderr, told);
});

test('and those of a project', async () => {
  const folder = project({ 'pyproject.toml': asProject([...HEAD, ...SETTINGS]) });
  await succeeds(folder, 'lock', '.', '--runtime', '3.13');
  assert.equal(packages(read(folder)), AS_UV);
  await succeeds(folder, 'plan', 'index.py', '--runtime', '3.13');
  writeTree(folder, { 'pyproject.toml': asProject(HEAD) });
  assert.match(
    (await run(folder, 'plan', 'index.py', '--runtime', '3.13')).stderr,
    `${folder}/pyproject.toml no longer has \`tool.uv.override-dependencies = ["urllib3==1.26.18"]\` (and 2 more)`,
  );
});

test('those of the root count for a member of a workspace, before and after', async () => {
  const folder = project({
    'pyproject.toml': ['[tool.uv.workspace]', 'members = ["fn"]', ...SETTINGS, ''].join('\n'),
    'fn/pyproject.toml': asProject(HEAD),
    'fn/index.py': HANDLER,
  });
  fs.mkdirSync(path.join(folder, '.git'));
  await succeeds(folder, 'lock', 'fn/pyproject.toml', '--runtime', '3.13');
  assert.equal(packages(read(folder, 'fn/pylock.toml')), AS_UV);
  await succeeds(folder, 'plan', 'fn/index.py', '--runtime', '3.13');
});

test('an index of the project is asked, and one for a single package for that alone', async () => {
  const [first, second] = [
    await openIndex(wheelFolder('sample_a', { 'sample_a.py': '' }), wheelFolder('sample_b', { 'b.py': '' })),
    await openIndex(wheelFolder('sample_b', { 'b.py': '' }, { version: '2' })),
  ];
  const lines = [
    'requires-python = ">=3.11"',
    'dependencies = ["sample-a", "sample-b"]',
    '[tool.uv.sources]',
    'sample-b = { index = "second" }',
    '[[tool.uv.index]]',
    `url = "${first.url}"`,
    'default = true',
    '[[tool.uv.index]]',
    'name = "second"',
    `url = "${second.url}"`,
    'explicit = true',
  ];
  try {
    const folder = project({ 'pyproject.toml': asProject(lines), 's.py': asScript(lines) });
    for (const [file, lock] of [
      ['pyproject.toml', 'pylock.toml'],
      ['s.py', 'pylock.s.toml'],
    ] as const) {
      await succeeds(folder, 'lock', file, '--runtime', '3.13');
      assert.equal(packages(read(folder, lock)), ['sample-a 1', 'sample-b 2'], file);
    }
    assert.not.ok(second.asked.some((url) => url.includes('sample-a')));
  } finally {
    first.close();
    second.close();
  }
});

test('sources of a script are followed: folders and URLs', async () => {
  const wheel = wheelFolder('sample_a', { 'sample_a.py': '' });
  const index = await openIndex(wheel);
  try {
    const url = index.url.replace(/simple$/, `files/${fs.readdirSync(wheel)[0]}`);
    const folder = project({
      's.py': asScript([
        'dependencies = ["sample-a", "shared"]',
        '[tool.uv.sources]',
        `sample-a = { url = "${url}" }`,
        'shared = [{ path = "./shared" }]',
      ]),
      'shared/pyproject.toml': '[project]\nname = "shared"\nversion = "1"\n',
    });
    await succeeds(folder, 'lock', 's.py', '--runtime', '3.13');
    const lock = read(folder, 'pylock.s.toml');
    assert.match(lock, `archive = { url = "${url}"`);
    assert.match(lock, 'path = "shared"');
    await succeeds(folder, 'plan', 's.py', '--runtime', '3.13');
  } finally {
    index.close();
  }
});

test('what nothing can follow is told before anything is locked', async () => {
  const folder = project({
    'pyproject.toml': asProject([...HEAD, '[tool.uv]', 'no-binary-package = ["requests"]']),
  });
  const ended = await run(folder, 'lock', '.', '--runtime', '3.13');
  assert.is(ended.code, 1);
  assert.match(ended.stderr, `${folder}/pyproject.toml:7 sets "no-binary-package" of [tool.uv]`);
  assert.not.ok(fs.existsSync(path.join(folder, 'pylock.toml')));
});

test('extras that exclude each other are told as in an install', async () => {
  const folder = project({
    'pyproject.toml': asProject([
      'dependencies = []',
      '[project.optional-dependencies]',
      'cpu = ["idna==3.6"]',
      'gpu = ["idna==3.7"]',
      '[tool.uv]',
      'conflicts = [[{ extra = "cpu" }, { extra = "gpu" }]]',
    ]),
  });
  const ended = await run(folder, 'lock', '.', '--runtime', '3.13', '--extra', 'cpu', '--extra', 'gpu');
  assert.is(
    ended.stderr,
    `error: extras cpu and gpu exclude each other (${folder}/pyproject.toml:9, conflicts). Ask for one of them.\n`,
  );
});

test.run();
