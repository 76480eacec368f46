import * as t from 'io-ts';
import { error, text, withOutput } from './error-shape';

/**
 * Why a container engine or a BuildKit builder could not do its work.
 *
 * @since 0.1.0
 */
export const EngineError = t.union(
  [
    /** A container that was killed. */
    error('ContainerKilled', { image: text, output: text }),
    error('DockerNotFound', { program: text }),
    error('DockerDaemonDown', { program: text, output: text }),
    /** No engine answers, and only the option `bundling.image` asks for a container. */
    error('NoEngineForImage', { image: text, docker: text }),
    /** The engine's client has no buildx. */
    error('BuildxNotFound', { program: text }),
    /** No BuildKit builder answers, or all were lost during the build. */
    error('NoBuilder', { builders: t.readonlyArray(text), output: text }),
    /** `docker buildx bake` has not built the modules. */
    error('NotBuilt', { path: text }),
    /** CDK_LAMBDA_PYTHON_BUILD_CACHE has an invalid value. */
    error('InvalidBuildCache', {}),
    error('BuildCacheRefused', { builder: text, output: text }),
    /** The engine is on another machine, and volumes cannot be copied to it; `looked` was looked for there. */
    error('FoldersNotSeen', { engine: text, looked: text, volumes: t.readonlyArray(text) }),
    error('VolumeNotThere', { path: text, engine: text, output: text }),
    error('ImageNotAvailable', { image: text, output: text }),
  ],
  'EngineError',
);

export type EngineError = t.TypeOf<typeof EngineError>;

/** One error as a user reads it: what happened, what was looked for, what to do. */
export const showEngineError = (error: EngineError): string => {
  switch (error._tag) {
    case 'ContainerKilled':
      return `The build container of ${error.image} was killed (signal SIGKILL) before it finished: it had too little memory, or somebody stopped it or the engine. Give it more memory with \`bundling.memory\`, or give the whole engine more, and synthesize again.${withOutput(error.output)}`;
    case 'DockerNotFound':
      return `The container engine "${error.program}" was not found on PATH. Install Docker, name another engine with CDK_DOCKER, or set \`bundling.executor\` to "host".`;
    case 'DockerDaemonDown':
      return `"${error.program}" is installed, but its daemon does not answer. Start it, or set \`bundling.executor\` to "host".${withOutput(error.output)}`;
    case 'NoEngineForImage':
      return `\`bundling.image\` is ${error.image}, so a container installs, but no container engine answers: ${error.docker}. Leave \`bundling.image\` out (and \`bundling.executor\`, if it is "docker") to install on this machine, or start Docker, or name another engine with CDK_DOCKER.`;
    case 'BuildxNotFound':
      return `"${error.program}" has no buildx, which passes builds to BuildKit. Install it (the package docker-buildx-plugin or docker-buildx), name a client that has it with CDK_DOCKER, or set \`bundling.executor\` to "docker".`;
    case 'NoBuilder':
      return `No BuildKit builder did the build. Asked: ${error.builders.join(', ')}. Check \`docker buildx ls\`, start the missing ones, name others with CDK_LAMBDA_PYTHON_BUILDERS, or set \`bundling.executor\` to "docker" or "host"; then synthesize again.${withOutput(error.output)}`;
    case 'NotBuilt':
      return `The modules of this bundle are not in ${error.path}, where \`docker buildx bake\` would have put them. Have it build the targets "modules" (\`plan ASSEMBLY --format bake\` prints its file), or run this without --built.`;
    case 'InvalidBuildCache':
      return 'CDK_LAMBDA_PYTHON_BUILD_CACHE is not a cache of BuildKit with a place for each set of modules. Write it as "type=registry,ref=HOST/NAME:{set}", or another type of `docker buildx build --cache-to` that has `{set}` in its name.';
    case 'BuildCacheRefused':
      return `${error.builder} cannot use the cache that CDK_LAMBDA_PYTHON_BUILD_CACHE names. Use a builder that can (\`docker buildx create\` with another driver than "docker"), or name another cache.${withOutput(error.output)}`;
    case 'FoldersNotSeen':
      return (
        `${error.engine} does not see the folders of this machine: ${error.looked} does not exist there, or is another file. Files are copied to such an engine, but not \`bundling.volumes\`: ${error.volumes.join(', ')}. Three ways out: ` +
        "(1) put them at the same paths on the engine's machine, and set `bundling.bundlingFileAccess` to BundlingFileAccess.VOLUME_COPY, which declares that volumes are folders of that machine; " +
        '(2) leave the volumes out; ' +
        '(3) name an engine on this machine with DOCKER_HOST or CDK_DOCKER.'
      );
    case 'VolumeNotThere':
      return `${error.engine} has no ${error.path}, which \`bundling.volumes\` names. Volumes are folders of the engine's machine: create it there, correct its \`hostPath\`, or leave it out.${withOutput(error.output)}`;
    case 'ImageNotAvailable':
      return `The build image ${error.image} is not on this machine and could not be pulled. Check its name and the network, or set \`bundling.image\` to one that is available.${withOutput(error.output)}`;
  }
};
