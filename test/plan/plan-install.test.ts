import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planBytecode } from '../../src/plan/bytecode-plan';
import { dockerInstall } from '../../src/plan/docker-install';
import { hostInstall } from '../../src/plan/host-install';
import { installInputs } from '../../src/plan/install-inputs';
import type { InstallPlan } from '../../src/plan/install-plan';
import { planInstall } from '../../src/plan/plan-install';
import type { RequirementsSnapshot } from '../../src/plan/source-snapshot';
import { runtimeOf } from '../../src/plan/target-runtime';
import { folder, request, requirements } from './support/world';

const test = suite('plan install');

const runtime = { name: 'python3.11', python: '3.11', glibcMinor: 26 };
const FILE = '/app/fn/requirements.txt';

const installOf = (
  seen: RequirementsSnapshot | null,
  changes: Parameters<typeof request>[0] = {},
): InstallPlan | null =>
  planInstall(request(changes), seen, runtime, runtimeOf(runtime, 'arm64', 'prop'), 'image', null);
const mayBeEmpty = (text: string, more: Readonly<Record<string, string>> = {}): boolean | undefined =>
  installOf(requirements({ [FILE]: text, ...more }))?.mayBeEmpty;

test('it is put together of the inputs, the host, and the container', () => {
  const seen = requirements({ [FILE]: '-e ../y\n' }, [folder('y', '/app/y'), folder(null, '/app/fn/wheels')]);
  const docker = { user: '1:2', environment: ['A'], volumes: [] };
  assert.equal(installOf(seen, { executor: 'host', docker: { ...docker, image: 'ignored here' } }), {
    executor: 'host',
    ...installInputs(seen),
    mayBeEmpty: false,
    host: hostInstall(runtime, 'arm64', ['y']),
    docker: dockerInstall(docker, 'image', 'arm64', 'fn', null),
  });
});

test('there is none where nothing is asked for', () => {
  assert.is(installOf(null), null);
  for (const text of ['', '# six\n\n', '--pre\n', '-i https://h/simple\n', '-f ./wheels\n', '-c c.txt\n']) {
    assert.is(installOf(requirements({ [FILE]: text, '/app/fn/c.txt': 'six==1\n' })), null, text);
  }
  assert.is(installOf(requirements({ [FILE]: '-f ./wheels\n' }, [folder(null, '/app/fn/wheels')])), null);
});

test('nothing may come out only where every requirement has a marker', () => {
  const marked = 'six ; os_name == "nt"\n';
  assert.is(mayBeEmpty('six\n'), false);
  assert.is(mayBeEmpty(marked), true);
  assert.is(mayBeEmpty(`${marked}six\n`), false);
  assert.is(mayBeEmpty(`${marked}./x\n`), false);
  assert.is(mayBeEmpty('./x ; os_name == "nt"\n'), true);
  assert.is(mayBeEmpty(`${marked}-f ./wheels\n`), true);
  assert.is(mayBeEmpty(`${marked}-r b.txt\n`, { '/app/fn/b.txt': 'six\n' }), false);
  assert.is(mayBeEmpty(`${marked}-c b.txt\n`, { '/app/fn/b.txt': 'six\n' }), true);
  assert.is(mayBeEmpty('-r https://h/a.txt\n'), true);
});

test('functions that share a requirements file and all options share the plan of it, and only those', () => {
  const seen = requirements({ [FILE]: 'six\n' });
  const docker = { environment: [], volumes: [] };
  const first = installOf(seen);
  assert.is(installOf(seen), first);
  assert.is(installOf(seen, { exclude: ['*.md'] }), first);
  assert.equal(installOf(requirements({ [FILE]: 'six\n' })), first);
  assert.is.not(installOf(requirements({ [FILE]: 'six\n' })), first);
  assert.is(installOf(seen, { executor: 'host' })?.executor, 'host');
  assert.is(installOf(seen, { docker: { ...docker, network: 'n' } })?.docker.network, 'n');
  const other = { name: 'python3.12', python: '3.12', glibcMinor: 34 };
  const bytecode = planBytecode('auto', runtime);
  const planned = (options: readonly [typeof runtime, 'arm64' | 'x86_64', string, typeof bytecode?]) =>
    planInstall(
      request(),
      seen,
      options[0],
      runtimeOf(options[0], options[1], 'prop'),
      options[2],
      options[3] ?? null,
    );
  assert.is(planned([runtime, 'arm64', 'image']), first);
  assert.is(planned([runtime, 'arm64', 'other'])?.docker.image, 'other');
  assert.is(planned([runtime, 'x86_64', 'image'])?.docker.platform, 'linux/amd64');
  assert.is(planned([other, 'arm64', 'image'])?.host.markers['python_version'], '3.12');
  assert.match(planned([runtime, 'arm64', 'image', bytecode])?.docker.command[2] ?? '', 'cpython-311');
  const none = requirements({ [FILE]: '' });
  assert.is(installOf(none), null);
  assert.is(installOf(none), null);
});

test.run();
