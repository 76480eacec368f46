import { invalidKey, invalidOption } from '../../plan/errors/invalid-option';
import * as path from 'node:path';
import type { Construct } from 'constructs';
import { carriedPlan } from '../../exec/assembly/carry-plan';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { relativePath, staysInside } from '../../plan/values/paths';
import type { PlanError } from '../../plan/errors/plan-error';
import type { BundlingOptions, BundlingPhase } from '../props/bundling-options';

/** The context key that sets the phase for an app, stage or stack. */
export const PHASE_KEY = 'cdk-lambda-python:phase';

const PHASES: readonly unknown[] = ['synth', 'publish'] satisfies readonly BundlingPhase[];

const isPhase = (value: unknown): value is BundlingPhase => PHASES.includes(value);

/** The phase of a construct, or the errors in its value. */
export const phaseOf = (
  scope: Construct,
  { phase, packaging, executor }: BundlingOptions,
): { readonly phase: BundlingPhase; readonly errors: readonly PlanError[] } => {
  const given: unknown = phase ?? scope.node.tryGetContext(PHASE_KEY) ?? 'synth';
  if (!isPhase(given)) {
    const expected = `one of ${PHASES.join(', ')}`;
    const error =
      phase === undefined
        ? invalidKey(PHASE_KEY, String(given), expected)
        : invalidOption('bundling.phase', String(given), expected);
    return { phase: 'synth', errors: [error] };
  }
  if (given === 'synth') return { phase: given, errors: [] };
  return {
    phase: given,
    errors: [
      ...(packaging === 'directory'
        ? [invalidOption('bundling.packaging', packaging, '"zip" in the phase "publish"')]
        : []),
      ...(typeof executor === 'object'
        ? [
            invalidOption(
              'bundling.executor',
              'an object',
              '"auto", "host" or "docker" in the phase "publish", where a separate process makes bundles',
            ),
          ]
        : []),
    ],
  };
};

/**
 * The command that the CDK CLI runs for a bundle that is not in the bucket. The CLI runs it in its current folder,
 * usually that of the app: a path inside this folder is valid on another machine as well.
 */
export const packageCommand = (plan: BundlePlan): readonly string[] => {
  const file = carriedPlan(plan);
  const relative = relativePath(process.cwd(), file);
  const place = staysInside(relative) ? relative : path.resolve(file);
  return ['npx', '--no-install', 'cdk-lambda-python', 'package', place];
};
