import * as path from 'node:path';
import type { BundlePlan } from './bundle-plan';
import { byIdentity } from './by-identity';
import { CONTAINER_FOLDERS } from './docker-argv';
import { dockerInstall, hasOwnCommand } from './docker-install';
import { isFreeTarget, isVolumeSource } from './docker-options';
import type { PlanFieldError } from './field-error';
import { brief, differences } from './field-error';
import { hostInstall } from './host-install';
import type { DockerInstall, GeneratedFile, InstallInput, InstallPlan } from './install-plan';
import { isRemote } from './packaging/local-reference';
import { repeated, wrong } from './path-consistency';
import { staysInside } from './paths';
import { findRuntime } from './python-runtime';
import type { RequirementsLine } from './declarations/requirements-file';
import { readRequirements } from './declarations/requirements-file';
import { hasCredentials } from './packaging/url-credentials';
import { sdistPolicy } from './sdist-policy';
import { holdsPackage, isWhole } from './whole-build';

/** The mounts that every install has come first. */
const OWN_MOUNTS = Object.keys(CONTAINER_FOLDERS).length;

/** What shapes cannot say of how the modules get in. */
export const installInconsistencies = (
  install: InstallPlan,
  { image, runtime, bytecode }: BundlePlan,
): readonly PlanFieldError[] => {
  const { host, docker, inputs, generated, requirements, isLocked, workingDirectory, hooks, sdist } = install;
  const gathered = [...inputs, ...generated];
  const python = findRuntime(runtime.name);
  const volumes = docker.mounts.slice(OWN_MOUNTS);
  const options = {
    platform: docker.platform,
    user: docker.user,
    network: docker.network,
    securityOpt: docker.securityOpt,
    capAdd: docker.capAdd,
    pidsLimit: docker.pidsLimit,
    memory: docker.memory,
    volumesFrom: docker.volumesFrom,
    workingDirectory: docker.workingDirectory,
    entrypoint: docker.entrypoint,
    ...(hasOwnCommand(docker) ? { command: docker.command } : {}),
    fileAccess: docker.fileAccess,
    environment: docker.environment,
    volumes: volumes.map(({ source, target, readOnly }) => ({
      hostPath: source,
      containerPath: target,
      readOnly,
    })),
  };
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
    ...requirements.flatMap((file, index) =>
      wrong(
        gathered.some((input) => input.path === path.posix.join(workingDirectory, file)),
        `/install/requirements/${index}`,
        `${brief(file)} is not among the inputs of ${brief(workingDirectory)}`,
      ),
    ),
    ...(python === undefined
      ? []
      : differences(
          host,
          hostInstall(python, runtime.architecture, {
            localPackages: host.localPackages,
            requirements,
            isLocked,
            sdist,
          }),
          '/install/host',
        )),
    ...differences(
      docker,
      dockerInstall(
        runtime.architecture,
        options,
        image,
        {
          requirements,
          isLocked,
          sdist,
          workingDirectory,
          environment: [],
          hooks,
          buildsInput: holdsPackage(inputs),
        },
        bytecode,
      ),
      '/install/docker',
    ),
    ...mountErrors(docker),
    ...differences(sdist, sdistPolicy(install), '/install/sdist'),
    ...wrong(
      !(install.executor === 'host' && sdist === 'docker'),
      '/install/sdist',
      'must be "host" or "forbid": nothing is built in a container where `executor` is "host"',
    ),
    ...differences(install.isWhole, isWhole({ hooks, docker: options }), '/install/isWhole'),
    ...wrong(
      !(install.executor === 'host' && hasOwnCommand(docker)),
      '/install/executor',
      'must be "docker" or "auto": only a container runs a command of its own',
    ),
  ];
};

const mountErrors = ({ mounts }: DockerInstall): readonly PlanFieldError[] =>
  mounts.flatMap(({ source, target }, index) => {
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
            isFreeTarget(target) && !mounts.slice(0, index).some((other) => other.target === target),
            `${at}/target`,
            `${brief(target)} is not free in the container`,
          ),
        ];
  });

/** An edit may only say where a gathered file lies: it adds no requirement, no index and no other option. */
const editErrors = (
  { path: file, edits }: InstallInput,
  workingDirectory: string,
  pointer: string,
): readonly PlanFieldError[] =>
  edits.flatMap(({ from, to, text }, index) => [
    ...wrong(
      from > (edits[index - 1]?.to ?? 0),
      `${pointer}/${index}/from`,
      `must be after the line ${edits[index - 1]?.to ?? 0}, got ${from}`,
    ),
    ...wrong(to >= from, `${pointer}/${index}/to`, `must be ${from} or more, got ${to}`),
    ...wrong(
      pointsInside(text, path.posix.dirname(file), workingDirectory),
      `${pointer}/${index}/text`,
      `${brief(text)} does not point to an input`,
    ),
  ]);

/** Read once: the plans of a batch share their installs. */
const linesOf = byIdentity(({ text }: GeneratedFile) => readRequirements(text));

/** A generated file names packages, indexes and inputs: nothing else of this machine, and no password. */
const generatedErrors = (
  generated: GeneratedFile,
  workingDirectory: string,
  pointer: string,
): readonly PlanFieldError[] =>
  linesOf(generated).flatMap((line) => [
    ...wrong(
      line._tag === 'Named' ||
        (line._tag === 'Option'
          ? /^--(extra-)?index-url \S+$/.test(line.text)
          : pointsTo(line, path.posix.dirname(generated.path), workingDirectory)),
      pointer,
      `${brief(line.text)} is neither a requirement, nor an index, nor an input`,
    ),
    ...wrong(!urlsIn(line.text).some(hasCredentials), pointer, 'has a user name or a password in a URL'),
  ]);

const urlsIn = (text: string): readonly string[] => text.match(/[a-z][a-z0-9+.-]*:\/\/\S+/gi) ?? [];

const pointsInside = (text: string, folder: string, workingDirectory: string): boolean => {
  const [line] = readRequirements(text);
  return line !== undefined && pointsTo(line, folder, workingDirectory);
};

const pointsTo = (line: RequirementsLine, folder: string, workingDirectory: string): boolean => {
  if (!('target' in line)) return false;
  const from = line._tag === 'LocalPackage' ? workingDirectory : folder;
  const isRelative = !/^(\/|[A-Za-z]:|\\)/.test(line.target) && !isRemote(line.target);
  return isRelative && staysInside(path.posix.join(from, line.target));
};
