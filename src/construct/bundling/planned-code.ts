import { Annotations, attachCustomSynthesis, Stage } from 'aws-cdk-lib';
import { Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { isLeft, isRight } from 'fp-ts/Either';
import { seenHere } from '../../exec/files/relative-to-current-folder';
import { survey } from '../../exec/survey/survey';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { BundleRequest } from '../../plan/request/bundle-request';
import { futureErrors } from '../../plan/options/dependency-option-errors';
import { sha256 } from '../../plan/values/hash';
import { plan } from '../../plan/plan';
import type { PlanError } from '../../plan/errors/plan-error';
import { showPlanError } from '../../plan/errors/plan-error';
import { showPlanWarning, warningId } from '../../plan/errors/plan-warning';
import { chooseRuntime } from '../../plan/runtime/runtime-choice';
import type { SourceSnapshot } from '../../plan/model/source-snapshot';
import { memoryOf } from '../request/app-cache';
import { BundleCode } from './bundle-code';
import { BundleExecutors } from '../props/bundle-executor';
import type { QueuedBundle } from './bundle-queue';
import { BundleQueue } from './bundle-queue';
import type { BundlingOptions } from '../props/bundling-options';
import { packageCommand, phaseOf } from '../request/bundling-phase';
import { installerVariables } from '../request/docker-request';
import { isLate, warnLate } from '../checks/late-warnings';
import { tellNeeded } from './needed-declaration-note';
import { isToldAlready } from './warning-once';

/** The result of planning: a plan, or all errors. */
export type Planned =
  | {
      readonly _tag: 'Planned';
      readonly plan: BundlePlan;
      /** For a layer: normalized names of its distributions, as far as they are known. @default - none are known */
      readonly distributions?: readonly string[];
    }
  | {
      readonly _tag: 'Refused';
      readonly messages: readonly string[];
      /** Lambda's name of the runtime, if at least that is known. */
      readonly runtime?: string;
    };

/** The survey of the disk for a request in an app. */
export const surveyFor = (scope: Construct, request: BundleRequest): SourceSnapshot => {
  const snapshot = survey(request, memoryOf(scope))();
  tellNeeded(scope, request.label, snapshot);
  return snapshot;
};

/**
 * Plans a bundle. It makes nothing and throws nothing.
 *
 * @param known errors so far, reported together with those found here
 */
export const planRequest = (
  request: BundleRequest,
  snapshot: SourceSnapshot,
  known: readonly PlanError[] = [],
): Planned => {
  const errors = [...known, ...futureErrors(request, Date.now())];
  const planned = plan(request, snapshot);
  if (!isLeft(planned) && errors.length === 0) return { _tag: 'Planned', plan: planned.right };
  const chosen = chooseRuntime(request, snapshot);
  const found = isLeft(planned) ? planned.left.filter((error) => !followsFrom(errors, error)) : [];
  return refused([...errors, ...found], isRight(chosen) ? chosen.right.runtime.name : undefined);
};

/** Errors that follow from a wrong option, and the options: reporting both would send users to the wrong place. */
const SAID_BY: Partial<Record<PlanError['_tag'], readonly string[]>> = {
  EntryNotFound: ['props', 'entry', 'index'],
  RuntimeNotSet: ['props', 'compatibleRuntimes'],
};

const followsFrom = (errors: readonly PlanError[], { _tag }: PlanError): boolean =>
  errors.some((error) => error._tag === 'InvalidOption' && SAID_BY[_tag]?.includes(error.option) === true);

export const refused = (errors: readonly PlanError[], runtime?: string): Planned => ({
  _tag: 'Refused',
  messages: errors.map((error) => seenHere(showPlanError(error))),
  ...(runtime === undefined ? {} : { runtime }),
});

/** The code of the bundle, or a placeholder if there is no plan: then one synthesis can report all errors of an app. */
export const codeOf = (
  scope: Construct,
  id: string,
  planned: Planned,
  bundling: BundlingOptions = {},
): BundleCode => {
  if (planned._tag === 'Planned') {
    const { phase } = phaseOf(scope, bundling);
    const command = phase === 'publish' ? packageCommand(planned.plan) : undefined;
    return new BundleCode(planned.plan.output, planned.plan.hash.asset, command);
  }
  const hash = sha256(`${scope.node.path}/${id}`);
  const path = `${Stage.of(scope)?.assetOutdir ?? 'cdk.out'}/asset.${hash}`;
  return new BundleCode({ packaging: 'directory', path }, hash);
};

/**
 * Queues the bundle of a construct with those of the app. Errors become validation errors under the construct's path,
 * and warnings become annotations.
 */
export const enqueue = (
  construct: Construct,
  planned: Planned,
  bundling: BundlingOptions = {},
  beside: Pick<QueuedBundle, 'layers' | 'imports'> = {},
): void => {
  if (planned._tag === 'Planned') {
    for (const warning of planned.plan.warnings) {
      if (isLate(warning) || isToldAlready(construct, warning)) continue;
      Annotations.of(construct).addWarningV2(warningId(warning), seenHere(showPlanWarning(warning)));
    }
  }
  const queue = ask(construct, planned, bundling, beside);
  const warn = (): void => {
    if (planned._tag === 'Planned') warnLate(construct, planned.plan);
  };
  construct.node.addValidation({
    validate: () => {
      warn();
      return queue.validate(construct);
    },
  });
  attachCustomSynthesis(construct, {
    onSynthesize: () => {
      warn();
      queue.synthesize(construct);
    },
  });
};

/**
 * Queues a bundle once more, when another construct needs something else beside it. Errors are reported under this
 * construct.
 */
export const ask = (
  construct: Construct,
  planned: Planned,
  bundling: BundlingOptions = {},
  beside: Pick<QueuedBundle, 'layers' | 'imports'> = {},
): BundleQueue => {
  const queue = BundleQueue.of(construct);
  const own = typeof bundling.executor === 'object' ? bundling.executor : undefined;
  queue.add({
    construct,
    planned,
    phase: phaseOf(construct, bundling).phase,
    executor: () => own ?? BundleExecutors.of(construct).find(),
    environment: installerVariables(bundling),
    ...beside,
  });
  return queue;
};

/** CDK's own object for a runtime; a runtime newer than this CDK is made from its name. */
export const runtimeNamed = (name: string): Runtime =>
  Runtime.ALL.find((runtime) => runtime.name === name) ??
  new Runtime(name, RuntimeFamily.PYTHON, { supportsInlineCode: true, supportsSnapStart: true });
