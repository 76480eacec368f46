import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { survey } from '../../src/exec/survey/survey';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { plan } from '../../src/plan/plan';
import type { PlanError } from '../../src/plan/errors/plan-error';
import { HANDLER, requestFor } from '../exec/support/requests';
import { temporaryFolder, writeTree } from './temporary';

/** A project in a folder: its files, and what is asked for. */
export interface Project {
  /** Texts by path relative to the folder; null removes a file. The entry `fn/index.py` is there by itself. */
  readonly tree?: Readonly<Record<string, string | Uint8Array | null>>;
  readonly request?: (folder: string) => Partial<BundleRequest>;
  /** What cannot be written as a text, such as a symbolic link. */
  readonly prepare?: (folder: string) => void;
}

/** A project that cannot be planned, and each advice of the message: its words, and the project with the advice applied. */
export interface AdviceRow {
  readonly wrong: Project;
  readonly advice: Readonly<Record<string, Project>>;
}

export const row = (wrong: Project, advice: Readonly<Record<string, Project>>): AdviceRow => ({
  wrong,
  advice,
});

/** A project of a `requirements.txt` alone. */
export const requiring = (text: string, more: Project = {}): Project => ({
  ...more,
  tree: { 'fn/requirements.txt': text, ...more.tree },
});

export const asking =
  (dependencies: Partial<BundleRequest['dependencies']>, more: Partial<BundleRequest> = {}) =>
  (): Partial<BundleRequest> => ({ ...more, dependencies: { ...DEFAULT_DEPENDENCIES, ...dependencies } });

export const forRuntime = (prop: string): Project => ({ request: () => ({ runtime: { prop } }) });

export const link =
  (from: string, to: string) =>
  (folder: string): void =>
    fs.symlinkSync(to, path.join(folder, from));

/** What is wrong with a project with others laid over it. */
export const errorsOf = (...layers: readonly Project[]): readonly PlanError[] => {
  const folder = temporaryFolder();
  const tree = Object.assign(
    { 'fn/index.py': HANDLER },
    ...layers.map((layer) => layer.tree ?? {}),
  ) as Record<string, string | Uint8Array | null>;
  writeTree(
    folder,
    Object.fromEntries(Object.entries(tree).flatMap(([name, text]) => (text === null ? [] : [[name, text]]))),
  );
  for (const { prepare } of layers) prepare?.(folder);
  const changes = Object.assign(
    {},
    ...layers.map((layer) => layer.request?.(folder) ?? {}),
  ) as Partial<BundleRequest>;
  const request = requestFor(path.join(folder, 'fn'), changes);
  const planned = plan(request, survey(request)());
  return isLeft(planned) ? planned.left : [];
};
