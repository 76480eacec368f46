import type { BundlePlan } from '../plan/bundle-plan';
import type { Part } from './part';
export const sbomText = (_plan: BundlePlan, _modules: Part | null): string | undefined => undefined;
