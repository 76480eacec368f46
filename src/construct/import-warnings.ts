import * as path from 'node:path';
import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ImportQuestion, ImportWorld } from '../exec/check-imports';
import { checkImports } from '../exec/check-imports';
import { importMessage } from '../exec/import-message';
import { keptImports, keptInMemory } from '../exec/kept-imports';
import { liveStore } from '../exec/live-store';
import type { PartShelf } from '../exec/part-shelf';
import { partShelf } from '../exec/part-shelf';
import { storeFolder } from '../exec/store';
import type { BundlePlan } from '../plan/bundle-plan';
import type { MissingImport } from '../plan/imports/find-missing';
import { IMPORT_NOT_FOUND } from '../plan/imports/import-warning';
import { CONSTRUCT_WORDS } from '../plan/imports/option-words';
import { attempt } from './source-map';

/** What a function's imports may come from beside its bundle. */
export interface ImportSources {
  /** Plans of the layers that are made here. */
  readonly layers: readonly BundlePlan[];
  /** Whether it has layers that are not. */
  readonly hasOtherLayers: boolean;
}

/** A function whose imports are to be checked. */
export interface ImportingFunction extends ImportQuestion, ImportSources {
  readonly construct: IConstruct;
  /** Whether its bundle is made here, so that answers may be kept in the store. */
  readonly isMade: boolean;
}

/** Warns of imports that find nothing. The first of the functions that miss the same carries the warning. */
export const warnOfImports = (functions: readonly ImportingFunction[]): void => {
  const groups = new Map<string, [readonly MissingImport[], ImportingFunction[]]>();
  for (const isMade of [true, false]) {
    const some = functions.filter((one) => one.isMade === isMade);
    worldOf(some, isMade).forEach((world) => {
      checkImports(world, some).forEach((missing = [], index) => {
        const one = some[index];
        if (missing.length === 0 || one === undefined) return;
        const key = JSON.stringify([missing, one.plan.runtime.python, one.hasOtherLayers]);
        const [, group] = groups.get(key) ?? [missing, []];
        groups.set(key, [missing, [...group, one]]);
      });
    });
  }
  for (const [missing, group] of groups.values()) tell(group, missing);
};

/** None where there is nothing to check, or no folder for a store. */
const worldOf = (functions: readonly ImportingFunction[], isMade: boolean): readonly ImportWorld[] => {
  const [first] = functions;
  if (first === undefined) return [];
  const { env: environment, platform } = process;
  const shelf = (): PartShelf => partShelf(liveStore({ environment, platform }));
  if (!isMade) return [{ shelf, kept: keptInMemory() }];
  const root = attempt(() => storeFolder(environment, platform));
  return root === undefined ? [] : [{ shelf, kept: keptImports(root, path.dirname(first.plan.output.path)) }];
};

const tell = ([first, ...others]: readonly ImportingFunction[], missing: readonly MissingImport[]): void => {
  if (first === undefined) return;
  const { construct, plan, hasOtherLayers } = first;
  const message = importMessage(plan, missing, {
    hasOtherLayers,
    others: others.map((other) => other.construct.node.path),
    words: CONSTRUCT_WORDS,
  });
  Annotations.of(construct).addWarningV2(IMPORT_NOT_FOUND, message);
};
