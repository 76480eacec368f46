import * as t from 'io-ts';
import { closed } from '../plan/codecs';
import { MINIMUM_DATED_PIP, MINIMUM_UV } from '../plan/host-install';
import { shortPath } from '../plan/paths';
import { indented, mebibytes } from '../plan/words';
import { printableName } from './printable';
import { showInstalledNotPinned } from './installed-not-pinned';
import { refusedKey } from './refused-key';

const error = <T extends string, P extends t.Props>(tag: T, props: P) =>
  closed({ _tag: t.literal(tag), ...props }, tag);

const text = t.string;

/**
 * Why a plan could not be carried out. Each carries what it is about; {@link showExecutionError} says it in words.
 *
 * @since 0.1.0
 */
export const ExecutionError = t.union(
  [
    /** Neither uv nor pip is on this machine, or both are too old. */
    error('NoInstaller', {
      tried: t.readonlyArray(text),
      /** The oldest pip that would do. */
      pip: text,
    }),
    /** A container's pip that cannot ask an index as of a date. */
    error('PipTooOldForDate', { tool: text, output: text }),
    /** A `uv.toml` or `pip.conf` of this machine that cannot be read. */
    error('InvalidSettings', { file: text, line: t.union([t.number, t.null]), reason: text }),
    /** A variable with the URL of an index that uv and pip would not read alike. */
    error('InvalidIndexVariable', { name: text, problem: text }),
    /** A requirement has no wheel for the target and cannot be built here as pure Python. */
    error('NeedsBuild', { requirement: text, target: text, output: text }),
    /** The same, and there is no container engine to build it in. */
    error('NoWayToBuild', { requirement: text, target: text, docker: text, output: text }),
    /** Something must be built, and this machine has no sandbox for it, which is required. */
    error('NoSandbox', { reason: text }),
    error('InvalidSandbox', { given: text }),
    /** A plan from elsewhere would run code of distributions on this machine. */
    error('BuildNotAllowed', {}),
    /** A requirement has no wheel for the target, and nothing may be built. */
    error('SdistForbidden', { requirement: text, declaration: text, target: text }),
    /** A file of a requirement is not the one that was locked. */
    error('HashMismatch', { requirement: text, declaration: text, found: text }),
    /** Distributions were installed that the declaration does not fix, where it must. */
    error('InstalledNotPinned', {
      declaration: text,
      distributions: t.readonlyArray(
        closed({ requirement: text, neededBy: t.readonlyArray(text) }, 'UnpinnedDistribution'),
      ),
    }),
    /** An installed file is not the one that its wheel lists. */
    error('NotAsRecorded', { path: text, distribution: text, tool: text }),
    /** An index that is asked as of a date has nothing: it tells no dates, or got it later. */
    error('NotThereThen', { wanted: text, hasDates: t.boolean, moment: text, declaration: text }),
    /** No index has a requirement, or not for the target. */
    error('NoSuchVersion', { requirement: text, declaration: text, target: text, output: text }),
    /** A package index does not answer, or with what is of no use. */
    error('IndexFailed', { wanted: text, reason: text, tool: text, output: text }),
    error('InstallFailed', { tool: text, exit: text, output: text }),
    /** A container that did not end by itself. */
    error('ContainerKilled', { image: text, output: text }),
    error('DockerNotFound', { program: text }),
    error('DockerDaemonDown', { program: text, output: text }),
    /** The engine's client has no buildx. */
    error('BuildxNotFound', { program: text }),
    /** No BuildKit builder answers, or every one was lost in the middle. */
    error('NoBuilder', { builders: t.readonlyArray(text), output: text }),
    /** Modules that `docker buildx bake` was to build. */
    error('NotBuilt', { path: text }),
    /** What is said of a cache for builds is no cache. */
    error('InvalidBuildCache', {}),
    error('BuildCacheRefused', { builder: text, output: text }),
    /** The engine is elsewhere, and something cannot be copied to it: what was looked for there, and what that is. */
    error('FoldersNotSeen', { engine: text, looked: text, volumes: t.readonlyArray(text) }),
    error('VolumeNotThere', { path: text, engine: text, output: text }),
    error('ImageNotAvailable', { image: text, output: text }),
    error('NothingInstalled', { tool: text, output: text }),
    error('WrongWheel', { distribution: text, tag: text, target: text }),
    /** Native code that does not load on the target, whatever its wheel says. */
    error('WrongBinary', { path: text, distribution: text, needs: text, target: text }),
    /** Something that no bundle may hold: what it is, and where. */
    error('UnsafeFile', { path: text, distribution: text, what: text }),
    /** A layer that is said to be for more than its native code loads on. */
    error('NotPortable', { path: text, target: text, others: t.readonlyArray(text) }),
    error('FileConflict', { path: text, source: text, distribution: text }),
    error('ShadowedHandler', { module: text, path: text, distribution: text }),
    /** The same of another of the user's modules. */
    error('ShadowedModule', { path: text, source: text, distribution: text }),
    error('EntryDoesNotParse', { path: text, line: t.number, message: text, python: text }),
    /** Commands of the user's have taken the entry away. */
    error('EntryGone', { path: text, source: text }),
    error('HookFailed', {
      hook: t.keyof({ beforeBundling: null, afterBundling: null, command: null }),
      exit: text,
      output: text,
    }),
    error('NothingBuilt', { tool: text, output: text }),
    /** Neither files nor modules: what was looked for, and where. */
    error('EmptyBundle', { looked: t.readonlyArray(text), target: text }),
    error('SourceChanged', { path: text }),
    /** A local index or a volume holds something else than was planned. */
    error('PlaceChanged', { path: text }),
    /** Variables have other values than those that the plan was made with. */
    error('VariablesChanged', { names: t.readonlyArray(text) }),
    /** The value of a variable cannot stand where a URL has its user name or password. */
    error('InvalidUrlVariable', { name: text, problem: text }),
    /** Files that a plan needs are not in its cloud assembly as they were planned. */
    error('AssemblyChanged', { path: text, files: t.readonlyArray(text) }),
    /** An installer would read what the plan has no digest of; each as a sentence. */
    error('UnplannedInput', { found: t.readonlyArray(text) }),
    /** A file would go into the cloud assembly with a password in it. */
    error('SecretInAssembly', { path: text }),
    error('TooLarge', { size: t.number, limit: t.number, largest: t.readonlyArray(text) }),
    error('TooManyFiles', { files: t.number, limit: t.number }),
    error('NoBytecode', { python: text, looked: t.readonlyArray(text) }),
    /** Modules were there, and were taken away or written to before they could be used. */
    error('StoreChanged', { path: text }),
    error('DiskFull', { path: text }),
    error('CannotWrite', { path: text, reason: text }),
    /** The key of the store's seals is not this user's alone. */
    error('StoreKeyRefused', { path: text, why: text }),
    /** The run was told to end by a signal. */
    error('Interrupted', {}),
    error('PathTooLong', { path: text }),
    error('RunnerFailed', { exit: text, output: text }),
  ],
  'ExecutionError',
);

