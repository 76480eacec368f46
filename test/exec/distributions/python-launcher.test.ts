import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isPythonLauncher } from '../../../src/exec/distributions/python-launcher';
import { WHOLE_SCRIPT_NAME, wholeScript } from '../../../src/exec/scripts/whole-script';
import { hostPython } from '../../support/python-tools';
import { folderOf } from '../support/requests';

const test = suite('Python launchers');

/** The first lines of scripts, and whether they start the Python that installed them. */
const SCRIPTS: Readonly<Record<string, boolean>> = {
  '#!/home/me/.venv/bin/python\n': true,
  '#!/home/me/.venv/bin/python3.13\nimport x\n': true,
  '#! /opt/python -E\n': true,
  '#!"C:\\Program Files\\Python\\python.exe"\r\n': true,
  '#!C:\\Python\\pythonw.exe\r\n': true,
  '#!/usr/bin/pypy3\n': true,
  '#!python\n': true,
  "#!/bin/sh\n'''exec' \"/a very long path/python\" \"$0\" \"$@\"\n' '''\n": true,
  '#!/bin/sh\nexec python "$@"\n': false,
  '#!/usr/bin/env python3\n': false,
  '#!/usr/bin/env -S python3 -E\n': false,
  '#!/usr/bin/env bash\n': false,
  '#!/usr/bin/perl /usr/lib/python-tool\n': false,
  '#!/opt/notpython\n': false,
  'python\n': false,
  '': false,
};

test('a launcher names the Python of this machine', () => {
  for (const [text, is] of Object.entries(SCRIPTS))
    assert.is(isPythonLauncher(path.join(folderOf({ script: text }), 'script')), is, text);
});

test('a container tells them as this machine does', () => {
  const scripts = Object.fromEntries(Object.keys(SCRIPTS).map((text, at) => [`bin/${at}`, text]));
  const tree = folderOf({ ...scripts, [`tools/${WHOLE_SCRIPT_NAME}`]: wholeScript() });
  const code = `import sys; sys.path.insert(0, ${JSON.stringify(path.join(tree, 'tools'))}); import whole_build; whole_build.tidy(sys.argv[1]); import os; print(*sorted(os.listdir(sys.argv[1] + "/bin"), key=int))`;
  const left = execFileSync(hostPython(), ['-B', '-c', code, tree], { encoding: 'utf8' });
  const kept = Object.values(SCRIPTS).flatMap((is, at) => (is ? [] : [String(at)]));
  assert.equal(left.trim().split(' '), kept);
});

test.run();
