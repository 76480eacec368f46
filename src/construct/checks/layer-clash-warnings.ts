import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ExecutionError } from '../../exec/errors/execution-error';
import type { LayerVersion } from '../../exec/bundle/layer-versions';
import type { LayersClash } from '../../exec/bundle/layers-clash';
import type { BundlePlan } from '../../plan/model/bundle-plan';

/** The id for acknowledging the warning that two layers have modules with the same name. */
export const LAYERS_CLASH = 'cdk-lambda-python:layersClash';

/** The error that Lambda unpacks a layer's module over a function's module. */
export const replacedByClash = (
  { dependenciesIn, hash }: BundlePlan,
  clashes: readonly LayersClash[],
): ExecutionError | undefined => {
  if (dependenciesIn !== 'layer') return undefined;
  const found = clashes.find(({ first }) => first.hash.dependencies === hash.dependencies);
  return (
    found && {
      _tag: 'LayersClash',
      path: found.path,
      first: found.first.label,
      second: found.second.label,
    }
  );
};

/**
 * Warns of other clashes: the user chooses which layer comes last.
 *
 * @param versions the warnings about versions so far
 */
export const warnOfClashes = (
  construct: IConstruct,
  clashes: readonly LayersClash[],
  versions: readonly LayerVersion[],
): void => {
  const all = clashes
    .filter(({ first }) => !versions.some(({ layer }) => layer === first))
    .map(({ path, first, second }) => `${path} of ${second.label} replaces that of ${first.label}`);
  if (all.length === 0) return;
  Annotations.of(construct).addWarningV2(
    LAYERS_CLASH,
    `Two layers of the function have a module with the same name and different content, and Lambda unpacks the later layer over the earlier: ${all.join('; ')}. Declare the same versions in both, or rename one of the modules.`,
  );
};
