import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { runBatch } from '../batch/batch';
import { changedVariables } from '../install/declared-inputs-check';
import type { CarriedPlan } from './carry-plan';
import { showExecutionError } from '../errors/execution-error';
import { fileError } from '../store/file-errors';
import { unpackCarried } from './unpack-carried';
import type { World } from '../batch/world';

/** The result of a carried plan: the absolute path of its zip, or the reason why there is none. */
type CarriedOutcome = E.Either<string, string>;

/** Names of the variables that had values for the installer, and have none here. */
const unsetVariables = ({ variables }: CarriedPlan, environment: NodeJS.ProcessEnv): readonly string[] =>
  variables.filter((name) => environment[name] === undefined);

/**
 * Makes the bundles of plans in a cloud assembly, beside the plans, in one batch. It reads the assembly, the store and
 * the index, and nothing from the folders of the synthesis.
 *
 * @param folder absolute path of the assembly's folder of plans
 */
export const runCarried = async (
  world: World,
  folder: string,
  plans: readonly CarriedPlan[],
  environment: NodeJS.ProcessEnv,
): Promise<readonly CarriedOutcome[]> =>
  world.store.temporary(async (temporary) => {
    const outcomes = plans.map((): CarriedOutcome => E.left(''));
    const items = [];
    for (const [index, carried] of plans.entries()) {
      const { plan } = carried;
      const place = path.join(temporary, String(index));
      // Users know the files by the paths at planning.
      const fail = (message: string): void => {
        const shown = message.replaceAll(path.join(place, 'root'), plan.entry.root);
        outcomes[index] = E.left(`${plan.label}: ${shown}`);
      };
      const unset = unsetVariables(carried, environment);
      if (unset.length > 0) {
        fail(
          `${unset.join(', ')} of \`bundling.environment\` or \`bundling.buildArgs\` must be set where assets are published: the cloud assembly has no values.`,
        );
        continue;
      }
      const changed = changedVariables(plan.install, environment);
      if (changed !== undefined) {
        fail(showExecutionError(changed));
        continue;
      }
      const output = path.join(path.dirname(folder), path.basename(plan.output.path));
      const unpacked = await unpackCarried(plan, folder, place, output).catch((error: unknown) =>
        E.left(fileError(error, place)),
      );
      if (E.isLeft(unpacked)) fail(showExecutionError(unpacked.left));
      else items.push({ index, fail, output, item: { plan: unpacked.right, environment: {} } });
    }
    const reports = await runBatch(
      world,
      items.map(({ item }) => item),
    );
    for (const [at, { index, fail, output }] of items.entries()) {
      const outcome = reports[at]?.outcome;
      if (outcome?._tag === 'Failed') fail(showExecutionError(outcome.error));
      else outcomes[index] = E.right(output);
    }
    return outcomes;
  });
