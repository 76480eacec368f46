import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { waysToFit, type Portion } from '../../../src/exec/errors/ways-to-fit';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { slimPatterns } from '../../../src/plan/options/slim';
import { limited } from '../support/layer-plans';
import { planWith } from '../support/plans';

const test = suite('what makes a bundle smaller that is too large');

const MB = 1024 * 1024;

const file = (path: string, megabytes: number, kind: Portion['kind'] = 'module'): Portion => ({
  of: path.split('/')[0] ?? path,
  path,
  size: megabytes * MB,
  kind,
});

/** A plan with a limit of 100 MB, so that what has less than 1 MB is worth no word. */
const planned = (dependencies: Partial<typeof DEFAULT_DEPENDENCIES> = {}): BundlePlan =>
  limited(planWith('a\n', { dependencies: { ...DEFAULT_DEPENDENCIES, ...dependencies } }), 100 * MB);

const OWN = 'leave files of yours out with `bundling.exclude`';
const OMIT = 'leave distributions that are not imported out with `dependencies.omit`';
const EXCLUDE = 'leave files of distributions out with `dependencies.exclude`';
const SLIM = 'set `dependencies.slim`';

test('own files are named only where there are some, and modules likewise', () => {
  assert.equal(waysToFit(planned(), [file('a.bin', 120, 'own')]), [OWN]);
  assert.equal(waysToFit(planned(), [file('a/x.so', 120), file('index.py', 0.1, 'own')]), [
    EXCLUDE,
    'require less',
  ]);
  assert.equal(waysToFit(planned(), [file('a/x.so', 120), file('b/x.so', 1), file('c.bin', 1, 'own')]), [
    ...[OWN, OMIT, EXCLUDE],
    'require less',
  ]);
});

test('`slim` is named with what it saves, if that is worth it, and with the kinds that are not set', () => {
  const files = [file('a/tests/x.bin', 4), file('a/x.pyi', 3), file('a/x.so', 120)];
  assert.is(waysToFit(planned(), files)[0], `${SLIM}: true, which leaves out 7.0 MB`);
  assert.is(
    waysToFit(planned({ exclude: slimPatterns(['tests']) }), files.slice(1))[0],
    `${SLIM} with "types", "sources" as well, which leaves out 3.0 MB`,
  );
  assert.is(waysToFit(planned({ exclude: slimPatterns(true) }), files)[0], EXCLUDE);
  assert.is(waysToFit(planned(), [file('a/tests/x.bin', 0.5), file('a/x.so', 120)])[0], EXCLUDE);
});

test('what is set already is told as that', () => {
  const files = [file('a/x.so', 120), file('b/x.so', 1)];
  const given = { omit: ['boto3'], exclude: [...slimPatterns(['tests']), '*.md'] };
  assert.equal(waysToFit(planned(given), files), [
    `${OMIT} beside "boto3"`,
    `${EXCLUDE} beside "*.md"`,
    'require less',
  ]);
});

test('byte code that is required, and layers', () => {
  const bytecode = { ...planned(), bytecode: { mode: 'require' } } as unknown as BundlePlan;
  assert.equal(waysToFit(bytecode, [file('a.bin', 99, 'own'), file('a.pyc', 20, 'bytecode')]), [
    OWN,
    'set `bundling.bytecode` to "off" (bytecode has 20.0 MB)',
  ]);
  assert.equal(waysToFit(planned(), [file('a.bin', 120, 'layer')]), [
    'name smaller layers in `layers`, or fewer',
  ]);
});

test('files of a bundle that commands make', () => {
  const whole = limited(planWith('a\n', { hooks: { before: [], after: ['true'] } }), 100 * MB);
  assert.equal(waysToFit(whole, [file('a.bin', 120)]), [
    'have the commands of `bundling` leave less',
    EXCLUDE,
    'require less',
  ]);
});

test.run();
