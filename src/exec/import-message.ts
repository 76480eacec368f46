import type { BundlePlan } from '../plan/bundle-plan';
import type { MissingImport } from '../plan/imports/find-missing';
import type { ImportWarning } from '../plan/imports/import-warning';
import { showImportWarning } from '../plan/imports/import-warning';
import { importFacts } from './import-facts';
import { pathHere } from './seen-here';

/** The warning about what a function imports and does not find, with what lies around its entry. */
export const importMessage = (
  plan: BundlePlan,
  missing: readonly MissingImport[],
  beside: Pick<ImportWarning, 'hasOtherLayers' | 'others' | 'words'>,
): string =>
  showImportWarning(
    {
      ...beside,
      python: plan.runtime.python,
      missing: missing.map((one) => importFacts(plan, one)),
      declaration: plan.install?.declaration ?? null,
    },
    pathHere,
  );
