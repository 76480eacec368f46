import { checkImports } from '../exec/survey/check-imports';
import { importFacts } from '../exec/survey/import-facts';
import { keptInMemory } from '../exec/survey/kept-imports';
import { liveStore } from '../exec/batch/live-store';
import { partShelf } from '../exec/store/part-shelf';
import { printable } from '../exec/process/printable';
import { pathHere } from '../exec/files/relative-to-current-folder';
import type { BundlePlan } from '../plan/model/bundle-plan';
import { importWarning, showImportWarning } from '../plan/show/import-warning';
import { COMMAND_WORDS } from '../plan/show/option-words';

/** Warns on standard error of imports that no module satisfies; writes nothing while the modules are not installed. */
export const warnOfImports = (plan: BundlePlan, from?: string): void => {
  const shelf = () => partShelf(liveStore({ environment: process.env, platform: process.platform }));
  const [missing = []] = checkImports({ shelf, kept: keptInMemory() }, [{ plan, layers: [], isNew: true }]);
  if (missing.length === 0) return;
  const facts = missing.map((one) => importFacts(plan, one, from));
  const warning = importWarning(plan, facts, { hasOtherLayers: false, words: COMMAND_WORDS });
  process.stderr.write(printable(`warning: ${plan.label}: ${showImportWarning(warning, pathHere)}\n`));
};
