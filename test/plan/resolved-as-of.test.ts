import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { DependencyRequest } from '../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { decodePlan } from '../../src/plan/decode/decode-plan';
import { showPlanError } from '../../src/plan/errors/plan-error';
import { asJson, planned, refusals, request, requiring, snapshot } from './support/world';

const test = suite('plan: an index as of a date');

const asked = (resolvedAsOf?: string) => {
  const dependencies: DependencyRequest =
    resolvedAsOf === undefined ? DEFAULT_DEPENDENCIES : { ...DEFAULT_DEPENDENCIES, resolvedAsOf };
  return request({ runtime: { prop: 'python3.13' }, dependencies });
};

const seen = requiring('idna>=3\n');
const DATE = '2026-01-01';
const MOMENT = '2026-01-01T00:00:00Z';

const argvOf = ({ install }: BundlePlan): readonly (readonly string[])[] => {
  const task = JSON.parse(install?.docker.command[3] ?? '{}') as {
    installers: readonly (readonly string[])[][];
  };
  return [...(install?.host.tools ?? []).flatMap(({ runs }) => runs), ...task.installers.flat()];
};

const OPTIONS = ['--exclude-newer', '--uploaded-prior-to', '--exclude-newer', '--uploaded-prior-to'];

test('each installer, here and in a container, is told; an older pip is none', () => {
  const plan = planned(asked(DATE), seen);
  assert.equal(
    argvOf(plan).map((argv) => argv.slice(-4)),
    OPTIONS.map((option) => [option, MOMENT, '--requirement', 'requirements.txt']),
  );
  assert.equal(
    plan.install?.host.tools.map(({ minimumVersion }) => minimumVersion),
    ['0.9.16', '26.0.0'],
  );
  assert.is(plan.install?.resolvedAsOf, MOMENT);
});

test('it is a part of the hash; without one the hash is as before', () => {
  const hash = (date?: string) => planned(asked(date), seen).hash;
  assert.is.not(hash(DATE).dependencies, hash().dependencies);
  assert.is.not(hash(DATE).asset, hash().asset);
  assert.is.not(hash(DATE).asset, hash('2026-01-02').asset);
  assert.is(hash(DATE).asset, hash(MOMENT).asset);
  assert.is(planned(asked(), seen).install?.resolvedAsOf, null);
});

test('a lock has no use for it', () => {
  const locked = snapshot({
    project: {
      kind: 'pylock',
      source: {
        file: '/app/lib/pylock.toml',
        text: 'lock-version = "1.0"\ncreated-by = "x"\n[[packages]]\nname = "six"\nversion = "1.17.0"\nwheels = [{ url = "https://h/six-1.17.0-py3-none-any.whl", hashes = {} }]\n',
      },
      manifest: null,
      localPackages: [],
    },
  });
  assert.is(planned(asked(DATE), locked).install?.resolvedAsOf, null);
  assert.is(planned(asked(DATE), locked).hash.asset, planned(asked(), locked).hash.asset);
});

test('a date that is none is an error', () => {
  for (const given of ['yesterday', '2026-02-30', '2026-01-01T00:00:00', '--index-url', ''])
    assert.equal(refusals(asked(given), seen).map(showPlanError), [
      `\`dependencies.resolvedAsOf\` is ${JSON.stringify(given)}, but must be a date or a time with its zone (RFC 3339), such as "2026-11-01" or "2026-11-01T12:00:00Z".`,
    ]);
});

test('it survives JSON; a plan that says something else of its arguments is refused', () => {
  const plan = planned(asked(DATE), seen);
  assert.equal(decodePlan(asJson(plan)), { _tag: 'Right', right: plan });
  for (const resolvedAsOf of [null, '2025-01-01T00:00:00Z', DATE, 'P1D', '--index-url'])
    assert.is(decodePlan(asJson({ ...plan, install: { ...plan.install, resolvedAsOf } }))._tag, 'Left');
  // Also where all of a plan says the same: it becomes an argument.
  const text = JSON.stringify(plan).replaceAll(MOMENT, '--index-url=x');
  const decoded = decodePlan(JSON.parse(text));
  if (decoded._tag === 'Right') throw new Error('it was taken');
  assert.equal(
    decoded.left.map(({ path }) => path),
    ['/install/resolvedAsOf'],
  );
});

test.run();
