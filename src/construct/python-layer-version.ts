import { LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { ILayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { BundlePlan } from '../plan/model/bundle-plan';
import { phaseOf } from './request/bundling-phase';
import { keepPlanned, planOf } from './bundling/construct-plan';
import { unknownKeys } from './request/context-keys';
import { definingFiles } from './request/defining-file';
import { givenLayerProps } from './props/given-props';
import { withDistributions } from './bundling/layer-modules';
import type { Planned } from './bundling/planned-code';
import { codeOf, enqueue, planRequest, runtimeNamed, surveyFor } from './bundling/planned-code';
import type { PythonLayerVersionProps } from './props/python-layer-version-props';
import { architecturesOf, requestOfLayerProps } from './request/request-of-layer-props';

/**
 * A Lambda layer from a folder of Python modules, with the modules of a `requirements.txt` in it.
 *
 * It is planned, installed and made together with the functions of the app: shared requirements are installed once.
 *
 * @example
 * const shared = new PythonLayerVersion(this, 'Shared', {
 *   entry: 'shared',
 *   compatibleRuntimes: [Runtime.PYTHON_3_13],
 * });
 * new PythonFunction(this, 'my_handler', { layers: [shared], runtime: Runtime.PYTHON_3_13 });
 *
 * @since 0.1.0
 */
export class PythonLayerVersion extends LayerVersion {
  /**
   * The plan of a layer's bundle: plain data that can be printed, compared and run elsewhere.
   *
   * It is not a property of the layer, so that any `lambda.LayerVersion` is assignable to this type.
   *
   * @param layer a layer that this class made, or the `dependenciesLayer` of a `PythonFunction`
   * @throws all errors, if the layer could not be planned; an error if this library did not make the layer
   *
   * @since 0.1.0
   */
  public static planOf(layer: ILayerVersion): BundlePlan {
    return planOf('layer', layer);
  }

  public constructor(scope: Construct, id: string, given: PythonLayerVersionProps) {
    const { props, errors } = givenLayerProps(given);
    const request = requestOfLayerProps(scope, id, props, definingFiles());
    const snapshot = surveyFor(scope, request);
    const planned = planRequest(request, snapshot, [
      ...errors,
      ...unknownKeys(scope),
      ...phaseOf(scope, props.bundling ?? {}).errors,
    ]);
    const { layerVersionName, description, license, removalPolicy } = props;
    super(scope, id, {
      ...(layerVersionName === undefined ? {} : { layerVersionName }),
      ...(description === undefined ? {} : { description }),
      ...(license === undefined ? {} : { license }),
      ...(removalPolicy === undefined ? {} : { removalPolicy }),
      code: codeOf(scope, id, planned, props.bundling),
      ...runtimesOf(props, planned),
      compatibleArchitectures: [...architecturesOf(props)],
    });
    keepPlanned('layer', this, withDistributions(planned, request, snapshot));
    enqueue(this, planned, props.bundling);
  }
}

/** If the runtime is unknown, the layer names none: functions with this layer should report only their own errors. */
const runtimesOf = (
  { compatibleRuntimes = [] }: PythonLayerVersionProps,
  planned: Planned,
): { readonly compatibleRuntimes?: Runtime[] } => {
  if (compatibleRuntimes.length > 0) return { compatibleRuntimes: [...compatibleRuntimes] };
  const name = planned._tag === 'Planned' ? planned.plan.runtime.name : undefined;
  return name === undefined ? {} : { compatibleRuntimes: [runtimeNamed(name)] };
};
