import type { IConstruct } from 'constructs';
import { ArchitectureName } from '../../plan/target/architecture';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { propertiesInTemplate } from './properties-in-template';

type Target = BundlePlan['runtime'];

/** The fields of a function's resource that are cheap to read. */
interface Resource {
  readonly architectures?: unknown;
  readonly runtime?: unknown;
  /** The arguments of `addPropertyOverride`; not a public member. */
  readonly rawOverrides?: Readonly<Record<string, unknown>>;
}

/**
 * Whether the template may have another target than the plan. Rendering the template of every function would take too
 * long.
 */
export const mayHaveOtherTarget = (
  construct: IConstruct,
  { runtime }: Pick<BundlePlan, 'runtime'>,
): boolean => {
  const { architectures, runtime: name, rawOverrides } = (construct.node.defaultChild ?? {}) as Resource;
  const [architecture = runtime.architecture] = Array.isArray(architectures)
    ? (architectures as readonly unknown[])
    : [];
  return (
    architecture !== runtime.architecture ||
    (name !== undefined && name !== runtime.name) ||
    rawOverrides === undefined ||
    Object.keys(rawOverrides).length > 0
  );
};

/** The target in the final template; the plan's target if it is not known yet or is not Python. */
export const targetInTemplate = (construct: IConstruct, { runtime }: Pick<BundlePlan, 'runtime'>): Target => {
  const { Architectures: value, Runtime: name } = propertiesInTemplate(construct);
  const [architecture, ...others] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const python = typeof name === 'string' ? /^python(\d+\.\d+)$/.exec(name)?.[1] : undefined;
  return {
    ...runtime,
    ...(others.length > 0 || !ArchitectureName.is(architecture) ? {} : { architecture }),
    ...(python === undefined ? {} : { name: `python${python}`, python }),
  };
};
