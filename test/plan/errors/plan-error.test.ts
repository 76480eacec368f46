import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlanError } from '../../../src/plan/errors/plan-error';
import { showPlanError } from '../../../src/plan/errors/plan-error';

const test = suite('plan error');

const REQUIREMENTS = '/app/requirements.txt';

const messages: readonly (readonly [PlanError, string])[] = [
  [
    { _tag: 'EntryNotFound', tried: ['/app/stack.fn.py', '/app/base.fn.py'], byId: true },
    'No Python entry for this function. Looked for:\n  - /app/stack.fn.py\n  - /app/base.fn.py\nCreate one of these files, or set `entry` to the path of the Python file.',
  ],
  [
    { _tag: 'EntryNotFound', tried: [], byId: true },
    'No Python entry: the call stack does not show the file that defines this function. Set `entry` to the path of the Python file.',
  ],
  [
    { _tag: 'EntryNotFound', tried: [], byId: false },
    'No Python entry: the call stack does not show the file that defines this function. Set `entry` to the path of the Python file.',
  ],
  [
    { _tag: 'EntryNotFound', tried: ['/app/fn.py'], byId: false },
    'The entry does not exist. Looked for:\n  - /app/fn.py\nSet `entry` to a Python file, or to a folder that holds `index` (default index.py).',
  ],
  [
    { _tag: 'EntryNotAFile', path: '/dev/null', kind: 'character device' },
    'The entry /dev/null is a character device, not a file. Set `entry` to a Python file.',
  ],
  [
    { _tag: 'EntryNotPython', path: '/app/fn.js' },
    'The entry /app/fn.js does not end in .py. Set `entry` to a Python file, or to a folder that holds `index`.',
  ],
  [
    { _tag: 'EntryOutsideRoot', path: '/x.py', root: '/app' },
    'The entry /x.py lies outside its source root /app. Keep `index` inside the folder that `entry` names.',
  ],
  [
    { _tag: 'EntryNotImportable', path: '/app/a b/x.py', part: 'a b' },
    'Python cannot import the entry /app/a b/x.py: the folder name "a b" has a dot or white space in it. Rename the folder, or set `entry` to the file itself.',
  ],
  [
    { _tag: 'EntryNotImportable', path: '/app/json/x.py', part: 'json' },
    'Python cannot import the entry /app/json/x.py: the folder name "json" is also the name of a module that the Lambda runtime has already imported. Rename the folder, or set `entry` to the file itself.',
  ],
  [
    { _tag: 'InvalidHandler', handler: 'my handler' },
    'Lambda does not accept the handler "my handler": it must be a name without white space, and with its module at most 128 characters long. Set `handler` to the name of a function in the entry, or give the entry a shorter name.',
  ],
  [
    { _tag: 'InvalidOption', option: 'bundling.user', given: '-"x', expected: 'a name' },
    '`bundling.user` is "-\\"x", but must be a name.',
  ],
  [
    { _tag: 'UnknownRuntime', given: 'nodejs20.x', from: 'the `runtime` prop' },
    '"nodejs20.x" (from the `runtime` prop) is not a Python runtime of Lambda. Use one of: python3.8, python3.9, python3.10, python3.11, python3.12, python3.13, python3.14, python3.15.',
  ],
  [
    { _tag: 'UnknownRuntime', given: 'system', from: '/app/.python-version' },
    '"system" (from /app/.python-version) is not a Python runtime of Lambda. Use one of: python3.8, python3.9, python3.10, python3.11, python3.12, python3.13, python3.14, python3.15. If the file is right for other tools, set the `runtime` prop (`compatibleRuntimes` of a layer), which comes first.',
  ],
  [
    { _tag: 'UnreadableFile', path: '/app/x', reason: 'permission denied' },
    'Cannot read /app/x: permission denied. Fix that, or leave it out with `bundling.exclude`.',
  ],
  [
    { _tag: 'EncodingNotUtf8', file: REQUIREMENTS, line: 1, encoding: 'latin-1' },
    '/app/requirements.txt:1 names the encoding latin-1: pip would use it, but uv reads UTF-8. Save the file as UTF-8, and remove the name of the encoding.',
  ],
  [
    { _tag: 'NotUtf8', path: REQUIREMENTS, line: 3, looksLike: null },
    '/app/requirements.txt:3 is not UTF-8 text. Save the file as UTF-8.',
  ],
  [
    { _tag: 'NotUtf8', path: REQUIREMENTS, line: 1, looksLike: 'UTF-16' },
    '/app/requirements.txt:1 is not UTF-8 text (it looks like UTF-16). Save the file as UTF-8.',
  ],
  [
    { _tag: 'IncludeNotFound', path: '/app/base.txt', file: REQUIREMENTS, line: 2 },
    '/app/requirements.txt:2 includes /app/base.txt, which does not exist. Paths after -r and -c are relative to the file that includes them.',
  ],
  [
    { _tag: 'LocalPackageNotFound', path: '/app/y', file: REQUIREMENTS, line: 2 },
    '/app/requirements.txt:2 requires /app/y, which does not exist. Fix its path, which is relative to the folder of the declaration; in requirements files, to the folder of the first one.',
  ],
  [
    { _tag: 'SymlinkOutsideRoot', path: '/app/a', target: '/etc/passwd', root: '/app' },
    '/app/a is a symbolic link to /etc/passwd, outside the source root /app. Leave it out with `bundling.exclude`, or set `bundling.followSymlinks` to SymlinkFollowMode.EXTERNAL to ship its target.',
  ],
  [
    { _tag: 'BrokenSymlink', path: '/app/a', target: 'b' },
    '/app/a is a symbolic link to b, which does not exist. Fix it, or leave it out with `bundling.exclude`.',
  ],
  [
    { _tag: 'SymlinkLoop', path: '/app/a', target: '/app' },
    '/app/a is a symbolic link to /app, a folder that contains it. Leave it out with `bundling.exclude`.',
  ],
  [
    { _tag: 'UnsupportedFile', path: '/app/s', kind: 'socket' },
    '/app/s is a socket and cannot be part of a bundle. Remove it, or leave it out with `bundling.exclude`.',
  ],
];

messages.forEach(([error, message], index) => {
  test(`${index + 1}: ${error._tag}`, () => {
    assert.is(showPlanError(error), message);
  });
});

test.run();
