import type { BundleRequest } from './bundle-request';
import type { TargetRuntime } from './bundle-plan';
import { byIdentity } from './by-identity';
import type { BytecodePlan } from './bytecode-plan';
import { dockerInstall } from './docker-install';
import { hostInstall } from './host-install';
import { installInputs } from './install-inputs';
import type { InstallPlan } from './install-plan';
import type { PythonRuntime } from './python-runtime';
import { alwaysInstalls, asksForPackage, requestedLines } from './requested-lines';
import type { RequirementsSnapshot } from './source-snapshot';

/** What decides how the modules of a requirements file get in, besides the file. */
interface Options extends Pick<BundleRequest, 'executor' | 'docker'> {
  readonly runtime: PythonRuntime;
  readonly architecture: TargetRuntime['architecture'];
  readonly image: string;
  readonly bytecode: BytecodePlan | null;
}

/** How the modules get in; null where nothing is asked for. */
export const planInstall = (
  { executor, docker }: BundleRequest,
  requirements: RequirementsSnapshot | null,
  runtime: PythonRuntime,
  { architecture }: TargetRuntime,
  image: string,
  bytecode: BytecodePlan | null,
): InstallPlan | null => {
  if (requirements === null) return null;
  const options: Options = { executor, docker, runtime, architecture, image, bytecode };
  const plans = plansOf(requirements);
  const key = JSON.stringify(options);
  const known = plans.get(key);
  const install = known === undefined ? installPlan(requirements, options) : known;
  plans.set(key, install);
  return install;
};

/** The plans for one requirements file by their options: most functions that share the file share them as well. */
const plansOf = byIdentity((_: RequirementsSnapshot) => new Map<string, InstallPlan | null>());

const installPlan = (
  requirements: RequirementsSnapshot,
  { executor, docker, runtime, architecture, image, bytecode }: Options,
): InstallPlan | null => {
  const lines = requestedLines(requirements);
  if (!lines.some(asksForPackage)) return null;
  const { inputs, workingDirectory } = installInputs(requirements);
  const localNames = requirements.localPackages.flatMap(({ name }) => name ?? []);
  return {
    executor,
    inputs,
    workingDirectory,
    mayBeEmpty: !lines.some(alwaysInstalls),
    host: hostInstall(runtime, architecture, localNames),
    docker: dockerInstall(docker, image, architecture, workingDirectory, bytecode),
  };
};
