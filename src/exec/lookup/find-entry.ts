import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundleRequest } from '../../plan/request/bundle-request';
import { entryCandidates } from '../../plan/request/entry';
import { relativePath, staysInside } from '../../plan/values/paths';
import type { PlanError } from '../../plan/errors/plan-error';
import { fileKind, isMissing, unreadable } from '../files/file-kind';
import { nearIndex } from './near-entry';

/** An entry, and the folder whose files go into the bundle. */
export interface FoundEntry {
  readonly root: string;
  /** Relative to the root, with `/`. */
  readonly path: string;
}

/** The folder of a layer. */
export interface FoundFolder {
  readonly root: string;
  readonly path: null;
}

/** The first existing candidate of a request, or its error; undefined if none exists. */
export const findEntry = (
  request: BundleRequest,
): FoundEntry | FoundFolder | { readonly problem: PlanError } | undefined => {
  for (const candidate of entryCandidates(request)) {
    try {
      const stats = fs.statSync(candidate);
      if (request.kind === 'layer') return asFolder(candidate, stats);
      if (stats.isFile()) return asEntry(path.dirname(candidate), path.basename(candidate));
      if (!stats.isDirectory()) {
        return { problem: { _tag: 'EntryNotAFile', path: candidate, kind: fileKind(stats) } };
      }
      if (request.entry._tag === 'ByPath') return indexOf(candidate, request.entry.index);
    } catch (error) {
      if (!isMissing(error)) return { problem: unreadable(candidate, error) };
    }
  }
  return undefined;
};

const asFolder = (folder: string, stats: fs.Stats): FoundFolder | { readonly problem: PlanError } =>
  stats.isDirectory()
    ? { root: path.resolve(folder), path: null }
    : { problem: { _tag: 'EntryNotAFolder', path: folder, kind: fileKind(stats) } };

const asEntry = (root: string, relative: string): FoundEntry | { readonly problem: PlanError } =>
  relative.endsWith('.py')
    ? { root, path: relative }
    : { problem: { _tag: 'EntryNotPython', path: path.join(root, relative) } };

const indexOf = (root: string, index: string): FoundEntry | { readonly problem: PlanError } => {
  const file = path.resolve(root, index);
  const relative = relativePath(root, file);
  if (!staysInside(relative)) return { problem: { _tag: 'EntryOutsideRoot', path: file, root } };
  try {
    const stats = fs.statSync(file);
    return stats.isFile()
      ? asEntry(root, relative)
      : { problem: { _tag: 'EntryNotAFile', path: file, kind: fileKind(stats) } };
  } catch (error) {
    return {
      problem: isMissing(error)
        ? { _tag: 'EntryNotFound', tried: [file], byId: false, ...nearIndex(file) }
        : unreadable(file, error),
    };
  }
};
