import type { EnvironmentOptions, ILayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { BundlePlan } from '../plan/bundle-plan';
import type { BundleRequest } from '../plan/bundle-request';
import type { PlanError } from '../plan/plan-error';
import { phaseOf } from './bundling-phase';
import { definingFiles } from './defining-file';
import { givenFunctionProps } from './given-props';
import type { ImportSources } from './import-warnings';
import { layerModules } from './layer-modules';
import type { Planned } from './planned-code';
import { codeOf, enqueue, planOf, planRequest, refused, runtimeNamed, surveyFor } from './planned-code';
import { PythonDependenciesLayer } from './python-dependencies-layer';
import { PythonLayerVersion } from './python-layer-version';
import type { PythonFunctionProps } from './python-function-props';
import { requestOfProps } from './request-of-props';

/** How many layers a function may have (Lambda quotas). */
const MOST_LAYERS = 5;

/** The variable that has Python look for modules in other folders. */
const SEARCH_PATH = 'PYTHONPATH';

/**
 * A Lambda function from a Python file: `new PythonFunction(this, 'my_handler')` in `stack.ts` takes
 * `stack.my_handler.py` beside it, with the modules of a `requirements.txt` beside that.
 *
 * The constructor only plans. At the end of the synthesis all bundles of the app are made in one batch; what is wrong
 * with any of them is a validation error under its construct's path.
 *
 * @example
 * new PythonFunction(this, 'my_handler');
 *
 * @since 0.1.0
 */
export class PythonFunction extends Function {
  /**
   * The layer that holds the function's modules, where `bundling.dependencies` is `'layer'` and it has any. Functions of a
   * stack with the same modules have the same one.
   *
   * @since 0.1.0
   */
  public readonly dependenciesLayer: ILayerVersion | undefined;

  private readonly planned: Planned;

  public constructor(scope: Construct, id: string, given: PythonFunctionProps = {}) {
    const { props, errors } = givenFunctionProps(given);
    const { planned, layer } = plannedWithLayer(scope, id, props, errors);
    super(scope, id, {
      ...props,
      code: codeOf(scope, id, planned, props.bundling),
      ...(planned._tag === 'Planned'
        ? codeProps(planned.plan, props.runtime)
        : placeholderProps(planned.runtime)),
      ...(layer === undefined ? {} : { layers: [...(props.layers ?? []), layer] }),
    });
    this.planned = planned;
    this.dependenciesLayer = layer;
    this.beside.push(...(props.layers ?? []), ...(layer === undefined ? [] : [layer]));
    enqueue(this, planned, props.bundling, {
      layers: () => this.layersBeside(),
      imports: () => this.importSources(),
    });
    this.hasSearchPath = props.environment?.[SEARCH_PATH] !== undefined;
  }

  /** Layers, as they were given: what of them is made here counts for Lambda's limit. */
  private readonly beside: ILayerVersion[] = [];

  public override addLayers(...layers: ILayerVersion[]): void {
    super.addLayers(...layers);
    // Called by the constructor of the superclass as well, before there is a list.
    (this.beside as ILayerVersion[] | undefined)?.push(...layers);
  }

  private hasSearchPath: boolean;

  public override addEnvironment(key: string, value: string, options?: EnvironmentOptions): this {
    if (key === SEARCH_PATH) this.hasSearchPath = true;
    return super.addEnvironment(key, value, options);
  }

  /** Undefined where Python looks in other folders as well, or a layer could not be planned. */
  private importSources(): ImportSources | undefined {
    const known = this.beside.flatMap((layer) => planOfLayer(layer) ?? []);
    const own = this.beside.filter(isOwnLayer);
    if (this.hasSearchPath || known.length < own.length) return undefined;
    return { layers: known, hasOtherLayers: own.length < this.beside.length };
  }

  /** Where modules in a layer of their own are all there is, they were counted with the function. */
  private layersBeside(): { readonly plans: readonly BundlePlan[]; readonly areCounted: boolean } {
    return {
      plans: this.beside.flatMap((layer) => planOfLayer(layer) ?? []),
      areCounted: !this.beside.some((layer) => layer instanceof PythonLayerVersion),
    };
  }

  /**
   * What the bundle will be, and how it is made: plain data that can be printed, compared and run elsewhere.
   *
   * @throws where the function cannot be planned; the error says all that is wrong
   */
  public get plan(): BundlePlan {
    return planOf(this.planned);
  }
}

const isOwnLayer = (layer: ILayerVersion): boolean =>
  layer instanceof PythonDependenciesLayer || layer instanceof PythonLayerVersion;

/** A layer that could not be planned says so itself. */
const planOfLayer = (layer: ILayerVersion): BundlePlan | undefined => {
  if (layer instanceof PythonDependenciesLayer) return layer.plan;
  return layer instanceof PythonLayerVersion ? layer.planIfAny : undefined;
};

interface PlannedWithLayer {
  readonly planned: Planned;
  readonly layer?: ILayerVersion;
}

const plannedWithLayer = (
  scope: Construct,
  id: string,
  props: PythonFunctionProps,
  errors: readonly PlanError[],
): PlannedWithLayer => {
  const { layers = [], bundling } = props;
  const modules = layerModules(layers.flatMap((layer) => planOfLayer(layer) ?? []));
  const request: BundleRequest = {
    ...requestOfProps(scope, id, props, definingFiles()),
    ...(modules.length === 0 ? {} : { layerModules: modules }),
  };
  const snapshot = surveyFor(scope, request);
  const planned = planRequest(request, snapshot, [...errors, ...phaseOf(scope, props.bundling ?? {}).errors]);
  const isInLayer = planned._tag === 'Planned' && planned.plan.dependenciesIn === 'layer';
  if (!isInLayer || planned.plan.install === null) return { planned };
  if (layers.length >= MOST_LAYERS) {
    const error = { _tag: 'TooManyLayers', given: layers.length, limit: MOST_LAYERS } as const;
    return { planned: refused([error], planned.plan.runtime.name) };
  }
  return {
    planned,
    layer: PythonDependenciesLayer.of(scope, request, { plan: planned.plan, snapshot }, bundling),
  };
};

const codeProps = ({ handler, runtime }: BundlePlan, given: Runtime | undefined) => ({
  handler: handler ?? '',
  runtime: given ?? runtimeNamed(runtime.name),
});

/** Where no runtime is settled, layers go too: CDK would throw because they do not fit the one that stands in. */
const placeholderProps = (runtime: string | undefined) => ({
  handler: 'index.handler',
  ...(runtime === undefined
    ? { runtime: Runtime.PYTHON_3_13, layers: [] }
    : { runtime: runtimeNamed(runtime) }),
});
