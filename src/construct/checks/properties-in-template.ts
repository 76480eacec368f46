import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * The properties of a construct's resource in the final template. An override (`addPropertyOverride`) is in no property
 * of the resource.
 */
export const propertiesInTemplate = (construct: IConstruct): Readonly<Record<string, unknown>> => {
  const resource = construct.node.defaultChild as unknown as
    { _toCloudFormation?: () => unknown } | undefined;
  const template = Stack.of(construct).resolve(resource?._toCloudFormation?.()) as
    | {
        readonly Resources?: Readonly<
          Record<string, { readonly Properties?: Readonly<Record<string, unknown>> }>
        >;
      }
    | undefined;
  return Object.values(template?.Resources ?? {})[0]?.Properties ?? {};
};
