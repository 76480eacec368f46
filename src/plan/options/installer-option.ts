import { invalidOption } from '../errors/invalid-option';
import type { BundleRequest } from '../request/bundle-request';
import type { RequirementSet } from '../declarations/sets/requirement-set';
import type { PlanError } from '../errors/plan-error';

const INSTALLERS: readonly string[] = ['uv', 'pip'];

/** Reports an unknown installer, and settings that pip cannot follow. */
export const installerErrors = (
  { installer }: Pick<BundleRequest, 'installer'>,
  set: Pick<RequirementSet, 'uv'> | null,
): readonly PlanError[] => {
  if (installer === undefined) return [];
  if (!INSTALLERS.includes(installer))
    return [invalidOption('bundling.installer', installer, '"uv" or "pip"')];
  const settings = (set?.uv?.from ?? []).map(({ setting, file, line }) => `${setting} (${file}:${line})`);
  return installer === 'pip' && set?.uv !== undefined ? [{ _tag: 'InstallerNotAble', settings }] : [];
};
