import type { EnvironmentOptions, IFunction, ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { BundlePlan } from '../plan/model/bundle-plan';
import type { BundleRequest } from '../plan/request/bundle-request';
import { phaseOf } from './request/bundling-phase';
import { keepPlanned, planOf } from './bundling/construct-plan';
import { unknownKeys } from './request/context-keys';
import { definingFiles } from './request/defining-file';
import { addLayersTo, addVariableTo, importSources, layersBeside, surroundWith } from './function-layers';
import { givenFunctionProps, type GivenProps } from './props/given-props';
import { layerModules } from './bundling/layer-modules';
import type { Planned } from './bundling/planned-code';
import { codeOf, enqueue, planRequest, refused, runtimeNamed, surveyFor } from './bundling/planned-code';
import { PythonDependenciesLayer } from './python-dependencies-layer';
import type { PythonFunctionProps } from './props/python-function-props';
import { requestOfProps } from './request/request-of-props';

/** The maximum number of layers of a function (Lambda quotas). */
const MOST_LAYERS = 5;

/**
 * A Lambda function from a Python file.
 *
 * `new PythonFunction(this, 'my_handler')` in `stack.ts` takes `stack.my_handler.py` beside it, with the modules of a
 * `requirements.txt` there. The constructor only plans. At the end of the synthesis, all bundles of the app are made in
 * one batch. Each error is a validation error under its construct's path.
 *
 * @example
 * new PythonFunction(this, 'my_handler');
 *
 * @since 0.1.0
 */
export class PythonFunction extends Function {
  /**
   * The plan of a function's bundle: plain data that can be printed, compared and run elsewhere.
   *
   * It is not a property of the function, so that any `lambda.Function` is assignable to this type.
   *
   * @param fn a function that this class made
   * @throws all errors, if the function could not be planned; an error if this library did not make the function
   *
   * @since 0.1.0
   */
  public static planOf(fn: IFunction): BundlePlan {
    return planOf('function', fn);
  }

  /**
   * The layer with the function's modules. Functions of a stack with the same modules share it.
   *
   * @default - none: `bundling.dependencies` is not `'layer'`, or there are no modules
   *
   * @since 0.1.0
   */
  public readonly dependenciesLayer?: ILayerVersion;

  public constructor(scope: Construct, id: string, given: PythonFunctionProps = {}) {
    const found = givenFunctionProps(given);
    const { props } = found;
    const { planned, layer, from } = plannedWithLayer(scope, id, found);
    const layers = [...(props.layers ?? []), ...(layer === undefined ? [] : [layer])];
    super(scope, id, {
      ...props,
      code: codeOf(scope, id, planned, props.bundling),
      ...(planned._tag === 'Planned'
        ? codeProps(planned.plan, props.runtime)
        : placeholderProps(planned.runtime)),
      ...(layer === undefined ? {} : { layers }),
    });
    this.dependenciesLayer = layer;
    keepPlanned('function', this, planned);
    surroundWith(this, layers, props.environment);
    enqueue(this, planned, props.bundling, {
      layers: () => layersBeside(this),
      imports: () => importSources(this, from),
    });
  }

  public override addLayers(...layers: ILayerVersion[]): void {
    super.addLayers(...layers);
    addLayersTo(this, layers);
  }

  public override addEnvironment(key: string, value: string, options?: EnvironmentOptions): this {
    addVariableTo(this, key);
    return super.addEnvironment(key, value, options);
  }
}

interface PlannedWithLayer {
  readonly planned: Planned;
  /** The request's `dependencies.from`. */
  readonly from: string | undefined;
  readonly layer?: ILayerVersion;
}

const plannedWithLayer = (
  scope: Construct,
  id: string,
  { props, errors, undefinedNames }: GivenProps<PythonFunctionProps>,
): PlannedWithLayer => {
  const { layers = [], bundling } = props;
  const modules = layerModules(layers);
  const request: BundleRequest = {
    ...requestOfProps(scope, id, props, definingFiles(), undefinedNames),
    ...(modules.length === 0 ? {} : { layerModules: modules }),
  };
  const { from } = request.dependencies;
  const snapshot = surveyFor(scope, request);
  const planned = planRequest(request, snapshot, [
    ...errors,
    ...unknownKeys(scope),
    ...phaseOf(scope, props.bundling ?? {}).errors,
  ]);
  const isInLayer = planned._tag === 'Planned' && planned.plan.dependenciesIn === 'layer';
  if (!isInLayer || planned.plan.install === null) return { planned, from };
  if (layers.length >= MOST_LAYERS) {
    const error = { _tag: 'TooManyLayers', given: layers.length, limit: MOST_LAYERS } as const;
    return { planned: refused([error], planned.plan.runtime.name), from };
  }
  return {
    planned,
    from,
    layer: PythonDependenciesLayer.of(scope, request, { plan: planned.plan, snapshot }, bundling),
  };
};

const codeProps = ({ handler, runtime }: BundlePlan, given: Runtime | undefined) => ({
  handler: handler ?? '',
  runtime: given ?? runtimeNamed(runtime.name),
});

/** If the runtime is unknown, there are no layers either: CDK would throw because they do not fit the placeholder. */
const placeholderProps = (runtime: string | undefined) => ({
  handler: 'index.handler',
  ...(runtime === undefined
    ? { runtime: Runtime.PYTHON_3_13, layers: [] }
    : { runtime: runtimeNamed(runtime) }),
});
