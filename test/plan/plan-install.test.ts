import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { NOTHING_DECLARED } from '../../src/plan/model/declared-content';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { planBytecode } from '../../src/plan/model/bytecode-plan';
import { dockerInstall } from '../../src/plan/install/container-install';
import { hostInstall } from '../../src/plan/install/installer-argv';
import type { InstallPlan } from '../../src/plan/model/install-plan';
import { planInstall } from '../../src/plan/plan-install';
import type { RequirementSet } from '../../src/plan/declarations/sets/requirement-set';
import { requirementsFileSet } from '../../src/plan/declarations/sets/requirement-set';
import { runtimeOf } from '../../src/plan/runtime/target-runtime';
import { isWhole } from '../../src/plan/install/whole-build';
import { folder, planned, request, requirements, snapshot } from './support/world';

const test = suite('plan install');

const runtime = { name: 'python3.11', python: '3.11', glibcMinor: 26 };
const FILE = '/app/fn/requirements.txt';
const LEAST = { environment: [], volumes: [] };

const setOf = (...seen: Parameters<typeof requirements>): RequirementSet => {
  const set = requirementsFileSet(requirements(...seen));
  if (set === null) throw new Error('nothing is asked for');
  return set;
};
const installOf = (set: RequirementSet, changes: Parameters<typeof request>[0] = {}): InstallPlan =>
  planInstall(request(changes), set, runtime, runtimeOf(runtime, 'arm64', 'prop'), 'image', null);

test('it is put together of the inputs, the host, and the container', () => {
  const set = setOf({ [FILE]: '-e ../y\n' }, [folder('y', '/app/y'), folder(null, '/app/fn/wheels')]);
  const docker = { user: '1:2', environment: ['A'], volumes: [] };
  const what = { requirements: ['requirements.txt'], isLocked: false, isHashed: false, resolvedAsOf: null };
  assert.equal(installOf(set, { executor: 'host', docker: { ...docker, image: 'ignored here' } }), {
    executor: 'host',
    sdist: 'host',
    declaration: FILE,
    inputs: set.inputs,
    generated: [],
    ...what,
    isExact: true,
    leftOut: { omit: [], requested: [], exclude: [] },
    declared: NOTHING_DECLARED,
    hooks: { before: [], after: [] },
    isWhole: false,
    workingDirectory: 'fn',
    mayBeEmpty: false,
    host: hostInstall(runtime, 'arm64', { ...what, localPackages: ['y'] }),
    docker: dockerInstall(
      'arm64',
      docker,
      'image',
      { ...what, runtime, localPackages: ['y'], workingDirectory: 'fn', environment: [], buildsInput: true },
      null,
    ),
  });
});

/** What another kind of declaration gives. */
const locked: RequirementSet = {
  ...setOf({ [FILE]: 'six\n' }),
  generated: [{ path: 'hashed.txt', text: 'six==1\n' }],
  requirements: ['hashed.txt', 'requirements.txt'],
  isLocked: true,
  mayBeEmpty: true,
  requested: ['six', 'idna'],
  environment: ['INDEX_TOKEN'],
};

test('a lock goes to both of them, each requirements file and variable with it', () => {
  const install = installOf(locked);
  const { generated, requirements: files, isLocked, mayBeEmpty } = install;
  assert.equal(
    { generated, files, isLocked, mayBeEmpty },
    {
      generated: locked.generated,
      files: ['hashed.txt', 'requirements.txt'],
      isLocked: true,
      mayBeEmpty: true,
    },
  );
  assert.equal(install.host, hostInstall(runtime, 'arm64', locked));
  assert.equal(
    install.docker,
    dockerInstall('arm64', LEAST, 'image', { ...locked, runtime, buildsInput: false }, null),
  );
  assert.ok(install.docker.environment.includes('INDEX_TOKEN'));
  assert.equal(
    install.host.tools.map(({ runs }) => runs.length),
    [1, 2],
  );
});

