import type { IConstruct } from 'constructs';
import { ArchitectureName } from '../plan/architecture';
import type { BundlePlan } from '../plan/bundle-plan';
import { propertyInTemplate } from './property-in-template';

/** A plan for the architecture that the template will have; as it is where that is not known yet. */
export const asInTemplate = (construct: IConstruct, plan: BundlePlan): BundlePlan => {
  const value = propertyInTemplate(construct, 'Architectures');
  const [architecture, ...others] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  return others.length > 0 || !ArchitectureName.is(architecture)
    ? plan
    : { ...plan, runtime: { ...plan.runtime, architecture } };
};
