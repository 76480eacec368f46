import * as path from 'node:path';
import { dockerPlatformOf } from './architecture';
import type { BundleRequest } from './bundle-request';
import type { TargetRuntime } from './bundle-plan';
import { CONTAINER_INPUT, CONTAINER_OUTPUT, dockerArgv, PLACEHOLDERS } from './docker-argv';
import { sha256 } from './hash';
import { hostInstall, REQUIREMENTS } from './host-install';
import { applyEdits, installInputs } from './install-inputs';
import type { DockerInstall, InstallPlan } from './install-plan';
import type { HashedInput } from './plan-hash';
import type { PythonRuntime } from './python-runtime';
import { redactUrls } from './redact';
import { readRequirements } from './requirements-file';
import type { RequirementsSnapshot } from './source-snapshot';

/** Variables of pip that a container's pip needs as much as this machine's; handed over by name where they are set. */
const PIP_ENVIRONMENT = [
  'PIP_INDEX_URL',
  'PIP_EXTRA_INDEX_URL',
  'PIP_TRUSTED_HOST',
  'PIP_NO_INDEX',
  'PIP_DEFAULT_TIMEOUT',
  'PIP_RETRIES',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
];

/** What runs in the container: its own pip, for its own Python. */
export const PIP_IN_CONTAINER: readonly string[] = [
  'python',
  '-m',
  'pip',
  'install',
  '--disable-pip-version-check',
  '--no-input',
  '--no-compile',
  '--no-cache-dir',
  '--target',
  CONTAINER_OUTPUT,
  '--requirement',
  REQUIREMENTS,
];

const planDocker = (
  { docker, architecture }: BundleRequest,
  image: string,
  workingDirectory: string,
): DockerInstall => {
  const fields = {
    image,
    platform: dockerPlatformOf(architecture),
    user: docker.user ?? null,
    network: docker.network ?? null,
    mounts: [
      { source: 'input', target: CONTAINER_INPUT, readOnly: false },
      { source: 'output', target: CONTAINER_OUTPUT, readOnly: false },
      ...docker.volumes.map(({ hostPath, containerPath, readOnly }) => ({
        source: hostPath,
        target: containerPath,
        readOnly,
      })),
    ],
    environment: [...new Set([...PIP_ENVIRONMENT, ...docker.environment])],
    workingDirectory: path.posix.join(CONTAINER_INPUT, workingDirectory),
    command: PIP_IN_CONTAINER,
  };
  return { ...fields, argv: dockerArgv(fields, PLACEHOLDERS) };
};

const hashedInputs = (plan: InstallPlan, { texts }: RequirementsSnapshot): readonly HashedInput[] =>
  plan.inputs.map(({ path, from, digest, executable, edits }) => {
    const text = texts.find(({ file }) => file === from)?.text;
    return {
      path,
      executable,
      digest: text === undefined ? digest : sha256(redactUrls(applyEdits(text, edits))),
    };
  });

/** Whether a requirements file asks for anything; one of comments only does not. */
const asksForSomething = ({ texts, localPackages }: RequirementsSnapshot): boolean =>
  localPackages.length > 0 ||
  texts.some(({ text }) =>
    readRequirements(text).some((line) => line._tag === 'Named' || line._tag === 'LocalPackage'),
  );

const mayBeEmpty = ({ texts, localPackages }: RequirementsSnapshot): boolean =>
  localPackages.length === 0 &&
  texts.every(({ text }) => readRequirements(text).every((line) => line._tag !== 'Named' || line.marked));

/** How the modules get in, and what of it decides the key; null where nothing is asked for. */
export const planInstall = (
  request: BundleRequest,
  requirements: RequirementsSnapshot | null,
  runtime: PythonRuntime,
  target: TargetRuntime,
  image: string,
): { readonly plan: InstallPlan; readonly inputs: readonly HashedInput[] } | null => {
  if (requirements === null || !asksForSomething(requirements)) return null;
  const { inputs, workingDirectory } = installInputs(requirements);
  const localNames = requirements.localPackages.flatMap(({ name }) => name ?? []);
  const plan: InstallPlan = {
    executor: request.executor,
    inputs,
    workingDirectory,
    mayBeEmpty: mayBeEmpty(requirements),
    host: hostInstall(runtime, target.architecture, localNames),
    docker: planDocker(request, image, workingDirectory),
  };
  return { plan, inputs: hashedInputs(plan, requirements) };
};
