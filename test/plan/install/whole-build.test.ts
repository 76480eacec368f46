import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { decodePlan } from '../../../src/plan/decode/decode-plan';
import type { ContainerTask } from '../../../src/plan/install/container-install';
import { hasOwnCommand } from '../../../src/plan/install/container-install';
import { renderPlan } from '../../../src/plan/show/render-plan';
import { notShipped } from '../../../src/plan/install/whole-build';
import {
  file,
  folder,
  planned,
  refusals,
  request,
  requirements,
  requiring,
  snapshot,
  SOURCE,
} from '../support/world';

const test = suite('whole builds');

const hooks = { before: ['make "{input}"'], after: ['rm -r {output}/docs', 'true'] };
const docker = { environment: [], volumes: [] };

const installOf = (plan: BundlePlan): NonNullable<BundlePlan['install']> => {
  if (plan.install === null) throw new Error('no install');
  return plan.install;
};

const asked = (changes: Partial<BundleRequest> = {}): BundleRequest =>
  request({ runtime: { prop: '3.13' }, ...changes });

test('hooks alone are an install of nothing', () => {
  const plan = planned(asked({ hooks }));
  const { requirements: files, inputs, host, isWhole, mayBeEmpty } = installOf(plan);
  assert.equal([files, inputs, host.tools, isWhole, mayBeEmpty], [[], [], [], true, true]);
  assert.is(plan.hash.dependencies === null, false);
  assert.is(decodePlan(JSON.parse(JSON.stringify(plan)))._tag, 'Right');
  assert.is(planned(asked()).install, null);
});

test('a container is told the folders, the scripts and where to write down what it installed', () => {
  const { whole, installers } = JSON.parse(
    installOf(planned(asked({ hooks }))).docker.command[3] ?? '',
  ) as ContainerTask;
  assert.equal(installers, []);
  assert.equal(whole, {
    input: '/asset-input',
    before: 'make "/asset-input"',
    after: 'rm -r /asset-output/docs && true',
    records: '/asset-bytecode/.installed',
  });
  const local = folder('lib', '/app/other');
  const seen = snapshot({
    requirements: requirements({ '/app/lib/requirements.txt': '../other\n' }, [local]),
  });
  const plan = planned(asked({ hooks: { ...hooks, after: [] } }), seen);
  const task = JSON.parse(installOf(plan).docker.command[3] ?? '') as ContainerTask;
  assert.equal(
    [task.whole?.input, task.whole?.before, task.whole?.after],
    ['/asset-input/lib', 'make "/asset-input/lib"', null],
  );
});

test('a command of the user is the command of the container, and hooks are not run', () => {
  const plan = planned(asked({ hooks, docker: { ...docker, command: ['make', 'all'] } }));
  assert.equal(installOf(plan).docker.command, ['make', 'all']);
  assert.is(installOf(plan).isWhole, true);
  assert.is(hasOwnCommand(installOf(plan).docker), true);
  assert.is(hasOwnCommand(installOf(planned(asked({ hooks }))).docker), false);
  assert.is(decodePlan(JSON.parse(JSON.stringify(plan)))._tag, 'Right');
});

test('a command runs in a container only, and commands build no layer beside the function', () => {
  const command = { ...docker, command: ['make'] };
  assert.equal(refusals(asked({ executor: 'host', docker: command }), snapshot()), [
    {
      _tag: 'InvalidOption',
      option: 'bundling.executor',
      given: 'host',
      expected: '"docker", "buildkit" or "auto", because `bundling.command` runs in a container',
    },
  ]);
  assert.equal(refusals(asked({ dependenciesIn: 'layer', hooks }), snapshot()), [
    {
      _tag: 'InvalidOption',
      option: 'bundling.dependencies',
      given: 'layer',
      expected: '"bundle" if `bundling.command` or `bundling.commandHooks` is set',
    },
  ]);
  const forged = planned(asked({ executor: 'auto', docker: command }));
  const decoded = decodePlan({ ...forged, install: { ...forged.install, executor: 'host' } });
  assert.equal(decoded._tag === 'Left' && decoded.left.slice(0, 1), [
    {
      path: '/install/executor',
      message: 'must be "docker", "buildkit" or "auto": only a container can run its own command',
    },
  ]);
});

test('the same hooks give the same hash, others another, wherever the files lie', () => {
  const key = (changes: Partial<BundleRequest> = {}): unknown => planned(asked({ hooks, ...changes })).hash;
  assert.equal(key(), key());
  assert.is.not(JSON.stringify(key()), JSON.stringify(key({ hooks: { ...hooks, before: ['true'] } })));
  const edited = snapshot({ files: [file('stack.my_handler.py', `${SOURCE}#\n`)] });
  assert.is.not(
    planned(asked({ hooks }), edited).hash.dependencies,
    planned(asked({ hooks })).hash.dependencies,
  );
  // Without hooks the sources are no part of what is installed.
  const files = [...edited.files, file('more.py')];
  assert.is(
    planned(asked(), { ...requiring('six\n'), files }).hash.dependencies,
    planned(asked(), requiring('six\n')).hash.dependencies,
  );
});

test('what the installer reads stays behind, and what is made in local packages, but sources ship', () => {
  const input = (path: string) => ({
    path,
    from: '/x',
    digest: '',
    hashed: '',
    executable: false,
    edits: [],
  });
  const source = (path: string) => ({ from: path, path, size: 0, executable: false, digest: '' });
  const inputs = [
    'fn/requirements.txt',
    'fn/pyproject.toml',
    'fn/libs/x/setup.py',
    'fn/libs/x/x.py',
    'y/pyproject.toml',
  ].map(input);
  const generated = [{ path: 'fn/locked.txt', text: '' }];
  assert.equal(
    notShipped({ inputs, generated, workingDirectory: 'fn' }, [source('index.py'), source('libs/x/x.py')]),
    {
      files: ['requirements.txt', 'pyproject.toml', 'libs/x/setup.py'],
      folders: ['libs/x'],
      sources: ['index.py', 'libs/x/x.py'],
      generated: ['locked.txt'],
    },
  );
  assert.equal(
    notShipped({ inputs: [], generated: [], workingDirectory: '.' }, [
      source('a.py'),
      source('requirements-dev.txt'),
    ]),
    { files: ['requirements-dev.txt'], folders: [], sources: ['a.py'], generated: [] },
  );
});

test('as a person reads it', () => {
  const dependencies = { ...asked().dependencies, omit: ['boto3'], exclude: ['tests/', '*.pyi'] };
  const lines = renderPlan(planned(asked({ hooks, dependencies }))).split('\n');
  assert.equal(
    lines.filter((line) => /^dependencies|^ {2}(left out|before|after)/.test(line)),
    [
      'dependencies  by auto, from nothing',
      '  left out    boto3',
      '  left out    tests/, *.pyi',
      '  before      make "{input}"',
      '  after       rm -r {output}/docs',
      '  after       true',
    ],
  );
});

test.run();
