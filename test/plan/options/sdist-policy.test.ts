import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { decodePlan, showPlanFieldErrors } from '../../../src/plan/decode/decode-plan';
import { showPlanError } from '../../../src/plan/errors/plan-error';
import { sdistErrors, sdistPolicy, stricter } from '../../../src/plan/options/sdist-policy';
import { asJson, folder, planned, refusals, request, requirements, snapshot } from '../support/world';

const test = suite('where what has no wheel is built');

const FILE = '/app/lib/requirements.txt';
const seen = snapshot({ requirements: requirements({ [FILE]: 'six\n' }) });
const install = (changes: Partial<BundleRequest>) => planned(request(changes), seen).install;

test('here where something may be installed here, else in the container; a policy says otherwise', () => {
  assert.is(sdistPolicy({ executor: 'auto' }), 'host');
  assert.is(sdistPolicy({ executor: 'host' }), 'host');
  assert.is(sdistPolicy({ executor: 'docker' }), 'docker');
  assert.is(sdistPolicy({ executor: 'docker', sdist: 'host' }), 'docker');
  assert.is(sdistPolicy({ executor: 'auto', sdist: 'docker' }), 'docker');
  for (const executor of ['auto', 'host', 'docker'] as const)
    assert.is(sdistPolicy({ executor, sdist: 'forbid' }), 'forbid');
});

test('of two the stricter counts', () => {
  assert.is(stricter('host', 'docker'), 'docker');
  assert.is(stricter('docker', 'forbid'), 'forbid');
  assert.is(stricter('forbid', 'host'), 'forbid');
  assert.is(stricter('host', 'host'), 'host');
});

const said = (executor: BundleRequest['executor'], sdist: string): readonly string[] =>
  sdistErrors({ executor, sdist: sdist as 'host' }).map(showPlanError);

test('another word, and a container where none is used, are no policy', () => {
  assert.equal(said('auto', 'off'), ['`bundling.sdist` is "off", but must be "forbid", "docker" or "host".']);
  assert.is(stricter('forbid', 'off' as 'host'), 'off');
  assert.equal(said('host', 'docker'), [
    '`bundling.sdist` is "docker", but must be "host" or "forbid" if `bundling.executor` is "host", because no container is used then.',
  ]);
  assert.equal([...said('auto', 'docker'), ...said('host', 'forbid'), ...said('docker', 'host')], []);
  assert.equal(refusals(request({ executor: 'host', sdist: 'docker' }), seen).length, 1);
});

test('it is in the plan, in the arguments, and in the hash where it is not the default', () => {
  const local = snapshot({
    requirements: requirements({ [FILE]: '-e ../y ; sys_platform == "win32"\nsix\n' }, [
      folder('y', '/app/y'),
    ]),
  });
  const plans = (['host', 'docker', 'forbid'] as const).map((sdist) => planned(request({ sdist }), local));
  const built = plans.map(({ install: found }) => found?.host.tools[0]?.runs[0]?.includes('--no-binary'));
  assert.equal(built, [true, false, false]);
  assert.equal(
    plans.map(({ install: found }) => found?.sdist),
    ['host', 'docker', 'forbid'],
  );
  assert.is(new Set(plans.map(({ hash }) => hash.dependencies)).size, 3);
  assert.is(planned(request(), local).hash.dependencies, plans[0]?.hash.dependencies);
});

test('a container that may build nothing takes wheels only, with a pip that is kept from it', () => {
  const installers = (sdist: BundleRequest['sdist']) => {
    const found = install({ executor: 'docker', ...(sdist === undefined ? {} : { sdist }) });
    return JSON.parse(found?.docker.command[3] ?? '').installers as readonly (readonly string[])[][];
  };
  const [[uv] = [], [pip] = []] = installers('forbid');
  assert.ok(uv?.join(' ').includes('--only-binary :all:'));
  assert.equal(pip?.slice(0, 4), ['{python}', '-I', '/asset-tools/pip_without_builds.py', 'install']);
  assert.ok(pip?.join(' ').includes('--only-binary :all:'));
  assert.not.ok(JSON.stringify(installers(undefined)).includes('only-binary'));
});

test('a plan from elsewhere cannot have another policy than its arguments', () => {
  const plan = planned(request({ executor: 'host' }), seen);
  const wrong = (changes: object): string => {
    const read = decodePlan(asJson({ ...plan, install: { ...plan.install, ...changes } }));
    return read._tag === 'Left' ? showPlanFieldErrors(read.left) : '';
  };
  assert.match(wrong({ sdist: 'docker' }), '/install/sdist: must be "host" or "forbid"');
  assert.match(wrong({ sdist: 'all' }), '/install/sdist');
  assert.match(wrong({ sdist: 'forbid' }), '/hash/dependencies');
  assert.match(wrong({ executor: 'docker' }), '/install/sdist: must be "docker", got "host"');
});

test('what is no wheel by its declaration is told with its line, where nothing may be built', () => {
  const text = 'six\n-e ../y\n./z.whl\nx @ git+https://aws:pw@h/x@main\n';
  const there = snapshot({
    requirements: requirements({ [FILE]: text.replace('aws:pw@', '') }, [folder('y', '/app/y')]),
  });
  assert.equal(refusals(request({ sdist: 'forbid' }), there), [
    { _tag: 'BuildForbidden', file: FILE, line: 2, requirement: '-e ../y' },
    { _tag: 'BuildForbidden', file: FILE, line: 4, requirement: 'x @ git+https://h/x@main' },
  ]);
  assert.ok(planned(request({ sdist: 'docker' }), there));
});

test.run();
