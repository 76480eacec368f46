import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ExecutionError } from '../../exec/errors/execution-error';
import type { LayerVersion } from '../../exec/bundle/layer-versions';
import { pathHere } from '../../exec/files/relative-to-current-folder';
import type { BundlePlan } from '../../plan/model/bundle-plan';

/** The id for acknowledging the warning about another version in a layer. */
export const OTHER_VERSION_IN_LAYER = 'cdk-lambda-python:otherVersionInLayer';

const declaredIn = ({ install }: BundlePlan): string => {
  const declaration = install?.declaration ?? null;
  return declaration === null ? '' : ` (${pathHere(declaration)})`;
};

/** The error that Lambda unpacks another version over the function's. */
export const replacedByLayer = (
  plan: BundlePlan,
  versions: readonly LayerVersion[],
): ExecutionError | undefined => {
  const found = versions.find(({ isOver }) => isOver);
  return (
    found && {
      _tag: 'LayerReplaces',
      own: `${found.name} ${found.own}${declaredIn(plan)}`,
      version: `${found.name} ${found.version}${declaredIn(found.layer)}`,
      layer: found.layer.label,
    }
  );
};

/** Warns of other versions in layers. They are not imported, because the function's own come first. */
export const warnOfLayerVersions = (
  construct: IConstruct,
  plan: BundlePlan,
  versions: readonly LayerVersion[],
): void => {
  if (versions.length === 0) return;
  const all = versions.map(
    ({ name, own, version, layer }) =>
      `${name} ${own}${declaredIn(plan)} comes before ${name} ${version} of the layer ${layer.label}${declaredIn(layer)}`,
  );
  Annotations.of(construct).addWarningV2(
    OTHER_VERSION_IN_LAYER,
    `The function and its layer have different versions, and Python imports the function's own: ${all.join('; ')}. Declare the same versions, or leave one of the declarations out.`,
  );
};
