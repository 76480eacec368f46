import { Stack } from 'aws-cdk-lib';
import { Architecture, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { isLeft } from 'fp-ts/Either';
import type { BundlePlan } from '../plan/model/bundle-plan';
import type { BundleRequest } from '../plan/request/bundle-request';
import { dependenciesLayer } from '../plan/dependencies-layer';
import type { SourceSnapshot } from '../plan/model/source-snapshot';
import type { BundlingOptions } from './props/bundling-options';
import { keepPlanned } from './bundling/construct-plan';
import { withDistributions } from './bundling/layer-modules';
import { ask, codeOf, enqueue, runtimeNamed } from './bundling/planned-code';

/** The number of hash digits in the id of a layer. */
const DIGITS = 8;

/** A function whose modules are in a layer. */
interface Beside {
  readonly plan: BundlePlan;
  readonly snapshot: SourceSnapshot;
}

/**
 * The modules of functions that set `bundling.dependencies` to `'layer'`: a stack has one layer for each distinct set
 * of modules, Python version and architecture. The layer is made with the first such function and has no files of its
 * own.
 */
export class PythonDependenciesLayer extends LayerVersion {
  /**
   * The layer of a function's modules: the stack's existing one, or a new one. The options of the first function make
   * it.
   */
  public static of(
    scope: Construct,
    request: BundleRequest,
    { plan, snapshot }: Beside,
    bundling?: BundlingOptions,
  ): PythonDependenciesLayer {
    const stack = Stack.of(scope);
    const layer = dependenciesLayer(request, snapshot, plan);
    // The function's plan has the same parts, and none of them had an error.
    if (isLeft(layer)) throw new Error(`no layer for ${plan.label}: ${JSON.stringify(layer.left)}`);
    const id = `PythonDependencies-${layer.right.hash.content.slice(0, DIGITS)}`;
    const there = stack.node.tryFindChild(id);
    if (there instanceof PythonDependenciesLayer) {
      // This function may ask for an SBOM when the first did not: the batch makes one bundle for both.
      if (layer.right.output.sbom && !there.hasSbom) there.askForSbom(bundling);
      return there;
    }
    const label = [stack.node.path, id].filter((part) => part !== '').join('/');
    const planned = { _tag: 'Planned', plan: { ...layer.right, label } } as const;
    const made = new PythonDependenciesLayer(stack, id, planned.plan, bundling);
    keepPlanned('layer', made, withDistributions(planned, request, snapshot));
    return made;
  }

  private constructor(
    scope: Construct,
    id: string,
    private readonly plan: BundlePlan,
    bundling?: BundlingOptions,
  ) {
    const planned = { _tag: 'Planned', plan } as const;
    super(scope, id, {
      code: codeOf(scope, id, planned, bundling),
      compatibleRuntimes: [runtimeNamed(plan.runtime.name)],
      compatibleArchitectures: [Architecture.custom(plan.runtime.architecture)],
    });
    this.hasSbom = plan.output.sbom;
    enqueue(this, planned, bundling);
  }

  private hasSbom: boolean;

  private askForSbom(bundling?: BundlingOptions): void {
    this.hasSbom = true;
    const { output } = this.plan;
    ask(this, { _tag: 'Planned', plan: { ...this.plan, output: { ...output, sbom: true } } }, bundling);
  }
}
