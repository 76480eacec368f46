import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ToolAnswer } from '../../../src/exec/machine/known-tools';
import { knownTools } from '../../../src/exec/machine/known-tools';
import type { InstallPlan } from '../../../src/plan/model/install-plan';
import { temporaryFolder } from '../../support/temporary';
import { planWith } from '../support/plans';

const test = suite('installers of a machine, for its keys');

const install = (executor: 'host' | 'docker' = 'host'): InstallPlan => {
  const plan = planWith('six\n', { executor });
  if (plan.install === null) throw new Error('nothing to install');
  return plan.install;
};

/** A machine with these programs on its PATH, and what was asked of it. */
const machine = (answers: Readonly<Record<string, ToolAnswer>>, names: readonly string[]) => {
  const bin = temporaryFolder();
  for (const name of names) fs.writeFileSync(path.join(bin, name), `#!/bin/sh\n# ${name}\n`, { mode: 0o755 });
  const store = path.join(temporaryFolder(), 'v');
  const asked: string[] = [];
  const places = { environment: { PATH: bin, HOME: temporaryFolder() }, platform: 'linux' } as const;
  const ask = (program: readonly string[]): ToolAnswer => {
    asked.push(program.join(' '));
    return answers[program.join(' ')] ?? { version: null, folders: [] };
  };
  return {
    bin,
    asked,
    /** A process that may ask, and one that may not. */
    run: (plan = install()) => knownTools(store, places, ask)(plan),
    warm: (plan = install()) => knownTools(store, places)(plan),
  };
};

const UV = { uv: { version: '0.13.9', folders: [] } };

test('what is not known is found out once, by the process that may start others', () => {
  const { asked, run, warm } = machine(UV, ['uv', 'python3']);
  assert.is(warm(), undefined);
  assert.is(run(), 'uv 0.13.9');
  assert.is(warm(), 'uv 0.13.9');
  assert.is(run(), 'uv 0.13.9');
  assert.equal(asked, ['uv']);
});

test('another file in its place is another program', () => {
  const { bin, run, warm } = machine(UV, ['uv']);
  run();
  fs.writeFileSync(path.join(bin, 'uv'), '#!/bin/sh\n# a newer one\n');
  assert.is(warm(), undefined);
});

test('pip: a newer one among the modules of its Python is noticed', () => {
  const modules = temporaryFolder();
  const answers = { 'python3 -m pip': { version: '24.0.0', folders: [modules] } };
  const { asked, run, warm } = machine(answers, ['python3']);
  assert.is(run(), 'pip 24.0.0');
  assert.equal(asked, ['python3 -m uv', 'python3 -m pip']);
  assert.is(warm(), 'pip 24.0.0');
  fs.mkdirSync(path.join(modules, 'pip-25.0.dist-info'));
  fs.utimesSync(modules, 1, 1);
  assert.is(warm(), undefined);
});

test('one that is too old is passed over, and nothing at all is an answer', () => {
  const old = machine({ uv: { version: '0.1.0', folders: [] } }, ['uv']);
  assert.is(old.run(), 'none');
  assert.is(old.warm(), 'none');
  assert.is(machine({}, []).warm(), 'none');
});

test('a container is lent uv alone; of its own pip the image tells', () => {
  const { asked, run } = machine({ ...UV, 'python3 -m pip': { version: '24.0.0', folders: [] } }, [
    'python3',
  ]);
  assert.is(run(install('docker')), 'none');
  assert.equal(asked, []);
  assert.is(machine(UV, ['uv']).run(install('docker')), 'uv 0.13.9');
});

test.run();
