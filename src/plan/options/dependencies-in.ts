import { invalidOption } from '../errors/invalid-option';
import type { BundleRequest } from '../request/bundle-request';
import type { PlanError } from '../errors/plan-error';
import { isWhole } from '../install/whole-build';

/** Commands see the modules and the user's files in one folder, and their result is one bundle. */
export const dependenciesInErrors = (request: BundleRequest): readonly PlanError[] =>
  request.dependenciesIn === 'layer' && isWhole(request)
    ? [
        invalidOption(
          'bundling.dependencies',
          request.dependenciesIn,
          '"bundle" if `bundling.command` or `bundling.commandHooks` is set',
        ),
      ]
    : [];
