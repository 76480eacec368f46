import type { BundleRequest } from '../request/bundle-request';
import { dependencyOptionErrors } from './dependency-option-errors';
import { dockerOptionErrors } from './docker-options';
import { executorErrors } from './executor-options';
import { includeErrors } from '../sources/include';
import { prefixErrors } from './output-prefix';
import type { PlanError } from '../errors/plan-error';
import { sdistErrors } from './sdist-policy';
import { variableErrors } from './variable-errors';
import { isWhole, wholeBuildErrors } from '../install/whole-build';
import { invalidOption } from '../errors/invalid-option';

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

/** In JavaScript the option may have any value, and a text such as `'false'` would count as true. */
export const sbomErrors = ({ sbom = false }: Pick<BundleRequest, 'sbom'>): readonly PlanError[] =>
  typeof sbom === 'boolean' ? [] : [invalidOption('bundling.sbom', String(sbom), 'true or false')];

/** As in CDK, `assetHash` needs the type `custom`, or no type. */
export const assetHashErrors = ({
  assetHash,
  assetHashType,
}: Pick<BundleRequest, 'assetHash' | 'assetHashType'>): readonly PlanError[] => {
  if (assetHashType === 'custom' && assetHash === undefined) {
    return [
      invalidOption(
        'bundling.assetHashType',
        assetHashType,
        'left out, unless `bundling.assetHash` is given',
      ),
    ];
  }
  return assetHash === undefined || assetHashType === undefined || assetHashType === 'custom'
    ? []
    : [
        invalidOption(
          'bundling.assetHashType',
          assetHashType,
          'AssetHashType.CUSTOM or left out, because `bundling.assetHash` is given',
        ),
      ];
};

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
