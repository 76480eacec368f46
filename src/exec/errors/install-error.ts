import * as t from 'io-ts';
import { closed } from '../../plan/values/codecs';
import { RequirementsConflict, showRequirementsConflict } from './conflict-error';
import { showUnsetVariables } from './unset-variable';
import { error, text, withOutput } from './error-shape';
import { showInstalledNotPinned } from './installed-not-pinned';
import { MINIMUM_DATED_PIP, MINIMUM_UV } from '../../plan/variables/installer-versions';

/** A version as people write it, without a final `.0`. */
const release = (version: string): string => version.replace(/\.0$/, '');

const pipFor = (version: string): string =>
  `pip ${release(version)} or newer${version === MINIMUM_DATED_PIP ? ' (for `dependencies.resolvedAsOf`)' : ''}`;

/** The advice for an index that failed; for a refusal, where credentials go. */
const indexAdvice = (reason: string): string => {
  // The reason already has an advice for this index.
  if (/\(40[13]\)[^.]*\. /.test(reason)) return 'Then synthesize again.';
  return /\(40[13]\)/.test(reason)
    ? 'Put the user name and password in a netrc file (`~/.netrc`, or the file that NETRC names), or in variables that the URL of the index names (`https://${USER}:${PASSWORD}@host/simple`). If they are there, the index refused them: check that they are valid and allow this package.'
    : 'Check the address of the index, the network with its proxy, and the credentials; then synthesize again.';
};

/**
 * Why requirements could not be installed.
 *
 * @since 0.1.0
 */
export const InstallError = t.union(
  [
    /** Neither uv nor pip is on this machine, or both are too old. */
    error('NoInstaller', {
      tried: t.readonlyArray(text),
      /** The oldest pip that would do. */
      pip: text,
    }),
    /** Settings that only uv can honour, and uv was not found. */
    error('NeedsUv', {
      settings: t.readonlyArray(text),
      tried: t.readonlyArray(text),
      lock: t.union([text, t.null]),
    }),
    /** A container's pip that cannot ask an index as of a date. */
    error('PipTooOldForDate', { tool: text, output: text }),
    /** A `uv.toml` or `pip.conf` of this machine that cannot be read. */
    error('InvalidSettings', { file: text, line: t.union([t.number, t.null]), reason: text }),
    /** A variable with the URL of an index that uv and pip would read differently. */
    error('InvalidIndexVariable', { name: text, problem: text }),
    /** A requirement has no wheel for the target and cannot be built here as pure Python. */
    error('NeedsBuild', { requirement: text, target: text, output: text }),
    /** Such a requirement, and no container engine to build it in. */
    error('NoWayToBuild', { requirement: text, target: text, docker: text, output: text }),
    /** A requirement must be built in a sandbox, which this machine lacks. */
    error('NoSandbox', { reason: text }),
    error('InvalidSandbox', { given: text }),
    /** A plan from another machine would run code of distributions on this machine. */
    error('BuildNotAllowed', {}),
    /** A requirement has no wheel for the target, and nothing may be built. */
    error('SdistForbidden', { requirement: text, declaration: text, target: text }),
    /** A requirement has no wheel for the target, and a line of the requirements forbids its build. */
    error('BuildRuledOut', { requirement: text, declaration: text, target: text, by: text }),
    /** A downloaded file has another hash than the lock allows. */
    error('HashMismatch', { requirement: text, declaration: text, found: text }),
    /** Distributions were installed that the declaration does not pin, though `requirePinned` demands it. */
    error('InstalledNotPinned', {
      declaration: text,
      distributions: t.readonlyArray(
        closed({ requirement: text, neededBy: t.readonlyArray(text) }, 'UnpinnedDistribution'),
      ),
    }),
    /** An installed file differs from its entry in the wheel's RECORD. */
    error('NotAsRecorded', { path: text, distribution: text, tool: text }),
    /** An index has nothing as of a date: it gives no upload dates, or the upload was later. */
    error('NotThereThen', { wanted: text, hasDates: t.boolean, moment: text, declaration: text }),
    /** No index has a requirement for the target. */
    error('NoSuchVersion', {
      requirement: text,
      declaration: text,
      target: text,
      /** The known servers that were asked. */
      indexes: t.readonlyArray(text),
      output: text,
    }),
    /** Requirements exclude each other. */
    RequirementsConflict,
    /** A package index does not answer, or its answer is of no use. */
    error('IndexFailed', { wanted: text, reason: text, tool: text, output: text }),
    /** An index does not answer in a container, where its address means the container itself. */
    error('IndexOnLoopback', { host: text, wanted: text, tool: text, output: text }),
    error('InstallFailed', { tool: text, exit: text, output: text }),
    error('NothingInstalled', { tool: text, output: text }),
    /** The value of a variable cannot be the user name or password of a URL. */
    error('InvalidUrlVariable', { name: text, problem: text }),
    /** Variables in the URLs of a lock's indexes have no value. */
    error('VariableNotSet', {
      variables: t.readonlyArray(closed({ name: text, place: text }, 'UnsetVariable')),
    }),
  ],
  'InstallError',
);

