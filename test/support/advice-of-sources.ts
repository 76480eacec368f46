import * as fs from 'node:fs';
import * as path from 'node:path';
import type { PlanError } from '../../src/plan/errors/plan-error';
import { MAXIMUM_SIZE } from '../../src/plan/target/maximum-size';
import { makePipe, HANDLER } from '../exec/support/requests';
import type { AdviceRow } from './advice-row';
import { asking, forRuntime, link, row } from './advice-row';
import { elfFor, NATIVE, OTHER } from './native';

const entry =
  (name: string, index = 'index.py') =>
  (folder: string) =>
    ({ entry: { _tag: 'ByPath', path: path.join(folder, name), index } }) as const;

const layer = (name: string) => (folder: string) =>
  ({ ...entry(name)(folder), kind: 'layer', prefix: 'python' }) as const;

const excluding = (...exclude: readonly string[]) => ({ request: () => ({ exclude }) });

/**
 * Advice about entries, options and the user's own files; a text says where one is tried that needs more than a plan.
 */
export const ADVICE_OF_SOURCES = {
  EntryNotFound: row(
    { tree: { 'fn/index.py': null, 'fn/main.py': HANDLER } },
    {
      'name it with `index`': { request: entry('fn', 'main.py') },
      'Set `entry` to a Python file': { request: entry('fn/main.py') },
    },
  ),
  EntryNotAFile: row(
    { prepare: (folder) => makePipe(path.join(folder, 'pipe.py')), request: entry('pipe.py') },
    { 'Set `entry` to a Python file': { request: entry('fn/index.py') } },
  ),
  EntryNotAFolder: row(
    { request: layer('fn/index.py') },
    { 'Set `entry` to the folder whose files and requirements': { request: layer('fn') } },
  ),
  EntryNotPython: row(
    { tree: { 'fn/run.sh': '' }, request: entry('fn/run.sh') },
    {
      'Set `entry` to a Python file': { request: entry('fn/index.py') },
      'or to a folder': { request: entry('fn') },
    },
  ),
  EntryOutsideRoot: row(
    { tree: { 'b.py': HANDLER }, request: entry('fn', '../b.py') },
    { 'Keep `index` inside': { request: entry('fn') } },
  ),
  EntryNotImportable: row(
    { tree: { 'fn/v1.0/index.py': HANDLER }, request: entry('fn', 'v1.0/index.py') },
    {
      'Rename the folder': { tree: { 'fn/v1/index.py': HANDLER }, request: entry('fn', 'v1/index.py') },
      'set `entry` to the file itself': { request: entry('fn/v1.0/index.py') },
    },
  ),
  InvalidHandler: row(
    { request: () => ({ handler: 'my handler' }) },
    { 'Set `handler` to the name of a function': { request: () => ({ handler: 'lambda_handler' }) } },
  ),
  InvalidOption: row(
    { request: () => ({ sdist: 'never' as 'host' }) },
    { 'must be "forbid", "docker" or "host"': { request: () => ({ sdist: 'forbid' }) } },
  ),
  UnknownRuntime: row(forRuntime('python4.0'), { 'Use one of': forRuntime('python3.13') }),
  RuntimeNotSet: row(
    { request: (folder) => ({ ...layer('fn')(folder), runtime: {} }) },
    {
      'Set `compatibleRuntimes`': forRuntime('python3.13'),
      'the context key cdk-lambda-python:runtime': { request: () => ({ runtime: { context: '3.13' } }) },
      'a .python-version': { tree: { 'fn/.python-version': '3.13\n' } },
    },
  ),
  EmptyLayer: row(
    { tree: { 'layer/a.md': '' }, request: (folder) => ({ ...layer('layer')(folder), exclude: ['*.md'] }) },
    {
      'Put a module': { tree: { 'layer/a.py': '' } },
      'or a requirements.txt': { tree: { 'layer/requirements.txt': 'six==1.17.0\n' } },
      'check `bundling.exclude`': excluding(),
    },
  ),
  NestedLayer: row(
    { tree: { 'layer/python/a.py': '', 'layer/requirements.txt': 'six==1.17.0\n' }, request: layer('layer') },
    {
      'Move its files one folder up': { tree: { 'layer/python/a.py': null, 'layer/a.py': '' } },
      'set `entry` to': { request: layer('layer/python') },
      '`dependencies.from` to "../requirements.txt"': {
        request: (folder) => ({
          ...layer('layer/python')(folder),
          ...asking({ from: '../requirements.txt' })(),
        }),
      },
    },
  ),
  TooManyLayers: 'test/construct/python-dependencies-layer.test.ts',
  BytecodeNotSupported: row(
    { request: () => ({ runtime: { prop: 'python3.6' }, bytecode: 'require' }) },
    {
      'Set it to "auto"': { request: () => ({ bytecode: 'auto' }) },
      'or "off"': { request: () => ({ bytecode: 'off' }) },
      'choose python3.7 or newer': forRuntime('python3.7'),
    },
  ),
  UnreadableFile: 'test/exec/survey/survey.entry.test.ts: root reads everything',
  SymlinkOutsideRoot: row(
    { tree: { 'other/a.txt': '' }, prepare: link('fn/a.txt', '../other/a.txt') },
    {
      'Leave it out with `bundling.exclude`': excluding('a.txt'),
      'SymlinkFollowMode.EXTERNAL': { request: () => ({ externalSymlinks: 'follow' }) },
    },
  ),
  BrokenSymlink: row(
    { prepare: link('fn/a.txt', 'b.txt') },
    { 'leave it out with `bundling.exclude`': excluding('a.txt') },
  ),
  SymlinkLoop: row(
    { prepare: link('fn/a', '.') },
    { 'Leave it out with `bundling.exclude`': excluding('a') },
  ),
  ForeignSource: row(
    { tree: { 'fn/lib/libz.so': NATIVE }, request: () => ({ architecture: OTHER.architecture }) },
    {
      'Leave it out with `bundling.exclude`': excluding('*.so'),
      'build it for the target': { tree: { 'fn/lib/libz.so': elfFor(OTHER.machine) } },
    },
  ),
  UnsupportedFile: row(
    { prepare: (folder) => makePipe(path.join(folder, 'fn/pipe')) },
    { 'leave it out with `bundling.exclude`': excluding('pipe') },
  ),
  SourceTooLarge: row(
    {
      prepare: (folder) => {
        const file = path.join(folder, 'fn/model.bin');
        fs.writeFileSync(file, '');
        fs.truncateSync(file, MAXIMUM_SIZE + 1);
      },
    },
    { 'Leave it out with `bundling.exclude`': excluding('model.bin') },
  ),
  TooManySources: 'not tried: it takes a hundred thousand paths, and half a minute',
} as const satisfies Readonly<Partial<Record<PlanError['_tag'], AdviceRow | string>>>;
