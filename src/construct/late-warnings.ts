import { Annotations, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { seenHere } from '../exec/seen-here';
import type { BundlePlan } from '../plan/bundle-plan';
import type { PlanWarning } from '../plan/plan-warning';
import { showPlanWarning, warningId } from '../plan/plan-warning';

/** Warnings that a later statement of the app can make wrong: they wait for the synthesis. */
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

/** The handler as the template will have it. An override (`addPropertyOverride`) is in no property of the resource. */
export const handlerInTemplate = (construct: IConstruct): unknown => {
  const resource = construct.node.defaultChild as unknown as
    { _toCloudFormation?: () => unknown } | undefined;
  const template = Stack.of(construct).resolve(resource?._toCloudFormation?.()) as
    | {
        readonly Resources?: Readonly<
          Record<string, { readonly Properties?: { readonly Handler?: unknown } }>
        >;
      }
    | undefined;
  return Object.values(template?.Resources ?? {})[0]?.Properties?.Handler;
};
