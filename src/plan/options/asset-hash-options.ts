import { invalidOption } from '../errors/invalid-option';
import type { BundleRequest } from '../request/bundle-request';
import type { PlanError } from '../errors/plan-error';

/** A hash of the user's own goes with the type that says so, and with no other; as CDK has it. */
export const assetHashErrors = ({
  assetHash,
  assetHashType,
}: Pick<BundleRequest, 'assetHash' | 'assetHashType'>): readonly PlanError[] => {
  if (assetHashType === 'custom' && assetHash === undefined) {
    return [
      invalidOption(
        'bundling.assetHashType',
        assetHashType,
        'left out, or `bundling.assetHash` be given as well',
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
