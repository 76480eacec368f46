import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { declaresOrder, orderedBy } from '../../../src/plan/install/index-order';
import { nameFurtherIndexes } from '../../../src/plan/declarations/sets/further-indexes';
import type { InstallPlan } from '../../../src/plan/model/install-plan';
import { dependenciesHash } from '../../../src/plan/parts/plan-hash';
import { planWith } from '../../exec/support/plans';

const test = suite('the order of package indexes');

const OPEN = { isLocked: false, isHashed: false };
const by = (
  values: Readonly<Record<string, string>>,
  what: Parameters<typeof orderedBy>[0] = OPEN,
  own = values,
) => orderedBy(what, values, own);

test('a line or a variable adds an index whose order counts', () => {
  assert.is(by({}), undefined);
  assert.is(by({ UV_DEFAULT_INDEX: 'https://a', PIP_INDEX_URL: 'https://a', UV_INDEX: '' }), undefined);
  assert.is(by({}, { ...OPEN, isOrdered: true }), 'line');
  for (const name of ['UV_INDEX', 'UV_EXTRA_INDEX_URL', 'PIP_EXTRA_INDEX_URL'])
    assert.is(by({ [name]: 'https://a' }), name);
});

test('the variable that the user has set is named, and not the one that stands for it', () => {
  const both = { UV_INDEX: 'https://a', PIP_EXTRA_INDEX_URL: 'https://a' };
  assert.is(by(both, OPEN, { PIP_EXTRA_INDEX_URL: 'https://a' }), 'PIP_EXTRA_INDEX_URL');
});

test('the order decides nothing where versions are pinned, or where all indexes are asked alike', () => {
  const index = { UV_INDEX: 'https://a' };
  assert.is(by(index, { isLocked: true, isOrdered: true }), undefined);
  assert.is(by(index, { isLocked: false, isHashed: true, isOrdered: true }), undefined);
  const alike = { ...index, UV_INDEX_STRATEGY: 'unsafe-best-match' };
  assert.is(by(alike, { ...OPEN, isOrdered: true }), undefined);
  assert.is(by({ ...index, UV_INDEX_STRATEGY: 'unsafe-first-match' }), 'UV_INDEX');
});

test('lines of requirements files, in every form that pip reads', () => {
  for (const line of [
    '--extra-index-url https://a',
    '--extra-index-url=https://a',
    '--extra \\\n  https://a',
  ])
    assert.ok(nameFurtherIndexes(['six\n', `${line}\n`]), line);
  for (const line of ['# --extra-index-url https://a', '--index-url https://a', 'six'])
    assert.not(nameFurtherIndexes([`${line}\n`]), line);
});

test('a plan says it, in a field that other plans do not have, and only its hashes are others', () => {
  const install = (text: string, tree = {}) => planWith(text, {}, tree).install;
  assert.is(install('--extra-index-url https://a/simple\nsix\n')?.isOrdered, true);
  assert.is(install('-r b.txt\nsix\n', { 'b.txt': '--extra-index-url https://a/simple\n' })?.isOrdered, true);
  const ordered = planWith('--extra-index-url https://a/simple\nsix\n');
  if (ordered.install === null) throw new Error('nothing is installed');
  const { isOrdered, ...before } = ordered.install;
  const hashOf = (each: InstallPlan) => dependenciesHash(each, ordered.runtime, ordered.image, []);
  assert.is(isOrdered, true);
  assert.is(hashOf({ ...before, isOrdered: true }), ordered.hash.dependencies);
  assert.is.not(hashOf(before), ordered.hash.dependencies);
  const open = install('six\n');
  assert.not('isOrdered' in (open ?? {}));
  const hash = `--hash=sha256:${'a'.repeat(64)}`;
  assert.not('isOrdered' in (install(`--extra-index-url https://a/simple\nsix==1 ${hash}\n`) ?? {}));
  assert.is(open === null || open === undefined ? undefined : declaresOrder(open), false);
});

test.run();