export type InstallError = t.TypeOf<typeof InstallError>;

/** One error as a user reads it: what happened, what was looked for, what to do. */
export const showInstallError = (error: InstallError): string => {
  switch (error._tag) {
    case 'NoInstaller':
      return `Nothing on this machine can install the requirements. Looked for: ${error.tried.join('; ')}. Install uv (https://docs.astral.sh/uv/) ${MINIMUM_UV} or newer, or ${pipFor(error.pip)}, or start Docker and set \`bundling.executor\` to "docker".`;
    case 'NeedsUv':
      return showNeedsUv(error);
    case 'PipTooOldForDate':
      return `${error.tool} is too old for \`dependencies.resolvedAsOf\`, which needs pip ${release(MINIMUM_DATED_PIP)} or newer, or uv ${MINIMUM_UV} or newer. Install uv on this machine (a container on Linux uses it), name an image with a newer pip in \`bundling.image\`, or set \`bundling.executor\` to "host". A declaration with a lock needs no date.${withOutput(error.output)}`;
    case 'InvalidSettings':
      return `Cannot read ${error.file}${error.line === null ? '' : `:${error.line}`}, an installer settings file of this machine: ${error.reason}. Fix it, or remove it.`;
    case 'InvalidIndexVariable':
      return `The variable ${error.name} has a URL that uv and pip would not read alike: it ${error.problem}. Fix the URL, or unset the variable.`;
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
    case 'InvalidSandbox':
      return `CDK_LAMBDA_PYTHON_SANDBOX is ${JSON.stringify(error.given)}. Set it to "require" or "off", or unset it.`;
    case 'BuildNotAllowed':
      return 'The plan has a requirement without a wheel. Its build would run code on this machine. Say --allow-commands to allow that, or plan with --sdist docker or --executor docker to build in a container.';
    case 'SdistForbidden':
      return `The requirement ${error.requirement} has no wheel for ${error.target}, and \`bundling.sdist\` is "forbid". It is required by ${error.declaration}, directly or indirectly. Require a version that has a wheel, build a wheel of it yourself and require that file, or set \`bundling.sdist\` (or the context key cdk-lambda-python:sdist, if that sets it) to "docker".`;
    case 'BuildRuledOut':
      return `No wheel of ${error.requirement} (${error.declaration}) was found for ${error.target}, and \`--only-binary\` in ${error.by} forbids its build. Require a version that has a wheel, build a wheel of it yourself and require that file, or remove the name from that line.`;
    case 'HashMismatch':
      return `The file downloaded for ${error.requirement} has the hash ${error.found}, which ${error.declaration} does not allow. Lock again if you know why the file was replaced; if not, do not trust it.`;
    case 'InstalledNotPinned':
      return showInstalledNotPinned(error);
    case 'NotAsRecorded':
      return `${error.path} of ${error.distribution} is not the file that its wheel lists in RECORD: something has changed the cache of ${error.tool}, or the wheel is damaged. Clear the cache (\`uv cache clean\`, \`pip cache purge\`) and synthesize again.`;
    case 'NotThereThen':
      return (
        `\`dependencies.resolvedAsOf\` is set, but the package index ${error.hasDates ? `had nothing for ${error.wanted} at ${error.moment} that the requirements allow` : `does not say when ${error.wanted} was uploaded, so its content at ${error.moment} is not known`}. ` +
        `It is required by ${error.declaration}, directly or indirectly. ` +
        (error.hasDates
          ? 'Set a later date, or allow an older version.'
          : `Use an index that gives upload dates, as PyPI does (PEP 700), or remove \`dependencies.resolvedAsOf\` and run \`npx cdk-lambda-python lock ${error.declaration}\`.`)
      );
    case 'NoSuchVersion':
      return (
        `No package index that was asked has ${error.requirement} for ${error.target}. It is required by ${error.declaration}, directly or indirectly. ${error.indexes.length === 0 ? '' : `These were asked: ${error.indexes.join(', ')}. `}` +
        'Correct its name or version, lock again if it was withdrawn, or name the index that has it with `dependencies.index` or `dependencies.extraIndexes`.' +
        withOutput(error.output)
      );
    case 'RequirementsConflict':
      return showRequirementsConflict(error);
    case 'IndexFailed':
      return `${error.tool} could not get ${error.wanted === '' ? 'what it asked the package index for' : error.wanted}: ${error.reason}. ${indexAdvice(error.reason)}${withOutput(error.output)}`;
    case 'IndexOnLoopback':
      return `${error.tool} could not get ${error.wanted === '' ? 'what it asked the package index for' : error.wanted}: nothing answers at that address (connection refused). In a container, ${error.host} is the container itself and not this machine. Set \`bundling.network\` to "host", or name the index by an address that containers reach.${withOutput(error.output)}`;
    case 'InstallFailed':
      return `Installing the requirements failed: ${error.tool} ended with ${error.exit}. Read its output below, fix the declaration of the dependencies or the network, and synthesize again.${withOutput(error.output)}`;
    case 'NothingInstalled':
      return `${error.tool} succeeded but installed nothing, although the requirements name packages. Check the image's entrypoint and the requirements.${withOutput(error.output)}`;
    case 'VariableNotSet':
      return showUnsetVariables(error.variables);
    case 'InvalidUrlVariable':
      return `The variable ${error.name} is used as a user name or password in a URL, but its value ${error.problem}. Set it to the percent-encoded text (\`encodeURIComponent\`, \`urllib.parse.quote(text, safe="")\`).`;
  }
};

