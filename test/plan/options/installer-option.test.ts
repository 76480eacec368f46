import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { plan } from '../../../src/plan/plan';
import { showPlanError } from '../../../src/plan/errors/plan-error';
import { decodePlan } from '../../../src/plan/decode/decode-plan';
import { survey } from '../../../src/exec/survey/survey';
import { planWith } from '../../exec/support/plans';
import { folderOf, HANDLER, requestFor } from '../../exec/support/requests';

const test = suite('bundling.installer');

const installersOf = (command: readonly string[] = []): readonly string[] => {
  const task = JSON.parse(command.at(-1) ?? '{}') as { readonly installers: readonly string[][][] };
  return task.installers.map((runs) => (runs[0]?.[0] === '{python}' ? 'pip' : 'uv'));
};

test('only the installer that is asked for is in the plan, on this machine as in a container', () => {
  for (const installer of ['uv', 'pip'] as const) {
    const { install } = planWith('six\n', { installer, executor: 'auto' });
    assert.is(install?.installer, installer);
    assert.equal(
      install?.host.tools.map(({ tool }) => tool),
      [installer],
    );
    assert.equal(installersOf(install?.docker.command), [installer]);
  }
  const { install } = planWith('six\n', { executor: 'auto' });
  assert.equal(
    install?.host.tools.map(({ tool }) => tool),
    ['uv', 'pip'],
  );
  assert.equal(installersOf(install?.docker.command), ['uv', 'pip']);
});

test('it is in the hash when it is given, and the plan is otherwise as it was', () => {
  const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six\n' });
  const hashes = ([undefined, 'uv', 'pip'] as const).map((installer) => {
    const request = requestFor(`${folder}/index.py`, installer === undefined ? {} : { installer });
    const planned = plan(request, survey(request)());
    if (isLeft(planned)) throw new Error('refused');
    assert.is('installer' in (planned.right.install ?? {}), installer !== undefined);
    return planned.right.hash.asset;
  });
  assert.is(new Set(hashes).size, 3);
});

test('a plan with an installer can be carried elsewhere; one that says another than it does is refused', () => {
  const made = planWith('six\n', { installer: 'pip' });
  const decoded = decodePlan(JSON.parse(JSON.stringify(made)));
  assert.equal(isLeft(decoded) ? decoded.left : [], []);
  const forged = { ...made, install: { ...made.install, installer: 'uv' } };
  assert.ok(isLeft(decodePlan(JSON.parse(JSON.stringify(forged)))));
});

test('another word, and pip where only uv will do, are errors', () => {
  const said = (installer: unknown, tree: Readonly<Record<string, string>>): readonly string[] => {
    const request = requestFor(`${folderOf({ 'index.py': HANDLER, ...tree })}/index.py`, {
      installer: installer as 'uv',
    });
    const planned = plan(request, survey(request)());
    return isLeft(planned) ? planned.left.map((error) => showPlanError(error).replace(/\/\S+\//, '')) : [];
  };
  assert.equal(said('conda', { 'requirements.txt': 'six\n' }), [
    '`bundling.installer` is "conda", but must be "uv" or "pip".',
  ]);
  const project =
    '[project]\nname = "x"\nversion = "0"\ndependencies = ["six"]\n[tool.uv]\noverride-dependencies = ["six==1.16.0"]\n';
  assert.equal(said('pip', { 'pyproject.toml': project }), [
    '`bundling.installer` is "pip", but only uv can honour these settings: override-dependencies (pyproject.toml:6). Set `bundling.installer` to "uv", leave it out, or remove the settings.',
  ]);
  assert.equal(said('uv', { 'pyproject.toml': project }), []);
});

test.run();
