import * as t from 'io-ts';
import { mebibytes } from '../../plan/values/message-text';
import { error, text, withOutput } from './error-shape';
import { printableName } from '../process/printable';

/** Stands for the distribution of files that the user's commands have made. */
export const BY_COMMANDS = 'the commands of this bundle';

/** Stands for the distribution of the user's own files, among files that commands have made. */
export const OF_ENTRY = 'the entry';

const WAYS: Readonly<Record<string, string>> = {
  [BY_COMMANDS]:
    'Have them install for the target (`pip install --only-binary=:all: --platform … --python-version …`), or run them in the image of the runtime',
  [OF_ENTRY]:
    'Leave it out with `bundling.exclude`, or have commands of this bundle build it for the target in the image of the runtime',
};

/**
 * What is wrong with the content of a bundle.
 *
 * @since 0.1.0
 */
export const ContentError = t.union(
  [
    error('WrongWheel', { distribution: text, tag: text, target: text }),
    /** Native code that does not load on the target, whatever its wheel says. */
    error('WrongBinary', { path: text, distribution: text, needs: text, target: text }),
    /** Such native code in a local package, whose files are the user's. */
    error('WrongLocalBinary', { path: text, distribution: text, needs: text, target: text }),
    /** A kind of file that no bundle may hold. */
    error('UnsafeFile', { path: text, distribution: text, what: text }),
    /** A layer that claims targets on which its native code does not load. */
    error('NotPortable', { path: text, target: text, others: t.readonlyArray(text) }),
    /** Native code of a layer that does not load on the target of a function with that layer. */
    error('ForeignLayer', { path: text, layer: text, made: text, target: text }),
    /** Native code of a bundle for another target than the final template names. */
    error('ForeignBundle', { path: text, made: text, target: text }),
    /** A module of a layer that Lambda unpacks over one of the function's modules, which are in a layer, too. */
    error('LayersClash', { path: text, first: text, second: text }),
    /** A layer's version of a distribution that Lambda unpacks over the function's; both with their declarations. */
    error('LayerReplaces', { own: text, version: text, layer: text }),
    error('FileConflict', { path: text, source: text, distribution: text }),
    error('ShadowedHandler', { module: text, path: text, distribution: text }),
    /** A distribution shadows another of the user's modules. */
    error('ShadowedModule', { path: text, source: text, distribution: text }),
    error('EntryDoesNotParse', { path: text, line: t.number, message: text, python: text }),
    /** The user's commands have removed the entry. */
    error('EntryGone', { path: text, source: text }),
    error('HookFailed', {
      hook: t.keyof({ beforeBundling: null, afterBundling: null, command: null }),
      exit: text,
      output: text,
    }),
    error('NothingBuilt', { tool: text, output: text }),
    /** Neither files nor modules; `looked` says what was looked for, and where. */
    error('EmptyBundle', { looked: t.readonlyArray(text), target: text }),
    /** A file with a password would go into the cloud assembly. */
    error('SecretInAssembly', { path: text }),
    error('TooLarge', {
      size: t.number,
      limit: t.number,
      largest: t.readonlyArray(text),
      /** Ways to make it smaller. */
      ways: t.readonlyArray(text),
    }),
    error('TooManyFiles', { files: t.number, limit: t.number }),
    error('NoBytecode', { python: text, looked: t.readonlyArray(text) }),
  ],
  'ContentError',
);

export type ContentError = t.TypeOf<typeof ContentError>;

