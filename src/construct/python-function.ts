import { Annotations, attachCustomSynthesis, Stage } from 'aws-cdk-lib';
import { Function, Runtime, RuntimeFamily } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { isLeft, isRight } from 'fp-ts/Either';
import { survey } from '../exec/survey';
import type { BundlePlan } from '../plan/bundle-plan';
import { sha256 } from '../plan/hash';
import { plan } from '../plan/plan';
import { showPlanError } from '../plan/plan-error';
import { showPlanWarning, warningId } from '../plan/plan-warning';
import { chooseRuntime } from '../plan/runtime-choice';
import { memoryOf } from './app-memory';
import { BundleCode } from './bundle-code';
import { BundleExecutors } from './bundle-executor';
import { BundleQueue } from './bundle-queue';
import { definingFiles } from './defining-file';
import { installerVariables } from './docker-request';
import type { PythonFunctionProps } from './python-function-props';
import { requestOfProps } from './request-of-props';

type Planned =
  | { readonly _tag: 'Planned'; readonly plan: BundlePlan }
  | {
      readonly _tag: 'Refused';
      readonly messages: readonly string[];
      /** Lambda's name of the runtime, where that at least is settled. */
      readonly runtime?: string;
    };

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
  private readonly planned: Planned;

  public constructor(scope: Construct, id: string, props: PythonFunctionProps = {}) {
    const planned = planOf(scope, id, props);
    super(scope, id, {
      ...props,
      ...(planned._tag === 'Planned'
        ? codeProps(planned.plan, props.runtime)
        : placeholderProps(scope, id, planned.runtime)),
    });
    this.planned = planned;
    if (planned._tag === 'Planned') {
      for (const warning of planned.plan.warnings) {
        Annotations.of(this).addWarningV2(warningId(warning), showPlanWarning(warning));
      }
    }
    const queue = BundleQueue.of(this);
    const own = typeof props.bundling?.executor === 'object' ? props.bundling.executor : undefined;
    queue.add({
      construct: this,
      planned,
      executor: () => own ?? BundleExecutors.of(this).find(),
      environment: installerVariables(props.bundling ?? {}),
    });
    this.node.addValidation({ validate: () => queue.validate(this) });
    attachCustomSynthesis(this, { onSynthesize: () => queue.synthesize(this) });
  }

  /**
   * What the bundle will be, and how it is made: plain data that can be printed, compared and run elsewhere.
   *
   * @throws where the function cannot be planned; the error says all that is wrong
   */
  public get plan(): BundlePlan {
    if (this.planned._tag === 'Refused') throw new Error(this.planned.messages.join('\n'));
    return this.planned.plan;
  }
}

const planOf = (scope: Construct, id: string, props: PythonFunctionProps): Planned => {
  const request = requestOfProps(scope, id, props, definingFiles());
  const snapshot = survey(request, memoryOf(scope))();
  const planned = plan(request, snapshot);
  if (!isLeft(planned)) return { _tag: 'Planned', plan: planned.right };
  const chosen = chooseRuntime(request, snapshot);
  return {
    _tag: 'Refused',
    messages: planned.left.map(showPlanError),
    ...(isRight(chosen) ? { runtime: chosen.right.runtime.name } : {}),
  };
};

const codeProps = ({ handler, runtime, output, hash }: BundlePlan, given: Runtime | undefined) => ({
  code: new BundleCode(output, hash.asset),
  handler: handler ?? '',
  runtime: given ?? runtimeNamed(runtime.name),
});

/**
 * What stands for the code of a function that is refused, so that all that is wrong in an app can be told at once.
 * Where no runtime is settled, layers go too: CDK would throw because they do not fit the one that stands in.
 */
const placeholderProps = (scope: Construct, id: string, runtime: string | undefined) => {
  const hash = sha256(`${scope.node.path}/${id}`);
  return {
    code: new BundleCode(
      { packaging: 'directory', path: `${Stage.of(scope)?.assetOutdir ?? 'cdk.out'}/asset.${hash}` },
      hash,
    ),
    handler: 'index.handler',
    ...(runtime === undefined
      ? { runtime: Runtime.PYTHON_3_13, layers: [] }
      : { runtime: runtimeNamed(runtime) }),
  };
};

/** CDK's own object for a runtime; a newer one than CDK knows is made from its name. */
const runtimeNamed = (name: string): Runtime =>
  Runtime.ALL.find((runtime) => runtime.name === name) ??
  new Runtime(name, RuntimeFamily.PYTHON, { supportsInlineCode: true, supportsSnapStart: true });