/**
 * Why a plan could not be carried out.
 *
 * @since 0.1.0
 */
export type ExecutionError = t.TypeOf<typeof ExecutionError>;

const withOutput = (output: string): string =>
  output === '' ? '' : `\nIts last lines:\n${indented(output)}`;

/** A version as people write it: without its last part, where that is zero. */
const release = (version: string): string => version.replace(/\.0$/, '');

const pipFor = (version: string): string =>
  `pip ${release(version)} or newer${version === MINIMUM_DATED_PIP ? ' (for `dependencies.resolvedAsOf`)' : ''}`;

/**
 * One error as a user reads it: what happened, what was looked for, what to do.
 *
 * @since 0.1.0
 */
export const showExecutionError = (error: ExecutionError): string => {
  switch (error._tag) {
    case 'NoInstaller':
      return `Nothing on this machine can install the requirements. Looked for: ${error.tried.join('; ')}. Install uv (https://docs.astral.sh/uv/) ${MINIMUM_UV} or newer, or ${pipFor(error.pip)}, or start Docker and set \`bundling.executor\` to "docker".`;
    case 'PipTooOldForDate':
      return `${error.tool} is too old for \`dependencies.resolvedAsOf\`, which needs pip ${release(MINIMUM_DATED_PIP)} or newer, or uv ${MINIMUM_UV} or newer. Install uv on this machine (a container on Linux uses it), name an image with a newer pip in \`bundling.image\`, or set \`bundling.executor\` to "host". A declaration with a lock needs no date.${withOutput(error.output)}`;
    case 'InvalidSettings':
      return `Cannot read ${error.file}${error.line === null ? '' : `:${error.line}`}, which says how this machine installs: ${error.reason}. Fix it, or remove it.`;
    case 'InvalidIndexVariable':
      return `The variable ${error.name} has a URL that uv and pip would not read alike: it ${error.problem}. Correct the URL, or unset the variable.`;
    case 'NeedsBuild':
      return (
        `The requirement ${error.requirement} has no wheel for ${error.target}, and it is not pure Python, so this machine cannot build it for Lambda. ` +
        'Set `bundling.executor` to "auto" or "docker" to build it in a container, or require a version that has a wheel.' +
        withOutput(error.output)
      );
    case 'NoWayToBuild':
      return (
        `The requirement ${error.requirement} has no wheel for ${error.target} and must be built, but no container engine answers: ${error.docker}. Three ways out: ` +
        '(1) start Docker, or name another engine with CDK_DOCKER; ' +
        '(2) require a version that has a wheel for the target; ' +
        '(3) set `runtime` or `architecture` to one that it has a wheel for.' +
        withOutput(error.output)
      );
    case 'NoSandbox':
      return `A requirement must be built, and CDK_LAMBDA_PYTHON_SANDBOX is "require", but builds have no sandbox here: ${error.reason}. Install bubblewrap (Linux), set \`bundling.executor\` to "auto" or "docker" to build in a container, or unset the variable.`;
    case 'BuildNotAllowed':
      return 'The plan requires something that has no wheel. To build it would run its code on this machine. Say --allow-commands to allow that, or plan with --sdist docker or --executor docker to build in a container.';
    case 'InvalidSandbox':
      return `CDK_LAMBDA_PYTHON_SANDBOX is ${JSON.stringify(error.given)}. Set it to "require" or "off", or unset it.`;
    case 'SdistForbidden':
      return `The requirement ${error.requirement} has no wheel for ${error.target}, and \`bundling.sdist\` is "forbid"; it is asked for by ${error.declaration}, or by something that this asks for. Require a version that has a wheel, build a wheel of it yourself and require that file, or set \`bundling.sdist\` (the context key cdk-lambda-python:sdist, where that says so) to "docker".`;
    case 'HashMismatch':
      return `What was downloaded for ${error.requirement} has the hash ${error.found}, which ${error.declaration} does not allow. Lock anew if the file was replaced for a reason that you know; if not, do not trust it.`;
    case 'InstalledNotPinned':
      return showInstalledNotPinned(error);
    case 'NotAsRecorded':
      return `${error.path} of ${error.distribution} is not the file that its wheel lists in RECORD: something has changed the cache of ${error.tool}, or the wheel is damaged. Clear the cache (\`uv cache clean\`, \`pip cache purge\`) and synthesize again.`;
    case 'NotThereThen':
      return (
        `\`dependencies.resolvedAsOf\` is set, but the package index ${error.hasDates ? `had nothing for ${error.wanted} at ${error.moment} that the requirements allow` : `does not say when ${error.wanted} was uploaded, so what it had at ${error.moment} is not known`}. ` +
        `It is asked for by ${error.declaration}, or by something that this asks for. ` +
        (error.hasDates
          ? 'Set a later date, or allow an older version.'
          : `Use an index that tells upload dates, as PyPI does (PEP 700), or take \`dependencies.resolvedAsOf\` away and run \`npx cdk-lambda-python lock ${error.declaration}\`.`)
      );
    case 'NoSuchVersion':
      return (
        `No package index that was asked has ${error.requirement} for ${error.target}; it is asked for by ${error.declaration}, or by something that this asks for. ` +
        'Correct its name or version, lock anew if it was withdrawn, or name the index that has it with `dependencies.index` or `dependencies.extraIndexes`.' +
        withOutput(error.output)
      );
    case 'IndexFailed':
      return `${error.tool} could not get ${error.wanted === '' ? 'what it asked the package index for' : error.wanted}: ${error.reason}. Check the address of the index, the network with its proxy, and the credentials; then synthesize again.${withOutput(error.output)}`;
    case 'InstallFailed':
      return `Installing the requirements failed: ${error.tool} ended with ${error.exit}. Look at what it says below, mend what declares the dependencies or the network, and synthesize again.${withOutput(error.output)}`;
    case 'ContainerKilled':
      return `The build container of ${error.image} was killed (signal SIGKILL) before it was done: it had too little memory, or somebody stopped it or the engine. Give it more with \`bundling.memory\`, or the engine as a whole, and synthesize again.${withOutput(error.output)}`;
    case 'DockerNotFound':
      return `The container engine "${error.program}" was not found on PATH. Install Docker, name another engine with CDK_DOCKER, or set \`bundling.executor\` to "host".`;
    case 'DockerDaemonDown':
      return `"${error.program}" is installed, but its daemon does not answer. Start it, or set \`bundling.executor\` to "host".${withOutput(error.output)}`;
    case 'BuildxNotFound':
      return `"${error.program}" has no buildx, by which builds are given to BuildKit. Install it (the package docker-buildx-plugin or docker-buildx), name a client that has it with CDK_DOCKER, or set \`bundling.executor\` to "docker".`;
    case 'NoBuilder':
      return `No BuildKit builder did the build. Asked: ${error.builders.join(', ')}. Look at \`docker buildx ls\`, start what is missing, name others with CDK_LAMBDA_PYTHON_BUILDERS, or set \`bundling.executor\` to "docker" or "host"; then synthesize again.${withOutput(error.output)}`;
    case 'NotBuilt':
      return `The modules of this bundle are not in ${error.path}, where \`docker buildx bake\` would have put them. Have it build the targets "modules" (\`plan ASSEMBLY --format bake\` prints its file), or run this without --built.`;
    case 'InvalidBuildCache':
      return 'CDK_LAMBDA_PYTHON_BUILD_CACHE is not a cache of BuildKit with a place for each set of modules. Write it as "type=registry,ref=HOST/NAME:{set}", or another type of `docker buildx build --cache-to` that has `{set}` in its name.';
    case 'BuildCacheRefused':
      return `${error.builder} cannot have the cache that CDK_LAMBDA_PYTHON_BUILD_CACHE names. Use a builder that can (\`docker buildx create\`, another driver than "docker"), or name another cache.${withOutput(error.output)}`;
    case 'FoldersNotSeen':
      return (
        `${error.engine} does not see the folders of this machine: ${error.looked} is not there, or another file. Files are copied to such an engine, but not \`bundling.volumes\`: ${error.volumes.join(', ')}. Three ways out: ` +
        "(1) put them at the same paths on the engine's machine, and set `bundling.bundlingFileAccess` to BundlingFileAccess.VOLUME_COPY, which says that volumes are of that machine; " +
        '(2) leave the volumes out; ' +
        '(3) name an engine on this machine with DOCKER_HOST or CDK_DOCKER.'
      );
    case 'VolumeNotThere':
      return `${error.engine} has no ${error.path}, which \`bundling.volumes\` names. Volumes are folders of the engine's machine: make it there, correct its \`hostPath\`, or leave it out.${withOutput(error.output)}`;
    case 'ImageNotAvailable':
      return `The build image ${error.image} is not on this machine and could not be pulled. Check its name and the network, or set \`bundling.image\` to one that can be had.${withOutput(error.output)}`;
    case 'NothingInstalled':
      return `${error.tool} ended well but installed nothing, although the requirements name packages. Check the image's entrypoint and the requirements.${withOutput(error.output)}`;
    case 'WrongWheel':
      return `${error.distribution} was installed from a wheel tagged ${error.tag}, which does not load on ${error.target}. Require a version with a wheel for the target, or set \`bundling.executor\` to "docker".`;
    case 'WrongBinary':
      return `${error.path} of ${error.distribution} is native code for ${error.needs}; the target is ${error.target}. Require a version with a wheel for the target, or build it in the image of the runtime (\`bundling.executor\` "docker").`;
    case 'UnsafeFile':
      return `${printableName(error.path)} of ${error.distribution} is ${error.what}, which no bundle may hold. Do not trust the distribution before you know why; where it comes from commands of yours, have them write a plain file.`;
    case 'NotPortable':
      return `${error.path} is native code for ${error.target}, but the layer says that it is for ${error.others.join(', ')} as well. Make a layer for each, or name only one in \`compatibleArchitectures\` and \`compatibleRuntimes\`.`;
    case 'FileConflict':
      return `Two files want the path ${error.path} in the bundle: ${error.source} and one of ${error.distribution}. Rename yours, or leave it out with \`bundling.exclude\`.`;
    case 'ShadowedHandler':
      return `${error.path} of ${error.distribution} would be imported in place of the entry's module "${error.module}". Rename the entry.`;
    case 'ShadowedModule':
      return `${error.path} of ${error.distribution} would be imported in place of ${error.source}. Rename yours, or leave it out with \`bundling.exclude\`.`;
    case 'EntryDoesNotParse':
      return `${error.path}:${error.line} does not parse in Python ${error.python}: ${error.message}. Mend it, or set \`runtime\` to a version of Python that it is written for.`;
    case 'EntryGone':
      return `The entry ${error.source} is not in the output any more, as ${error.path}: commands of \`bundling\` have removed or renamed it. Let them leave it where it is.`;
    case 'HookFailed':
      return `\`${error.hook === 'command' ? 'bundling.command' : `bundling.commandHooks.${error.hook}`}\` ended with ${error.exit}. Look at what it says below, mend the command, and synthesize again.${withOutput(error.output)}`;
    case 'NothingBuilt':
      return `${error.tool} ended well but left nothing in the output folder. Let the commands of \`bundling\` write to /asset-output, or to the output folder they are given.${withOutput(error.output)}`;
    case 'EmptyBundle':
      return `Nothing would be in the bundle for ${error.target}. Looked for: ${error.looked.join('; ')}. Add modules, correct what is excluded or left out, or take it away.`;
    case 'PlaceChanged':
      return `${shortPath(error.path)} does not hold what it held when the bundle was planned. Synthesize again, where the folder is as it should be.`;
    case 'VariablesChanged':
      return `${error.names.join(', ')} must have the values of the synthesis, or the bundle is not the one that its hash names. Set what \`bundling.environment\` and \`bundling.buildArgs\` named then, or synthesize again. Publish functions with different values of one variable in separate runs.`;
    case 'SourceChanged':
      return `${error.path} changed while the bundle was made. Synthesize again.`;
    case 'InvalidUrlVariable':
      return `The variable ${error.name} stands in a URL for a user name or password, but its value ${error.problem}. Set it to the percent-encoded text (\`encodeURIComponent\`, \`urllib.parse.quote(text, safe="")\`).`;
    case 'AssemblyChanged':
      return `${error.path} does not hold what was planned, or not all of it: copies of ${error.files.join(', ')} are missing or were changed. Carry the whole cloud assembly along, as it was synthesized, or synthesize again.`;
    case 'UnplannedInput':
      return `${error.found.join('\n')}\nNo plan of cdk-lambda-python has such a line: the plan or one of its files was changed by hand. Synthesize again.`;
    case 'SecretInAssembly':
      return `${error.path} has a user name or a password in a URL, and \`bundling.phase\` "publish" would put it into the cloud assembly. Write the password as a variable, such as \`https://user:\${NAME}@host\`, or use a netrc file.`;
    case 'TooLarge':
      return `The bundle has ${mebibytes(error.size)} MB; Lambda takes at most ${mebibytes(error.limit)} MB unzipped, layers included. The largest: ${error.largest.join(', ')}. Leave files out with \`bundling.exclude\`, drop requirements, set \`dependencies.slim\`, or use a container image.`;
    case 'TooManyFiles':
      return `The bundle has ${error.files} files; a zip that every reader understands has at most ${error.limit}. Leave files out with \`bundling.exclude\`, drop requirements, or set \`bundling.packaging\` to "directory".`;
    case 'NoBytecode':
      return `\`bundling.bytecode\` is "require", but no Python ${error.python} could make the byte code. Looked at: ${error.looked.length === 0 ? 'nothing, as there is no Python on PATH' : error.looked.join(', ')}. Install one (\`uv python install ${error.python}\`), or set it to "auto".`;
    case 'StoreChanged':
      return `The modules of this function were removed from ${error.path}, or written to, while its bundle was made. Synthesize again.`;
    case 'DiskFull':
      return `No space is left on the disk of ${error.path}. Free some, or set CDK_LAMBDA_PYTHON_CACHE to a folder on another disk.`;
    case 'CannotWrite':
      return `Cannot write ${error.path}: ${error.reason}. Make the folder writable, or set CDK_LAMBDA_PYTHON_CACHE to one that is.`;
    case 'StoreKeyRefused':
      return refusedKey(error.path, error.why);
    case 'Interrupted':
      return 'The run was told to end before this bundle was made; nothing of it is left. Run it again.';
    case 'PathTooLong':
      return `Cannot write ${shortPath(error.path)}: the path is longer than this machine takes. Give the folders in it shorter names, leave it out with \`bundling.exclude\`, or set \`bundling.packaging\` to "zip".`;
    case 'RunnerFailed':
      return `The process that makes the bundles ended with ${error.exit} before it had reported on this one.${withOutput(error.output)}`;
  }
};
