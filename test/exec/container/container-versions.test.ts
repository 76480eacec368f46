import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandFailure } from '../../../src/exec/container/command-failure';
import { VERSIONS_REFUSED } from '../../../src/exec/container/container-versions';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import type { ContainerTask } from '../../../src/plan/install/container-install';
import { temporaryFolder } from '../../support/temporary';
import { runScript } from '../support/container-runs';
import { planWith } from '../support/plans';

const test = suite('variables that choose versions in a build container');

const NAMES = ['UV_CONSTRAINT', 'PIP_CONSTRAINT', 'UV_PRERELEASE', 'PIP_PRE', 'PIP_ONLY_FINAL'];

/** What an installer gets of the variables, and what is printed. */
const got = (tool: 'uv' | 'pip', environment: NodeJS.ProcessEnv, changes: Partial<ContainerTask> = {}) => {
  const say = `echo "${NAMES.map((name) => `$${name}`).join('|')}" > "$OUT/got.py"`;
  const { root, status, stderr } = runScript(
    { [tool]: say },
    { isPinned: false, installer: tool, ...changes },
    environment,
  );
  const file = path.join(root, 'output/got.py');
  return status === 0 ? fs.readFileSync(file, 'utf8').trim() : stderr.trim();
};

test('uv and pip get the same', () => {
  assert.is(got('pip', { UV_CONSTRAINT: '/a' }), '/a|/a|||');
  assert.is(got('uv', { PIP_CONSTRAINT: '/b', UV_CONSTRAINT: '/a' }), '/a /b|/a /b|||');
  assert.is(got('pip', { UV_PRERELEASE: 'allow' }), '||allow|1|');
  assert.is(got('uv', { PIP_PRE: '1' }), '||allow|1|');
  assert.is(got('uv', { PIP_PRE: '0' }), '|||0|');
  assert.is(got('pip', { UV_PRERELEASE: 'if-necessary-or-explicit' }), '||if-necessary-or-explicit||');
});

test('what the installer cannot honour is refused, unless the versions are pinned', () => {
  const refused = (tool: 'uv' | 'pip', environment: NodeJS.ProcessEnv, names: string) => {
    assert.is(got(tool, environment), `${VERSIONS_REFUSED} ${tool} ${names}`);
    assert.is.not(got(tool, environment, { isPinned: true }), `${VERSIONS_REFUSED} ${tool} ${names}`);
  };
  refused('pip', { UV_OVERRIDE: '/o', UV_RESOLUTION: 'lowest' }, 'UV_OVERRIDE:other UV_RESOLUTION:other');
  refused('pip', { UV_EXCLUDE_NEWER: '30 days' }, 'UV_EXCLUDE_NEWER:value');
  refused('uv', { PIP_ALL_RELEASES: 'six' }, 'PIP_ALL_RELEASES:other');
  refused('uv', { PIP_IGNORE_REQUIRES_PYTHON: '1' }, 'PIP_IGNORE_REQUIRES_PYTHON:other');
  refused('uv', { PIP_REQUIRE_HASHES: '1' }, 'PIP_REQUIRE_HASHES:no-hashes');
  refused('pip', { UV_REQUIRE_HASHES: '1' }, 'UV_REQUIRE_HASHES:no-hashes');
  // The Python of the tests has a pip that is older than 26.0.
  refused('pip', { UV_EXCLUDE_NEWER: '2024-01-01' }, 'UV_EXCLUDE_NEWER:old-pip');
  refused('pip', { PIP_UPLOADED_PRIOR_TO: '2024-01-01' }, 'PIP_UPLOADED_PRIOR_TO:old-pip');
});

test('a lock without all hashes is refused where the image asks for them; no installer is asked for a local package', () => {
  const folder = temporaryFolder();
  const asked = (lines: string, environment: NodeJS.ProcessEnv, ...more: readonly string[]) => {
    fs.writeFileSync(path.join(folder, 'r.txt'), lines);
    const say = 'echo "$PIP_REQUIRE_HASHES|$UV_REQUIRE_HASHES" > "$OUT/got.py"';
    const command = `import subprocess, os; subprocess.call(["sh", "-c", ${JSON.stringify(say)}])`;
    const { root, status, stderr } = runScript(
      {},
      {
        folder,
        installers: [[['{python}', '-c', command, '--no-deps', '--requirement', 'r.txt', ...more]]],
      },
      environment,
    );
    return status === 0 ? fs.readFileSync(path.join(root, 'output/got.py'), 'utf8').trim() : stderr.trim();
  };
  const refused = `${VERSIONS_REFUSED} pip`;
  const hashed = '--index-url https://i/simple\nidna==1 --hash=sha256:aa\n';
  for (const name of ['PIP_REQUIRE_HASHES', 'UV_REQUIRE_HASHES']) {
    const on = { [name]: '1' };
    assert.is(asked('idna==1\n', on), `${refused} ${name}:no-hashes`);
    assert.is(asked(`${hashed}x @ git+https://g/x@aa\n`, on), `${refused} ${name}:no-hashes`);
    assert.is(asked(hashed, on), '|');
    assert.is(asked('./libs/x\n../y.whl\n', on), '|');
    assert.is(asked('idna==1 \\\n  --hash=sha256:aa\n', on, '--require-hashes'), '|');
    assert.is(asked('idna==1\n', { [name]: '0' }), '|');
  }
});

test('what a container has printed of it becomes an error', () => {
  const plan = planWith('six\n', { executor: 'docker' });
  const { install } = plan;
  if (install === null) throw new Error('nothing is installed');
  const output = `noise\n${VERSIONS_REFUSED} pip UV_OVERRIDE:other\n`;
  assert.is(
    showExecutionError(
      commandFailure({ plan, install }, 'pip in image', { exitCode: 1, signal: null, stdout: '', output }),
    ),
    `UV_OVERRIDE of this machine's environment or the image decides which versions are installed, and only uv can honour it. pip in ${install.docker.image} was found. Install uv on this machine (on Linux, a container for this machine's processor uses it), take the variable away, or lock the dependencies (\`npx cdk-lambda-python lock\`), as no variable changes what a lock has.`,
  );
});

test.run();
