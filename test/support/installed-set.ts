import * as fs from 'node:fs';
import { manifestPath, readManifest } from '../../src/exec/bundle/bundle-manifest';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { told } from '../hostile/machines';
import { execute } from './bundle-file';

/** What came of an install. */
interface InstalledSet {
  /** The distributions that its bundle has, as `name version, …`; the message where it failed. */
  readonly installed: string;
  /** What was printed. */
  readonly lines: readonly string[];
}

export const installedSet = async (
  plan: BundlePlan,
  environment: NodeJS.ProcessEnv,
): Promise<InstalledSet> => {
  let installed = '';
  const lines = await told(async () => {
    const [report] = await execute([plan], environment);
    installed =
      report?.outcome._tag === 'Failed'
        ? showExecutionError(report.outcome.error)
        : (readManifest(fs.readFileSync(manifestPath(plan.output.path), 'utf8'))?.distributions ?? [])
            .map(({ name, version }) => `${name} ${version}`)
            .join(', ');
  });
  return { installed, lines };
};
