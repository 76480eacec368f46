import { isLeft, isRight } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodePlan } from '../../../src/plan/decode/decode-plan';
import { plan } from '../../../src/plan/plan';
import { showPlanError } from '../../../src/plan/errors/plan-error';
import { renderPlan } from '../../../src/plan/show/render-plan';
import { sbomErrors } from '../../../src/plan/options/option-errors';
import { request, snapshot } from '../support/world';

const test = suite('plan: a bill of materials');

test('true, false or nothing', () => {
  for (const sbom of [true, false, undefined]) assert.equal(sbomErrors({ sbom }), []);
  for (const given of ['false', null, 1]) {
    const planned = plan(request({ sbom: given as unknown as boolean }), snapshot());
    assert.equal(isLeft(planned) && planned.left.map(showPlanError), [
      `\`bundling.sbom\` is ${JSON.stringify(String(given))}, but must be true or false.`,
    ]);
  }
});

test('it is in the plan, and in no hash', () => {
  const [without, with_] = [false, true].map((sbom) => plan(request({ sbom }), snapshot()));
  if (without === undefined || with_ === undefined || isLeft(without) || isLeft(with_))
    throw new Error('no plan');
  assert.equal([without.right.output.sbom, with_.right.output.sbom], [false, true]);
  assert.equal(with_.right.hash, without.right.hash);
  assert.match(renderPlan(with_.right), /^sbom +CycloneDX, beside the output$/m);
  assert.not.match(renderPlan(without.right), /sbom/);
});

test('where the modules are in a layer, it is that of the layer', () => {
  const planned = plan(request({ sbom: true, dependenciesIn: 'layer' }), snapshot());
  if (isLeft(planned)) throw new Error('no plan');
  assert.is(planned.right.output.sbom, false);
  assert.ok(isRight(decodePlan(planned.right)));
  const { output } = planned.right;
  const decoded = decodePlan({ ...planned.right, output: { ...output, sbom: true } });
  assert.equal(isLeft(decoded) && decoded.left.map((error) => error.path), ['/output/sbom']);
});

test.run();
