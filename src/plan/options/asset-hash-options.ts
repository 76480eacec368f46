import type { BundleRequest } from '../request/bundle-request';
import type { PlanError } from '../errors/plan-error';

/** As in CDK, `assetHash` needs the type `custom`, or no type. */
export const assetHashErrors = ({
  assetHash,
  assetHashType,
}: Pick<BundleRequest, 'assetHash' | 'assetHashType'>): readonly PlanError[] => {
  if (assetHashType === 'custom' && assetHash === undefined) {
    return [
      {
        _tag: 'InvalidOption',
        option: 'bundling.assetHashType',
        given: assetHashType,
        expected: 'left out, or `bundling.assetHash` be given as well',
      },
    ];
  }
  return assetHash === undefined || assetHashType === undefined || assetHashType === 'custom'
    ? []
    : [
        {
          _tag: 'InvalidOption',
          option: 'bundling.assetHashType',
          given: assetHashType,
          expected: 'AssetHashType.CUSTOM or left out, because `bundling.assetHash` is given',
        },
      ];
};
