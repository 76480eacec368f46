import { isRight } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodePlan } from '../../../src/plan/decode/decode-plan';
import { relocatePlan } from '../../../src/plan/assembly/relocate-plan';
import { file, folder, planned, request, requiring, SOURCE } from '../support/world';

const test = suite('relocate-plan');

/** A plan with a local package above its root. */
const withPackage = () =>
  planned(request(), {
    ...requiring('-e ../y\n', folder('y', '/app/y', [file('setup.py'), file('y.py')])),
    entry: { root: '/app/lib', path: 'index.py', source: SOURCE },
    files: [file('index.py', SOURCE)],
  });

const places = { root: '/there/own', outside: '/there/outside', output: '/there/asset.zip' };

test('what lies in the root keeps its place in it; what the installer reads of elsewhere gets one of its own', () => {
  const plan = withPackage();
  const there = relocatePlan(plan, places);
  assert.equal(there.entry, { ...plan.entry, file: '/there/own/index.py', root: '/there/own' });
  assert.is(there.output.path, '/there/asset.zip');
  assert.equal(
    there.install?.inputs.map(({ from }) => from),
    ['/there/own/requirements.txt', '/there/outside/1-setup.py', '/there/outside/2-y.py'],
  );
  assert.is(there.install?.declaration, '/there/own/requirements.txt');
});

test('nothing else changes, and no hash', () => {
  const plan = withPackage();
  const back = relocatePlan(relocatePlan(plan, places), {
    root: plan.entry.root,
    outside: '/there/outside',
    output: plan.output.path,
  });
  assert.equal({ ...back, install: null }, { ...plan, install: null });
  assert.equal(relocatePlan(plan, places).hash, plan.hash);
  const output = `/there/asset.${plan.hash.asset}.zip`;
  assert.ok(isRight(decodePlan(relocatePlan(plan, { ...places, output }))));
});

test('a plan that installs nothing', () => {
  const plan = { ...withPackage(), install: null };
  assert.is(relocatePlan(plan, places).install, null);
});

test.run();
