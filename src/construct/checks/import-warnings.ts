import * as path from 'node:path';
import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { ImportQuestion, ImportWorld } from '../../exec/survey/check-imports';
import { checkImports } from '../../exec/survey/check-imports';
import { importFacts } from '../../exec/survey/import-facts';
import { keptImports, keptInMemory } from '../../exec/survey/kept-imports';
import { liveStore } from '../../exec/batch/live-store';
import type { PartShelf } from '../../exec/store/part-shelf';
import { partShelf } from '../../exec/store/part-shelf';
import { pathHere } from '../../exec/files/relative-to-current-folder';
import { storeFolder } from '../../exec/store/store';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { MissingImport } from '../../plan/imports/find-missing';
import type { ImportFacts, ImportWarning } from '../../plan/show/import-warning';
import { IMPORT_NOT_FOUND, importWarning, showImportWarning } from '../../plan/show/import-warning';
import { CONSTRUCT_WORDS } from '../../plan/show/option-words';
import { handlerInTemplate } from './late-warnings';
import { attempt } from '../request/source-map';

/** The sources of a function's imports outside its bundle. */
export interface ImportSources {
  /** Plans of the layers that this app makes. */
  readonly layers: readonly BundlePlan[];
  /** Whether the function has other layers. */
  readonly hasOtherLayers: boolean;
  /** The function's `dependencies.from`. @default - not set */
  readonly from?: string;
}

/** A function whose imports are to be checked. */
export interface ImportingFunction extends ImportQuestion, ImportSources {
  readonly construct: IConstruct;
  /** Whether its bundle is made in this synthesis, so that the store may keep answers. */
  readonly isMade: boolean;
}

/** Warns of imports that no module satisfies. Functions with equal warnings show them once, at the first. */
export const warnOfImports = (functions: readonly ImportingFunction[]): void => {
  const groups = new Map<string, [ImportWarning, IConstruct[]]>();
  const factsOf = rememberedFacts();
  for (const isMade of [true, false]) {
    const some = functions.filter((one) => one.isMade === isMade);
    worldOf(some, isMade).forEach((world) => {
      checkImports(world, some).forEach((found = [], index) => {
        const one = some[index];
        if (found.length === 0 || one === undefined) return;
        const missing = withoutOverridden(one, found);
        if (missing.length === 0) return;
        const { plan, hasOtherLayers } = one;
        const beside = { hasOtherLayers, words: CONSTRUCT_WORDS };
        const warning = importWarning(plan, factsOf(one, missing), beside);
        const key = JSON.stringify(warning);
        const [, group] = groups.get(key) ?? [warning, []];
        groups.set(key, [warning, [...group, one.construct]]);
      });
    });
  }
  for (const [warning, group] of groups.values()) tell(group, warning);
};

/** Reads the facts around functions of one entry once. */
const rememberedFacts = () => {
  const known = new Map<string, readonly ImportFacts[]>();
  return (question: ImportingFunction, missing: readonly MissingImport[]): readonly ImportFacts[] => {
    const around = [question.plan, ...question.layers].map(({ entry, install }) => [
      entry.root,
      entry.path,
      install?.declaration,
      install?.leftOut,
    ]);
    const key = JSON.stringify([around, question.from, missing]);
    const facts = known.get(key) ?? missing.map((one) => factsIn(question, one));
    known.set(key, facts);
    return facts;
  };
};

/** Facts around the importing file, which may be a layer's. */
const factsIn = ({ plan, layers, from }: ImportingFunction, missing: MissingImport): ImportFacts => {
  const depth = ({ entry: { root } }: BundlePlan): number =>
    missing.file.startsWith(`${root}/`) ? root.length : -1;
  const [layer] = [...layers].sort((a, b) => depth(b) - depth(a));
  if (layer === undefined || depth(layer) <= depth(plan)) return importFacts(plan, missing, from);
  const layerDeclaration = layer.install?.declaration ?? path.join(layer.entry.root, 'requirements.txt');
  return { ...importFacts(layer, missing), layerDeclaration };
};

/** If the app overrides the handler later, Lambda does not call the planned one. */
const withoutOverridden = (
  { construct, plan }: ImportingFunction,
  missing: readonly MissingImport[],
): readonly MissingImport[] =>
  missing.every(({ handler }) => handler === undefined) || handlerInTemplate(construct) === plan.handler
    ? missing
    : missing.filter(({ handler }) => handler === undefined);

/** Empty if there is nothing to check, or no folder for a store. */
const worldOf = (functions: readonly ImportingFunction[], isMade: boolean): readonly ImportWorld[] => {
  const [first] = functions;
  if (first === undefined) return [];
  const { env: environment, platform } = process;
  const shelf = (): PartShelf => partShelf(liveStore({ environment, platform }));
  if (!isMade) return [{ shelf, kept: keptInMemory() }];
  const root = attempt(() => storeFolder(environment, platform));
  return root === undefined ? [] : [{ shelf, kept: keptImports(root, path.dirname(first.plan.output.path)) }];
};

const tell = ([first, ...others]: readonly IConstruct[], warning: ImportWarning): void => {
  if (first === undefined) return;
  const shared = { ...warning, others: others.map((other) => other.node.path) };
  Annotations.of(first).addWarningV2(IMPORT_NOT_FOUND, showImportWarning(shared, pathHere));
};
