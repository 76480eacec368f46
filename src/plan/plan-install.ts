import type { BundleRequest } from './bundle-request';
import type { TargetRuntime } from './bundle-plan';
import type { BytecodePlan } from './bytecode-plan';
import { dockerInstall } from './docker-install';
import { hostInstall } from './host-install';
import { installInputs } from './install-inputs';
import type { InstallPlan } from './install-plan';
import type { PythonRuntime } from './python-runtime';
import { alwaysInstalls, asksForPackage, requestedLines } from './requested-lines';
import type { RequirementsSnapshot } from './source-snapshot';

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
