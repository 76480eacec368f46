import * as E from 'fp-ts/Either';
import * as t from 'io-ts';
import { closed, EnvironmentName } from '../../plan/values/codecs';
import { decodePlan } from '../../plan/decode/decode-plan';
import type { PlanFieldError } from '../../plan/values/field-error';
import { fieldErrorOf } from '../../plan/values/field-error';
import type { CarriedPlan } from './carry-plan';

const Envelope = closed({ plan: t.unknown, variables: t.readonlyArray(EnvironmentName) }, 'CarriedPlan');

/** A file of a cloud assembly as a plan that can be run, or all its errors. */
export const decodeCarriedPlan = (value: unknown): E.Either<readonly PlanFieldError[], CarriedPlan> => {
  const envelope = Envelope.decode(value);
  if (E.isLeft(envelope)) return E.left(envelope.left.map(fieldErrorOf));
  const plan = decodePlan(envelope.right.plan);
  return E.isLeft(plan)
    ? E.left(plan.left.map(({ path, message }) => ({ path: `/plan${path}`, message })))
    : E.right({ plan: plan.right, variables: envelope.right.variables });
};
