import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { execute } from './bundle-file';
import { handlerOf } from './handler-of';
import type { Invocation } from './invoke';
import { invoke } from './invoke';
import { environmentWith, findPython } from './python-tools';
import { temporaryFolder } from './temporary';

/** Makes the bundle of a plan with uv, and gives what its handler answers in AWS's own client. */
export const madeAnswer = async (plan: BundlePlan): Promise<Invocation> => {
  const [report] = await execute([plan], {
    ...environmentWith({ uv: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report, null, 2));
  const python = findPython(plan.runtime.python);
  if (python === undefined) throw new Error(`no Python ${plan.runtime.python}`);
  return invoke(report.outcome.path, handlerOf(plan), {}, { python });
};
