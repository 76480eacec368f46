import { invalidOption } from '../errors/invalid-option';
import type { BundleRequest } from '../request/bundle-request';
import type { PlanError } from '../errors/plan-error';

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