/**
 * The installer that `bundling.installer` names was not found, or is too old.
 *
 * @since 0.1.0
 */
export const InstallerMissing = error('InstallerMissing', {
  installer: t.keyof({ uv: null, pip: null }),
  /** The oldest pip that would do. */
  pip: text,
  tried: t.readonlyArray(text),
});

/** See {@link InstallerMissing}. */
export type InstallerMissing = t.TypeOf<typeof InstallerMissing>;

export const showInstallerMissing = ({ installer, pip, tried }: InstallerMissing): string =>
  `\`bundling.installer\` is "${installer}", which was not found, or is too old. Looked for: ${tried.join('; ')}. ${
    installer === 'uv'
      ? `Install uv (https://docs.astral.sh/uv/) ${MINIMUM_UV} or newer`
      : `Install pip ${pip.replace(/\.0$/, '')} or newer`
  }, or leave the option out: then uv installs if it is found, else pip.`;

/** Settings that only uv can honour, and uv was not found. */
export interface NeedsUv {
  readonly _tag: 'NeedsUv';
  readonly settings: readonly string[];
  readonly tried: readonly string[];
  /** The command that locks the dependencies; null if they are locked, and the settings are about builds. */
  readonly lock: string | null;
}

/** The error as a user reads it. */
export const showNeedsUv = ({ settings, tried, lock }: NeedsUv): string =>
  `uv was not found, and only uv can honour these settings: ${settings.join(', ')}. Looked for: ${tried.join('; ')}. Install uv (https://docs.astral.sh/uv/) ${MINIMUM_UV} or newer, or ${
    lock === null
      ? 'lock versions that have a wheel for the target: these settings say how something is built'
      : `lock the dependencies with it (\`${lock}\`): pip installs what a lock says`
  }.`;