test('what is left out is as asked; what is requested matters only where a distribution is', () => {
  const leftOut = (changes: Partial<typeof DEFAULT_DEPENDENCIES>): InstallPlan['leftOut'] =>
    installOf(locked, { dependencies: { ...DEFAULT_DEPENDENCIES, ...changes } }).leftOut;
  assert.equal(leftOut({}), { omit: [], requested: [], exclude: [] });
  assert.equal(leftOut({ exclude: ['*.pyi'] }), { omit: [], requested: [], exclude: ['*.pyi'] });
  assert.equal(leftOut({ omit: ['boto3'] }), { omit: ['boto3'], requested: ['six', 'idna'], exclude: [] });
});

test('hooks are taken over; they and a command of one’s own make it whole', () => {
  const hooks = { before: ['make a'], after: ['make b'] };
  const install = installOf(locked, { hooks });
  assert.equal([install.hooks, install.isWhole], [hooks, true]);
  const none = { before: [], after: [] };
  assert.is(isWhole({ hooks: none, docker: LEAST }), false);
  assert.is(isWhole({ hooks: none, docker: { ...LEAST, entrypoint: ['env'] } }), false);
  assert.is(isWhole({ hooks: { ...none, before: ['a'] }, docker: LEAST }), true);
  assert.is(isWhole({ hooks: { ...none, after: ['a'] }, docker: LEAST }), true);
  assert.is(isWhole({ hooks: none, docker: { ...LEAST, command: ['make'] } }), true);
  assert.is(installOf(locked, { docker: { ...LEAST, command: ['make'] } }).isWhole, true);
});

test('there is none where nothing is asked for', () => {
  const install = (text: string): InstallPlan | null =>
    planned(request(), snapshot({ requirements: requirements({ '/app/lib/requirements.txt': text }) }))
      .install;
  assert.is(planned().install, null);
  assert.is(install('# six\n'), null);
  assert.is(install('six\n')?.executor, 'auto');
});

test('functions that share a requirement set and all options share the plan of it, and only those', () => {
  const set = setOf({ [FILE]: 'six\n' });
  const first = installOf(set);
  assert.is(installOf(set), first);
  assert.is(installOf(set, { exclude: ['*.md'] }), first);
  assert.equal(installOf(setOf({ [FILE]: 'six\n' })), first);
  assert.is.not(installOf(setOf({ [FILE]: 'six\n' })), first);
  assert.is(installOf(set, { executor: 'host' }).executor, 'host');
  assert.is(installOf(set, { docker: { ...LEAST, network: 'n' } }).docker.network, 'n');
  assert.equal(installOf(set, { hooks: { before: ['a'], after: [] } }).hooks.before, ['a']);
  const leaving = { ...DEFAULT_DEPENDENCIES, omit: ['a'], exclude: ['b'] };
  assert.equal(installOf(set, { dependencies: leaving }).leftOut, {
    omit: ['a'],
    requested: ['six'],
    exclude: ['b'],
  });
  assert.is(installOf(set, { dependencies: { ...DEFAULT_DEPENDENCIES, groups: ['a'] } }), first);
  const other = { name: 'python3.12', python: '3.12', glibcMinor: 34 };
  const bytecode = planBytecode('auto', runtime, 'function');
  const install = (options: readonly [typeof runtime, 'arm64' | 'x86_64', string, typeof bytecode?]) =>
    planInstall(
      request(),
      set,
      options[0],
      runtimeOf(options[0], options[1], 'prop'),
      options[2],
      options[3] ?? null,
    );
  assert.is(install([runtime, 'arm64', 'image']), first);
  assert.is(install([runtime, 'arm64', 'other']).docker.image, 'other');
  assert.is(install([runtime, 'x86_64', 'image']).docker.platform, 'linux/amd64');
  assert.is(install([other, 'arm64', 'image']).host.markers['python_version'], '3.12');
  assert.match(install([runtime, 'arm64', 'image', bytecode]).docker.command[3] ?? '', 'cpython-311');
});

test('functions that share a requirements file share its set, also where it asks for nothing', () => {
  const installs = (text: string): readonly (InstallPlan | null)[] => {
    const seen = snapshot({ requirements: requirements({ '/app/lib/requirements.txt': text }) });
    return [planned(request(), seen).install, planned(request({ label: 'Other' }), seen).install];
  };
  const [one, two] = installs('six\n');
  assert.ok(one !== null && one === two);
  assert.equal(installs(''), [null, null]);
});

test.run();
