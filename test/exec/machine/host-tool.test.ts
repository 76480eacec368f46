import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findHostTool } from '../../../src/exec/machine/host-tool';
import type { ToolVersions } from '../../../src/exec/machine/known-tools';
import type { Shell } from '../../../src/exec/process/shell';
import type { HostTool } from '../../../src/plan/model/host-plan';

const test = suite('the tool of this machine that installs');

const PIP: HostTool = {
  tool: 'pip',
  programs: [['python3', '-m', 'pip'], ['pip']],
  minimumVersion: '23.0.0',
  runs: [],
};

/** What is found, and which programs were asked; each that is asked says version 24. */
const found = async (known: ToolVersions) => {
  const asked: string[] = [];
  const shell: Shell =
    ({ argv }) =>
    () => {
      asked.push(argv[0] ?? '');
      return Promise.resolve({ exitCode: 0, signal: null, stdout: 'pip 24.0', output: '' });
    };
  const answer = await findHostTool(shell, known)([PIP], '/project');
  const { program, version } = answer._tag === 'Right' ? answer.right : { program: [], version: '' };
  return {
    asked,
    found: `${program.join(' ')} ${version}`,
    tried: answer._tag === 'Left' ? answer.left : [],
  };
};

test('a program is asked where nothing is known of it', async () => {
  assert.equal(await found(() => undefined), {
    asked: ['python3'],
    found: 'python3 -m pip 24.0.0',
    tried: [],
  });
});

test('one whose version is known is not started to ask for it', async () => {
  assert.equal(await found(() => '23.1.0'), { asked: [], found: 'python3 -m pip 23.1.0', tried: [] });
});

test('nor is one that is known not to run; the next is taken', async () => {
  const known: ToolVersions = ([name]) => (name === 'python3' ? null : undefined);
  assert.equal(await found(known), { asked: ['pip'], found: 'pip 24.0.0', tried: [] });
  assert.equal(await found(() => null), {
    asked: [],
    found: ' ',
    tried: {
      _tag: 'NoInstaller',
      tried: ['python3 -m pip (not found)', 'pip (not found)'],
      pip: '23.0.0',
    },
  });
});

test.run();
