import * as fs from 'node:fs';
import * as E from 'fp-ts/Either';
import type { BundlePlan, SourceFile } from '../../plan/model/bundle-plan';
import { byText, sha256 } from '../../plan/values/hash';
import { sourcePlace } from '../../plan/model/source-place';
import { entryFault } from '../bytecode/entry-check';
import type { ExecutionError } from '../errors/execution-error';
import { targetName } from '../install/install';
import { findObstacle } from './shadowed-modules';
import type { Part } from '../store/part';
import { treeOf } from '../store/part';
import { notPortable } from './layer-portability';
import type { InstalledDistribution } from '../distributions/recorded-files';
import { installedDistributions } from '../distributions/recorded-files';
import { compileJobs, storedBytecode } from '../bytecode/source-bytecode';
import { readAsPlanned } from '../install/read-as-planned';
import type { Store } from '../store/store';
import type { Sized } from '../distributions/too-large';
import { portions, sourcesTooLarge, tooLarge, total } from '../distributions/too-large';
import { MOST_ENTRIES } from '../zip/zip-directory';
import type { ZippedFile } from '../zip/zip-files';
import type { Portion } from '../errors/ways-to-fit';

/** The modules of a plan and their bytecode in the store; null without modules, and if nothing was compiled. */
export interface BundleParts {
  readonly modules: Part | null;
  readonly bytecode: Part | null;
  /** The known content of the layer beside the bundle: both share one limit of Lambda. */
  readonly beside?: readonly Part[];
}

/** A file of the function's own. */
interface OwnFile extends ZippedFile {
  /** SHA-256 of the content. */
  readonly digest: string;
}

/** The content of a bundle: parts, and files of this function alone. */
export interface BundleContent {
  readonly parts: readonly Part[];
  readonly own: readonly OwnFile[];
  /** Bytes of all files, and of the known content of the layer beside the bundle. */
  readonly size: number;
}

/**
 * Reads the content of a bundle, or gives the reason why it cannot be one. The digest of every file must be the plan's,
 * so that a bundle never differs from its hash; no file may replace another; and all together must be small enough.
 */
export const bundleContent = (
  store: Store,
  plan: BundlePlan,
  parts: BundleParts,
): E.Either<ExecutionError, BundleContent> => {
  const obstacle = parts.modules === null ? undefined : findObstacle(plan, parts.modules);
  if (obstacle !== undefined) return E.left(obstacle);
  const fault = entryFault(store, plan, parts);
  if (fault !== undefined) return E.left(fault);
  // The user's files are among the built ones, as commands have left them.
  if (plan.install?.isWhole === true) return fitting(plan, parts, [], []);
  const tooMuch = sourcesTooLarge(plan);
  if (tooMuch !== undefined) return E.left(tooMuch);
  const sources: OwnFile[] = [];
  for (const source of plan.sources) {
    const content = readAsPlanned(sourcePlace(plan.entry, source), source);
    if (content === undefined) return E.left(changed(plan, source));
    const { path: file, executable, digest } = source;
    sources.push({ path: file, content, executable, digest });
  }
  const compiled = compileJobs(plan).flatMap((job): OwnFile | readonly [] => {
    const content = storedBytecode(store, job);
    return content === undefined || content.length === 0
      ? []
      : { path: job.path, content, executable: false, digest: sha256(content) };
  });
  return fitting(plan, parts, sources, compiled);
};

/** The error that a bundle has no files, with its planned sources. */
const emptyBundle = (plan: BundlePlan): ExecutionError => {
  const { entry, install } = plan;
  const declared = install?.declaration ?? null;
  return {
    _tag: 'EmptyBundle',
    looked: [
      `files of ${entry.root}`,
      ...(declared === null ? [] : [`modules that ${declared} asks for there`]),
    ],
    target: targetName(plan),
  };
};

const changed = ({ entry }: BundlePlan, source: SourceFile): ExecutionError => ({
  _tag: 'SourceChanged',
  path: sourcePlace(entry, source),
});

const sized = (files: readonly ZippedFile[]): readonly Sized[] =>
  files.map(({ path: name, content }) => ({ path: name, size: content.length }));

/** Leaves out optional bytecode if the bundle would be too large with it. */
const fitting = (
  plan: BundlePlan,
  { modules, bytecode, beside = [] }: BundleParts,
  sources: readonly OwnFile[],
  compiled: readonly OwnFile[],
): E.Either<ExecutionError, BundleContent> => {
  const { output, bytecode: wanted } = plan;
  const needed = [...(modules?.files ?? []), ...sized(sources)];
  const extra = [...(bytecode?.files ?? []), ...sized(compiled)];
  const without = { parts: modules === null ? [] : [modules], own: sorted(sources), size: total(needed) };
  const count = needed.length + extra.length;
  if (needed.length === 0) return E.left(emptyBundle(plan));
  const unportable = notPortable(plan, needed);
  if (unportable !== undefined) return E.left(unportable);
  if (output.packaging === 'zip' && count > MOST_ENTRIES) {
    return E.left({ _tag: 'TooManyFiles', files: count, limit: MOST_ENTRIES });
  }
  const layer = beside.flatMap((part) => part.files);
  if (total(needed) + total(extra) + total(layer) <= output.maximumSize) {
    return E.right({
      parts: [...without.parts, ...(bytecode === null ? [] : [bytecode])],
      own: sorted([...sources, ...compiled]),
      size: total(needed) + total(extra) + total(layer),
    });
  }
  // The bytecode of a bundle beside a layer is small: the layer's content shall not decide whether it is there.
  const isOptional = wanted?.mode === 'auto' && plan.dependenciesIn === 'bundle';
  if (isOptional && total(needed) <= output.maximumSize) return E.right(without);
  const named = distributionsOf(modules);
  const listed = [
    ...portions(modules?.files ?? [], named, 'module'),
    ...portions(sized(sources), named, 'own'),
    ...portions(isOptional ? [] : extra, named, 'bytecode'),
  ];
  return E.left(tooLarge(plan, [...listed, ...beside.flatMap(inLayer(beside))]));
};

/** The content of a layer, under a name that shows where the largest files are; bytecode counts for its modules. */
const inLayer =
  (layer: readonly Part[]) =>
  ({ files }: Part): readonly Portion[] =>
    portions(files, layer.flatMap(distributionsOf), 'module').map((portion): Portion => ({
      ...portion,
      kind: portion.path.endsWith('.pyc') ? 'bytecode' : 'module',
      of: `${portion.of} (in the layer)`,
    }));

const distributionsOf = (part: Part | null): readonly InstalledDistribution[] =>
  part === null || !fs.existsSync(treeOf(part)) ? [] : installedDistributions(treeOf(part));

const sorted = (files: readonly OwnFile[]): readonly OwnFile[] =>
  [...files].sort((a, b) => byText(a.path, b.path));
