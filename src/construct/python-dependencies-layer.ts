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

/** How much of a hash tells the layers of one stack apart. */
const DIGITS = 8;

/** A function that keeps its modules in a layer. */
interface Beside {
  readonly plan: BundlePlan;
  readonly snapshot: SourceSnapshot;
}

/**
 * The modules of functions that set `bundling.dependencies` to `'layer'`: one layer for each distinct set of modules, Python
 * version and architecture of a stack. It is made with the first such function and holds nothing of its own.
 */
export class PythonDependenciesLayer extends LayerVersion {
  /**
   * The layer of a function's modules: the one that another function of the stack has, or a new one. Made and installed
   * with the options of the function that comes first.
   */
  public static of(
    scope: Construct,
    request: BundleRequest,
    { plan, snapshot }: Beside,
    bundling?: BundlingOptions,
  ): PythonDependenciesLayer {
    const stack = Stack.of(scope);
    const layer = dependenciesLayer(request, snapshot, plan);
    // The function's plan has the same parts, and none of them was wrong.
    if (isLeft(layer)) throw new Error(`no layer for ${plan.label}: ${JSON.stringify(layer.left)}`);
    const id = `PythonDependencies-${layer.right.hash.content.slice(0, DIGITS)}`;
    const there = stack.node.tryFindChild(id);
    if (there instanceof PythonDependenciesLayer) {
      // Another function may ask for what the first did not: the batch makes one bundle of both.
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
