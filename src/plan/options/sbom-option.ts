import { invalidOption } from '../errors/invalid-option';
import type { BundleRequest } from '../request/bundle-request';
import type { PlanError } from '../errors/plan-error';

/** In JavaScript the option may have any value, and a text such as `'false'` would count as true. */
export const sbomErrors = ({ sbom = false }: Pick<BundleRequest, 'sbom'>): readonly PlanError[] =>
  typeof sbom === 'boolean' ? [] : [invalidOption('bundling.sbom', String(sbom), 'true or false')];
