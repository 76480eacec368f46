import * as path from 'node:path';
import type { BundlePlan } from '../model/bundle-plan';
import type { BundleRequest } from '../request/bundle-request';
import { declaredInconsistencies } from './declared-consistency';
import { dockerInstall, hasOwnCommand } from '../install/container-install';
import {
  dockerOptionErrors,
  isFreeTarget,
  isVolumeSource,
  OWN_MOUNTS,
  requestedOptions,
} from '../options/docker-options';
import { executorErrors } from '../options/executor-options';
import type { PlanFieldError } from '../values/field-error';
import { brief, differences } from '../values/field-error';
import { hostInstall } from '../install/installer-argv';
import { installChoice } from '../target/install-choice';
import type { DockerInstall, InstallPlan } from '../model/install-plan';
import { repeated, wrong } from '../values/path-collisions';
import { findRuntime } from '../target/python-runtime';
import { uvErrors } from '../declarations/uv-settings/uv-consistency';
import { uvFiles } from '../declarations/uv-settings/uv-files';
import { editErrors, generatedErrors, nameErrors } from './requirements-consistency';
import { sdistPolicy } from '../options/sdist-policy';
import { holdsPackage, isWhole } from '../install/whole-build';

/** Checks the install between fields, which shapes cannot express. */
export const installInconsistencies = (
  install: InstallPlan,
  { image, runtime, bytecode }: BundlePlan,
): readonly PlanFieldError[] => {
  const { host, docker, inputs, generated, requirements, isLocked, isHashed } = install;
  const { workingDirectory, hooks, sdist, resolvedAsOf, uv } = install;
  const runs = install.runs === undefined ? {} : { runs: install.runs };
  const gathered = [...inputs, ...generated, ...uvFiles(uv, workingDirectory)];
  const places = new Set(gathered.map((file) => file.path));
  const python = findRuntime(runtime.name);
  const options = requestedOptions(docker);
  return [
    ...repeated(gathered, (index) =>
      index < inputs.length ? `/install/inputs/${index}` : `/install/generated/${index - inputs.length}`,
    ),
    ...inputs.flatMap((input, index) =>
      editErrors(input, workingDirectory, `/install/inputs/${index}/edits`),
    ),
    ...generated.flatMap((file, index) =>
      generatedErrors(file, workingDirectory, `/install/generated/${index}/text`),
    ),
    ...requirements.flatMap((file, index) => [
      ...nameErrors(file, `/install/requirements/${index}`),
      ...wrong(
        places.has(path.posix.join(workingDirectory, file)),
        `/install/requirements/${index}`,
        `${brief(file)} is not among the inputs of ${brief(workingDirectory)}`,
      ),
    ]),
    ...wrong(
      JSON.stringify((install.runs ?? [requirements]).flat()) === JSON.stringify(requirements),
      '/install/runs',
      'must have each of the requirements once, in their order',
    ),
    ...(python === undefined
      ? []
      : differences(
          host,
          hostInstall(python, runtime.architecture, {
            localPackages: host.localPackages,
            requirements,
            ...runs,
            isLocked,
            isHashed,
            ...installChoice(install),
            sdist,
            resolvedAsOf,
            ...(uv === undefined ? {} : { uv }),
          }),
          '/install/host',
        )),
    ...(python === undefined
      ? []
      : differences(
          docker,
          dockerInstall(
            runtime.architecture,
            options,
            image,
            {
              runtime: python,
              localPackages: host.localPackages,
              requirements,
              ...runs,
              isLocked,
              isHashed,
              sdist,
              resolvedAsOf,
              ...(uv === undefined ? {} : { uv }),
              ...installChoice(install),
              workingDirectory,
              environment: [],
              hooks,
              buildsInput: holdsPackage(inputs),
            },
            bytecode,
          ),
          '/install/docker',
        )),
    ...mountErrors(docker),
    ...uvErrors(uv),
    ...declaredInconsistencies(install),
    ...differences(sdist, sdistPolicy(install), '/install/sdist'),
    ...wrong(
      !(install.executor === 'host' && sdist === 'docker'),
      '/install/sdist',
      'must be "host" or "forbid": if `executor` is "host", nothing is built in a container',
    ),
    ...optionErrors(install.executor, { ...options, image }),
    ...differences(install.isWhole, isWhole({ hooks, docker: options }), '/install/isWhole'),
    ...wrong(
      !(install.executor === 'host' && hasOwnCommand(docker)),
      '/install/executor',
      'must be "docker", "buildkit" or "auto": only a container can run its own command',
    ),
  ];
};

/** Checks the options of a container by the rules for users: a plan may only have options that a user could set. */
const optionErrors = (
  executor: InstallPlan['executor'],
  docker: BundleRequest['docker'],
): readonly PlanFieldError[] =>
  [
    ...dockerOptionErrors({ docker: { ...docker, volumes: [] } }),
    ...executorErrors({ executor, docker }),
  ].flatMap((error) =>
    error._tag === 'InvalidOption'
      ? {
          path: `/install/docker/${error.option.replace(/^bundling\./, '').replace(/\[(\d+)\]$/, '/$1')}`,
          message: `must be ${error.expected}`,
        }
      : [],
  );

const mountErrors = ({ mounts }: DockerInstall): readonly PlanFieldError[] => {
  const taken = new Set<string>();
  return mounts.flatMap(({ source, target }, index) => {
    const isFirst = !taken.has(target);
    taken.add(target);
    const at = `/install/docker/mounts/${index}`;
    return index < OWN_MOUNTS
      ? []
      : [
          ...wrong(
            isVolumeSource(source),
            `${at}/source`,
            `${brief(source)} is not a path of the engine's machine`,
          ),
          ...wrong(
            isFreeTarget(target) && isFirst,
            `${at}/target`,
            `${brief(target)} is not free in the container`,
          ),
        ];
  });
};
