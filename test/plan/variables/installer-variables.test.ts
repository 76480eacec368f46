import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fate } from '../../../src/plan/variables/installer-variables';
import { fateOf, isKnownVariable, namesOf } from '../../../src/plan/variables/installer-variables';
import { newestPip, runTool, uv } from '../../support/python-tools';

const test = suite('the table of variables of uv and pip');

const FATES: readonly Fate[] = ['handed on', 'index', 'resolution', 'build', 'dropped'];

const all = FATES.flatMap(namesOf);

test('no name is there twice', () => {
  assert.equal(
    all.filter((name, index) => all.indexOf(name) !== index),
    [],
  );
});

test('what is not in it is dropped; names of indexes are in credentials', () => {
  assert.is(fateOf('UV_NEW_FEATURE'), 'dropped');
  assert.is(fateOf('PIP_NEW_FEATURE'), 'dropped');
  assert.is(fateOf('UV_INDEX_CORP_PASSWORD'), 'handed on');
  assert.is(fateOf('UV_INDEX_CORP_USERNAME'), 'handed on');
  assert.is(fateOf('UV_INDEX_CORP'), 'dropped');
});

test('what switches a check off, or beats the arguments, is dropped', () => {
  const names = [
    ...[
      'UV_NO_VERIFY_HASHES',
      'UV_REQUIRE_HASHES',
      'UV_TARGET',
      'UV_PYTHON',
      'UV_CONFIG_FILE',
      'UV_NO_BINARY',
    ],
    ...[
      'PIP_TARGET',
      'PIP_PREFIX',
      'PIP_ROOT',
      'PIP_USER',
      'PIP_REQUIREMENT',
      'PIP_NO_BINARY',
      'PIP_CONFIG_FILE',
    ],
  ];
  for (const name of names) assert.is(fateOf(name), 'dropped', name);
});

/** The commands of uv whose help names the variables that they read. */
const UV_COMMANDS = [
  ...[
    '',
    'pip install',
    'pip compile',
    'pip sync',
    'pip list',
    'run',
    'sync',
    'lock',
    'add',
    'export',
    'tree',
    'version',
  ],
  ...[
    'python install',
    'python find',
    'tool install',
    'tool run',
    'build',
    'publish',
    'venv',
    'init',
    'cache clean',
  ],
  ...['self update', 'auth login', 'format'],
];

test('every name in the help of uv is in the table', () => {
  const found = new Set<string>();
  for (const command of UV_COMMANDS) {
    const { stdout } = spawnSync(uv(), ['help', '--no-pager', ...command.split(' ').filter(Boolean)], {
      encoding: 'utf8',
    });
    for (const [name] of stdout.matchAll(/\bUV_[A-Z][A-Z0-9_]+/g)) found.add(name);
  }
  assert.ok(found.size > 60, String(found.size));
  assert.equal(
    [...found].filter((name) => !isKnownVariable(name)),
    [],
  );
});

test('every name in the program of uv is in the table', () => {
  // The compiler puts words together, and cuts some off: one of the table stands at the beginning, or the word begins one.
  const words = new Set(
    readFileSync(uv())
      .toString('latin1')
      .match(/\bUV_[A-Z][A-Z0-9_]{3,}/g) ?? [],
  );
  const isOne = (word: string): boolean =>
    /^UV_INTERNAL__/.test(word) ||
    all.some((name) => word.startsWith(name) || name.startsWith(word) || name.startsWith(word.slice(0, -1)));
  assert.ok(words.size > 60, String(words.size));
  assert.equal(
    [...words].filter((word) => !isOne(word)),
    [],
  );
});

const PIP_OPTIONS = `
import json
from pip._internal.commands import commands_dict, create_command
names = set()
for command in commands_dict:
    parser = create_command(command).parser
    for group in [parser] + parser.option_groups:
        for option in group.option_list:
            names.update(option._long_opts)
print(json.dumps(sorted(names)))
`;

test('every option of pip is in the table', () => {
  const { python, folder } = newestPip();
  const names = JSON.parse(
    runTool('env', [`PYTHONPATH=${folder}`, python, '-c', PIP_OPTIONS]),
  ) as readonly string[];
  assert.ok(names.length > 90, String(names.length));
  assert.equal(
    names
      .map((name) => `PIP_${name.slice(2).toUpperCase().replaceAll('-', '_')}`)
      .filter((name) => !isKnownVariable(name)),
    [],
  );
});

test.run();