/** One error as a user reads it: what happened, what was looked for, what to do. */
export const showContentError = (error: ContentError): string => {
  switch (error._tag) {
    case 'WrongWheel':
      return `${error.distribution} was installed from a wheel tagged ${error.tag}, which does not load on ${error.target}. Require a version with a wheel for the target, or set \`bundling.executor\` to "docker".`;
    case 'WrongBinary':
      return `${error.path} of ${error.distribution} is native code for ${error.needs}; the target is ${error.target}. ${WAYS[error.distribution] ?? 'Require a version with a wheel for the target, or build it in the image of the runtime'} (\`bundling.executor\` "docker").`;
    case 'WrongLocalBinary':
      return `${error.path} of the local package ${error.distribution} is native code for ${error.needs}; the target is ${error.target}. Remove the file or leave it out of the package (in the settings of its build), or have its build compile it in the image of the runtime (\`bundling.executor\` "docker").`;
    case 'UnsafeFile':
      return `${printableName(error.path)} of ${error.distribution} is ${error.what}, which no bundle may hold. Do not trust the distribution until you know why. If your own commands made it, have them write a plain file.`;
    case 'NotPortable':
      return `${error.path} is native code for ${error.target}, but the layer is declared for ${error.others.join(', ')} as well. Make a layer for each, or name only one in \`compatibleArchitectures\` and \`compatibleRuntimes\`.`;
    case 'ForeignLayer':
      return `${error.path} in the layer ${error.layer} is native code for ${error.made}, but the function is for ${error.target}. Set the function's \`architecture\` and \`runtime\` to those of the layer, or make a separate layer for the function (\`compatibleArchitectures\`, \`compatibleRuntimes\`).`;
    case 'ForeignBundle':
      return `${error.path} is native code for ${error.made}, but the template names ${error.target}: something changed the function after its construction, such as an aspect or \`addPropertyOverride\`. Set \`architecture\` and \`runtime\` of the PythonFunction instead.`;
    case 'LayersClash':
      return `The layer ${error.second} and the layer with this function's modules (${error.first}) both have ${error.path}, with different content. Lambda unpacks ${error.second} over it, because the function lists ${error.second} later. Pass it in \`layers\` instead of \`addLayers\`, rename the module, or set \`bundling.dependencies\` to "bundle".`;
    case 'LayerReplaces':
      return `The layer ${error.layer} has ${error.version}, and the layer with this function's modules has ${error.own}. Lambda unpacks ${error.layer} over it, because the function lists ${error.layer} later. Pass it in \`layers\` instead of \`addLayers\`, declare the same version for both, or set \`bundling.dependencies\` to "bundle".`;
    case 'FileConflict':
      return `Two files want the path ${error.path} in the bundle: ${error.source} and one of ${error.distribution}. Rename yours, or leave it out with \`bundling.exclude\`.`;
    case 'ShadowedHandler':
      return `${error.path} of ${error.distribution} would be imported in place of the entry's module "${error.module}". Rename the entry.`;
    case 'ShadowedModule':
      return `${error.path} of ${error.distribution} would be imported in place of ${error.source}. Rename yours, or leave it out with \`bundling.exclude\`.`;
    case 'EntryDoesNotParse':
      return `${error.path}:${error.line} does not parse in Python ${error.python}: ${error.message}. Fix it, or set \`runtime\` to a version of Python that it is written for.`;
    case 'EntryGone':
      return `The entry ${error.source} is no longer in the output, as ${error.path}: commands of \`bundling\` have removed or renamed it. Let them leave it where it is.`;
    case 'HookFailed':
      return `\`${error.hook === 'command' ? 'bundling.command' : `bundling.commandHooks.${error.hook}`}\` ended with ${error.exit}. Read its output below, fix the command, and synthesize again.${withOutput(error.output)}`;
    case 'NothingBuilt':
      return `${error.tool} succeeded but left nothing in the output folder. Let the commands of \`bundling\` write to /asset-output, or to the output folder that they are given.${withOutput(error.output)}`;
    case 'EmptyBundle':
      return `The bundle for ${error.target} would be empty. Looked for: ${error.looked.join('; ')}. Add modules, correct the options that leave files out, or remove the construct.`;
    case 'SecretInAssembly':
      return `${error.path} has a user name or a password in a URL, and \`bundling.phase\` "publish" would put it into the cloud assembly. Write the password as a variable, such as \`https://user:\${NAME}@host\`, or use a netrc file.`;
    case 'TooLarge':
      return `The bundle has ${mebibytes(error.size)} MB; Lambda takes at most ${mebibytes(error.limit)} MB unzipped, layers included. The largest: ${error.largest.join(', ')}. To make it smaller: ${[...error.ways, 'or deploy a container image (10 GB)'].join('; ')}.`;
    case 'TooManyFiles':
      return `The bundle has ${error.files} files; a zip that every reader understands has at most ${error.limit}. Leave files out with \`bundling.exclude\`, drop requirements, or set \`bundling.packaging\` to "directory".`;
    case 'NoBytecode':
      return `\`bundling.bytecode\` is "require", but no Python ${error.python} could make the bytecode. Looked at: ${error.looked.length === 0 ? 'nothing, as there is no Python on PATH' : error.looked.join(', ')}. Install one (\`uv python install ${error.python}\`), or set it to "auto".`;
  }
};
