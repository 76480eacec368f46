import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { PythonFunction, PythonFunctionProps } from '../../../src/construct/index';
import { PythonLayerVersion } from '../../../src/construct/index';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { functionIn, sources } from './app';

export const SIX = { 'requirements.txt': 'six==1.17.0\n' };

export const inLayer = (
  stack: Stack,
  id: string,
  props: Partial<PythonFunctionProps> = {},
  tree: Readonly<Record<string, string>> = SIX,
): PythonFunction =>
  functionIn(stack, id, {
    entry: sources(tree),
    ...props,
    bundling: { dependencies: 'layer', ...props.bundling },
  });

export type Resources = Readonly<Record<string, { readonly Properties: Readonly<Record<string, unknown>> }>>;

export const layersIn = (stack: Stack): Resources =>
  Template.fromStack(stack).findResources('AWS::Lambda::LayerVersion') as Resources;

export const planOfLayer = ({ dependenciesLayer }: PythonFunction): BundlePlan =>
  PythonLayerVersion.planOf(dependenciesLayer as ILayerVersion);
