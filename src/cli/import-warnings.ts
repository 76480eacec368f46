import { checkImports } from '../exec/check-imports';
import { importFacts } from '../exec/import-facts';
import { keptInMemory } from '../exec/kept-imports';
import { liveStore } from '../exec/live-store';
import { partShelf } from '../exec/part-shelf';
import { printable } from '../exec/printable';
import { pathHere } from '../exec/seen-here';
import type { BundlePlan } from '../plan/bundle-plan';
import { importWarning, showImportWarning } from '../plan/imports/import-warning';
import { COMMAND_WORDS } from '../plan/imports/option-words';

/** Writes to standard error what a function imports and does not find; nothing where its modules are not installed yet. */
export const warnOfImports = (plan: BundlePlan, from?: string): void => {
  const shelf = () => partShelf(liveStore({ environment: process.env, platform: process.platform }));
  const [missing = []] = checkImports({ shelf, kept: keptInMemory() }, [{ plan, layers: [], isNew: true }]);
  if (missing.length === 0) return;
  const facts = missing.map((one) => importFacts(plan, one, from));
  const warning = importWarning(plan, facts, { hasOtherLayers: false, words: COMMAND_WORDS });
  process.stderr.write(printable(`warning: ${plan.label}: ${showImportWarning(warning, pathHere)}\n`));
};
