import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { seenHere } from '../../exec/files/relative-to-current-folder';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { PlanWarning } from '../../plan/errors/plan-warning';
import { showPlanWarning, warningId } from '../../plan/errors/plan-warning';
import { propertiesInTemplate } from './properties-in-template';

/** Warnings that a later statement of the app may make wrong: they wait for the synthesis. */
export const isLate = ({ _tag }: PlanWarning): boolean => _tag === 'HandlerNotDefined';

const warned = new WeakSet<IConstruct>();

/** Shows a construct's late warnings, once. */
export const warnLate = (construct: IConstruct, plan: BundlePlan): void => {
  if (warned.has(construct)) return;
  warned.add(construct);
  const late = plan.warnings.filter(isLate);
  if (late.length === 0 || handlerInTemplate(construct) !== plan.handler) return;
  for (const warning of late) {
    Annotations.of(construct).addWarningV2(warningId(warning), seenHere(showPlanWarning(warning)));
  }
};

/** The handler in the final template. */
export const handlerInTemplate = (construct: IConstruct): unknown =>
  propertiesInTemplate(construct)['Handler'];
