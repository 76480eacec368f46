import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { decodePlan } from '../../src/plan/decode/decode-plan';
import { pointer } from '../../src/plan/values/field-error';
import { execute } from '../support/bundle-file';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { gatherInputs } from '../../src/exec/install/gather-inputs';
import { planOf } from '../exec/support/plans';
import { HANDLER } from '../exec/support/requests';
import type { Json, Path } from '../plan/support/mutations';
import { changed, widened, isObject, valueAt } from '../plan/support/mutations';
import { asJson } from '../plan/support/world';
import { effectsBeyond } from '../support/effects';
import { HOSTILE_VALUES, placesOf } from '../support/hostile-values';
import { environmentWith } from '../support/python-tools';
import { REAL_PLANS } from '../support/real-plans';
import { reliabilityTable } from '../support/reliability-table';
import { sealed } from '../support/sealed-plan';
import { listTree, temporaryFolder, writeTree } from '../support/temporary';

const test = suite('plans as attack');
const { row, run } = reliabilityTable(test, 'hostile: plans');

/** How many random changes are tried; a longer run finds what the fixed one does not. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 400);
const SEED = 20240601;

/** Nothing is thrown, and what is taken for a plan can do no more than make its bundle. */
const isBounded = (value: unknown): void => {
  const decoded = decodePlan(value);
  if (E.isLeft(decoded)) assert.ok(decoded.left.length > 0);
  else assert.equal(effectsBeyond(decoded.right), []);
};

const shown = (at: Path, value: Json): string => `${pointer(at)} ${JSON.stringify(value).slice(0, 80)}`;

test('the plans are plans, and sealing them changes nothing', () => {
  for (const [name, plan] of Object.entries(REAL_PLANS)) {
    assert.equal(sealed(plan), plan, name);
    assert.ok(E.isRight(decodePlan(asJson(plan))), name);
    isBounded(asJson(plan));
  }
});

/** Those with the most fields: here it is hashes that refuse nearly all. */
const FULLEST = ['container with options', 'local packages'];

row(
  'a plan with one field, at any place, of another value: an option, a path, a command, another type, …',
  'refused, or a plan that writes and mounts nothing but its own',
  async (tryCase) => {
    for (const name of FULLEST) {
      const json = asJson(REAL_PLANS[name]) as Json;
      for (const at of placesOf(json)) {
        await tryCase(`${name} ${pointer(at)}`, () => {
          for (const value of HOSTILE_VALUES) {
            const other = changed(json, at, () => value);
            isBounded(other);
          }
        });
      }
    }
  },
);

/** What hashes and arguments do not decide: else only they would be tried. */
const DERIVED = /^\/(hash|runtime|install\/(host|docker\/(argv|command|mounts\/[0-4])))(\/|$)/;

row(
  'the same with a plan of each kind, and every hash and argument worked out anew from the changed field',
  'refused, or a plan that writes and mounts nothing but its own',
  async (tryCase) => {
    for (const [name, plan] of Object.entries(REAL_PLANS)) {
      const json = asJson(plan) as Json;
      for (const at of placesOf(json).filter((each) => !DERIVED.test(pointer(each)))) {
        await tryCase(`${name} ${pointer(at)}`, () => {
          for (const value of HOSTILE_VALUES) {
            const other = sealed(changed(json, at, () => value));
            try {
              isBounded(other);
            } catch (error) {
              throw new Error(`${shown(at, value)}: ${String(error)}`);
            }
          }
        });
      }
    }
  },
);

row(
  'a plan with a field more, named `__proto__`, `constructor`, `toString` and the like, or with one less',
  'refused, and no object has a property more',
  async (tryCase) => {
    const names = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', 'then'];
    for (const [name, plan] of Object.entries(REAL_PLANS)) {
      const json = asJson(plan) as Json;
      await tryCase(name, () => {
        for (const at of placesOf(json).filter((each) => isObject(valueAt(json, each)))) {
          for (const more of names) assert.ok(E.isLeft(decodePlan(widened(json, at, more))), shown(at, more));
          for (const key of Object.keys(valueAt(json, at) as object))
            assert.ok(E.isLeft(decodePlan(changed(json, [...at, key], () => undefined))), shown(at, key));
        }
        assert.is(({} as { x?: unknown }).x, undefined);
        assert.equal(Object.keys(Object.prototype), []);
      });
    }
  },
);

const plans = Object.values(REAL_PLANS).map((plan) => asJson(plan) as Json);

