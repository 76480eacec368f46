import { assetHashErrors } from './asset-hash-options';
import type { BundleRequest } from '../request/bundle-request';
import { dependenciesInErrors } from './dependencies-in';
import { dependencyOptionErrors } from './dependency-option-errors';
import { dockerOptionErrors } from './docker-options';
import { executorErrors } from './executor-options';
import { includeErrors } from '../sources/include';
import { prefixErrors } from './output-prefix';
import type { PlanError } from '../errors/plan-error';
import { sbomErrors } from './sbom-option';
import { sdistErrors } from './sdist-policy';
import { variableErrors } from './variable-errors';
import { wholeBuildErrors } from '../install/whole-build';

/** Every check of options that needs no file: their values, and their combinations. */
const CHECKS: readonly ((request: BundleRequest) => readonly PlanError[])[] = [
  executorErrors,
  sdistErrors,
  dependenciesInErrors,
  dockerOptionErrors,
  dependencyOptionErrors,
  prefixErrors,
  includeErrors,
  assetHashErrors,
  sbomErrors,
  wholeBuildErrors,
  variableErrors,
];

/** What is wrong with the options of a bundle, whatever its files are. */
export const optionErrors = (request: BundleRequest): readonly PlanError[] =>
  CHECKS.flatMap((errorsOf) => errorsOf(request));
