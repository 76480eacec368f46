import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { manifestPath } from '../../../src/exec/bundle/bundle-manifest';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { plan } from '../../../src/plan/plan';
import { showPlanError } from '../../../src/plan/errors/plan-error';
import { survey } from '../../../src/exec/survey/survey';
import { temporaryFolder } from '../../support/temporary';
import { folderOf, HANDLER, requestFor } from './requests';

/** The plan of a folder's `index.py`, whose bundles go to a folder of their own; throws what is wrong with it. */
export const planOf = (folder: string, changes: Partial<BundleRequest> = {}): BundlePlan => {
  const outputDirectory = path.join(temporaryFolder(), 'cdk.out');
  const request = requestFor(path.join(folder, 'index.py'), {
    outputDirectory,
    executor: 'host',
    ...changes,
  });
  const planned = plan(request, survey(request)());
  if (isLeft(planned)) throw new Error(planned.left.map(showPlanError).join('\n'));
  return planned.right;
};

/** What lies in the output folder of a plan that was made there alone: the bundle, and its manifest. */
export const namesOf = ({ output }: BundlePlan): readonly string[] =>
  [output.path, manifestPath(output.path)].map((file) => path.basename(file)).sort();

/** The plan of a new folder with an entry, these requirements, and what else is given. */
export const planWith = (
  requirements: string,
  changes: Partial<BundleRequest> = {},
  tree: Readonly<Record<string, string>> = {},
): BundlePlan =>
  planOf(folderOf({ 'index.py': HANDLER, 'requirements.txt': requirements, ...tree }), changes);