/** A plan with up to four changes at random places, its hashes and arguments worked out anew or not. */
const mutated = fc
  .record({
    json: fc.constantFrom(...plans),
    changes: fc.array(
      fc.record({
        place: fc.nat(),
        value: fc.oneof(
          fc.constantFrom(...HOSTILE_VALUES),
          fc.string({ unit: 'binary', maxLength: 20 }),
          fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
          fc.nat().map((from) => ({ from })),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    isSealed: fc.boolean(),
  })
  .map(({ json, changes, isSealed }) => {
    const other = changes.reduce<Json>((value, change) => {
      const places = placesOf(value);
      const at = places[change.place % places.length] ?? [];
      const { value: to } = change;
      const from = isObject(to) ? (to as { from?: unknown }).from : undefined;
      const moved =
        typeof from === 'number' ? valueAt(json, placesOf(json)[from % placesOf(json).length] ?? []) : to;
      return changed(value, at, () => moved);
    }, json);
    return isSealed ? sealed(other) : other;
  });

row(
  'plans with up to four random changes: hostile texts, binary text, any JSON, a value from another place',
  'nothing is thrown; refused, or bounded as above',
  async (tryCase) => {
    await tryCase('random', () => {
      fc.assert(fc.property(mutated, isBounded), { numRuns: RUNS, seed: SEED });
    });
    await tryCase('any JSON', () => {
      fc.assert(fc.property(fc.jsonValue({ maxDepth: 5 }), isBounded), { numRuns: RUNS, seed: SEED });
    });
  },
);

/** Folders around a project, its output and what an installer reads, with files that nobody may touch. */
const place = (): { readonly around: string; readonly project: string } => {
  const around = temporaryFolder();
  writeTree(around, {
    'canary.txt': 'untouched',
    'other/asset.txt': 'untouched',
    'project/index.py': HANDLER,
    'project/data.csv': 'a,b',
    'project/requirements.txt': 'six\n-e ./lib\n',
    'project/lib/setup.py': 'from setuptools import setup\nsetup(name="lib")\n',
  });
  return { around, project: path.join(around, 'project') };
};

/** All hostile values at all places that decide where something is written, as far as they are taken. */
const accepted = (plan: BundlePlan, where: RegExp): readonly BundlePlan[] => {
  const json = asJson(plan) as Json;
  return placesOf(json)
    .filter((at) => where.test(pointer(at)))
    .flatMap((at) => HOSTILE_VALUES.map((value) => sealed(changed(json, at, () => value))))
    .flatMap((value) => {
      const decoded = decodePlan(value);
      return E.isRight(decoded) ? [decoded.right] : [];
    });
};

row(
  'changed plans that were taken for plans, run in a folder with files around it',
  'every file around the output is as it was, and nothing is left beside a bundle',
  async (tryCase) => {
    const { around, project } = place();
    const outputDirectory = path.join(around, 'cdk.out');
    for (const packaging of ['directory', 'zip'] as const) {
      const plan = planOf(project, {
        packaging,
        outputDirectory,
        dependencies: { ...DEFAULT_DEPENDENCIES, from: 'none' },
      });
      const before = listTree(around);
      await tryCase(packaging, async () => {
        const all = accepted(plan, /^\/(sources|entry|output\/prefix|label|handler|hash\/asset)/);
        assert.ok(all.length > 50, `${all.length} plans`);
        for (const each of all) {
          await execute([each], {
            ...environmentWith({}),
            CDK_LAMBDA_PYTHON_CACHE: path.join(around, 'cdk.out/store'),
          });
        }
        const after = listTree(around);
        assert.equal(
          after.filter((file) => !file.path.startsWith('cdk.out/')),
          before.filter((file) => !file.path.startsWith('cdk.out/')),
        );
        const beside = after.filter(({ path: file }) => /^cdk\.out\/(?!store\/|asset\.)/.test(file));
        assert.equal(beside, []);
      });
    }
  },
);

row(
  'changed plans that were taken for plans: what their installers would read is gathered',
  'every file around the folder it is gathered in is as it was',
  async (tryCase) => {
    const { around, project } = place();
    const plan = planOf(project, { outputDirectory: path.join(around, 'cdk.out') });
    const before = listTree(around);
    await tryCase('inputs', async () => {
      const all = accepted(plan, /^\/install\/(inputs|generated|requirements|workingDirectory)/);
      assert.ok(all.length > 20, `${all.length} plans`);
      for (const [index, { install }] of all.entries()) {
        if (install !== null)
          await gatherInputs(install, path.join(around, 'gathered', `${index}`)).catch(() => undefined);
      }
      assert.equal(
        listTree(around).filter((file) => !file.path.startsWith('gathered/')),
        before,
      );
    });
  },
);

run();
