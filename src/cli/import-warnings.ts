import { checkImports } from '../exec/check-imports';
import { importMessage } from '../exec/import-message';
import { keptInMemory } from '../exec/kept-imports';
import { liveStore } from '../exec/live-store';
import { partShelf } from '../exec/part-shelf';
import { printable } from '../exec/printable';
import type { BundlePlan } from '../plan/bundle-plan';
import { COMMAND_WORDS } from '../plan/imports/option-words';

/** Tells on standard error what a function imports and does not find; nothing where its modules are not installed yet. */
export const warnOfImports = (plan: BundlePlan): void => {
  const shelf = () => partShelf(liveStore({ environment: process.env, platform: process.platform }));
  const [missing = []] = checkImports({ shelf, kept: keptInMemory() }, [{ plan, layers: [], isNew: true }]);
  if (missing.length === 0) return;
  const text = importMessage(plan, missing, { hasOtherLayers: false, others: [], words: COMMAND_WORDS });
  process.stderr.write(printable(`warning: ${plan.label}: ${text}\n`));
};
