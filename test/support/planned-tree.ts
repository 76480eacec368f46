import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { survey } from '../../src/exec/survey/survey';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { plan } from '../../src/plan/plan';
import { showPlanError } from '../../src/plan/errors/plan-error';
import { requestFor } from '../exec/support/requests';
import { temporaryFolder, writeTree } from './temporary';

/** Where a tree lies; the path is a part of no hash. */
export const treeOf = (files: Readonly<Record<string, string>>): string => {
  const folder = temporaryFolder();
  writeTree(folder, files);
  return folder;
};

export const planIn = (
  folder: string,
  entry: string,
  definedIn: string,
  changes: Partial<BundleRequest> = {},
): BundlePlan => {
  const request = requestFor(path.join(folder, entry), {
    runtime: {},
    definingFiles: [path.join(folder, definedIn)],
    outputDirectory: path.join(folder, 'cdk.out'),
    ...changes,
  });
  const planned = plan(request, survey(request)());
  if (isLeft(planned)) throw new Error(planned.left.map(showPlanError).join('\n'));
  return planned.right;
};

/** What is installed, in one text. */
export const installs = ({ install }: BundlePlan): string | null =>
  install === null ? null : install.generated.map(({ text }) => text.trim()).join('\n');
