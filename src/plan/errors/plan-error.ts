import { type EntryNotFound, showEntryNotFound } from './entry-not-found';
import { type LocalPackageError, showLocalPackageError } from './local-package-error';
import { type LockError, showLockError } from './lock-error';
import { shortPath } from '../values/paths';
import { type LockSettingError, showLockSettingError } from './lock-setting-error';
import { showUvSettingsError, type UvSettingsError } from './settings-error';
import { type ConflictingRequirements, showConflictingRequirements } from './conflicting-requirements';
import { type DeclarationNotFound, showNotFound } from './declaration-not-found';
import { type DeclarationNotChosen, showNotChosen } from './declaration-not-chosen';
import { type PolicyError, showPolicyError } from './policy-error';
import { isTakenModule } from '../target/preloaded-modules';
import { showUnknownRuntime } from './runtime-messages';
import { showUrlError, type UrlError } from './url-error';
import { type DeclaredError, showDeclaredError } from './declared-error';
import { mebibytes, shortened } from '../values/message-text';
import { type InvalidOption, showInvalidOption } from './invalid-option';
import type { IncludeError } from './include-error';
import { showIncludeError } from './include-error';
import type { ForeignSource } from './foreign-source';
import { showForeignSource } from './foreign-source';
import type { InstallerError } from './installer-error';
import { showInstallerError } from './installer-error';

/**
 * Why a request cannot become a plan. An error is data; {@link showPlanError} returns its message.
 *
 * @since 0.1.0
 */
export type PlanError =
  | EntryNotFound
  | { readonly _tag: 'EntryNotAFile'; readonly path: string; readonly kind: string }
  /** A layer's entry that is not a folder. */
  | { readonly _tag: 'EntryNotAFolder'; readonly path: string; readonly kind: string }
  | { readonly _tag: 'EntryNotPython'; readonly path: string }
  | { readonly _tag: 'EntryOutsideRoot'; readonly path: string; readonly root: string }
  | { readonly _tag: 'EntryNotImportable'; readonly path: string; readonly part: string }
  | { readonly _tag: 'InvalidHandler'; readonly handler: string }
  | InvalidOption
  | { readonly _tag: 'UnknownRuntime'; readonly given: string; readonly from: string }
  /** Nothing names a runtime for a layer. */
  | { readonly _tag: 'RuntimeNotSet' }
  | { readonly _tag: 'EmptyLayer'; readonly path: string }
  /** A layer's folder contains a folder `python` that is not a package. */
  | { readonly _tag: 'NestedLayer'; readonly folder: string }
  /** A function has the maximum of layers already, and its dependencies would need one more. */
  | { readonly _tag: 'TooManyLayers'; readonly given: number; readonly limit: number }
  | { readonly _tag: 'BytecodeNotSupported'; readonly runtime: string }
  | { readonly _tag: 'UnreadableFile'; readonly path: string; readonly reason: string }
  | {
      readonly _tag: 'NotUtf8';
      readonly path: string;
      readonly line: number;
      readonly looksLike: string | null;
    }
  | { readonly _tag: 'IncludeNotFound'; readonly path: string; readonly file: string; readonly line: number }
  | {
      readonly _tag: 'LocalPackageNotFound';
      readonly path: string;
      readonly file: string;
      readonly line: number;
    }
  | {
      readonly _tag: 'SymlinkOutsideRoot';
      readonly path: string;
      readonly target: string;
      readonly root: string;
    }
  | { readonly _tag: 'BrokenSymlink'; readonly path: string; readonly target: string }
  | { readonly _tag: 'SymlinkLoop'; readonly path: string; readonly target: string }
  | ForeignSource
  | { readonly _tag: 'UnsupportedFile'; readonly path: string; readonly kind: string }
  /** A file is larger than Lambda's limit for a whole function. */
  | { readonly _tag: 'SourceTooLarge'; readonly path: string; readonly size: number; readonly limit: number }
  /** A folder has more files than this library reads. */
  | { readonly _tag: 'TooManySources'; readonly root: string; readonly limit: number }
  /** A requirements file names an encoding (PEP 263) other than UTF-8; pip would read the file in it. */
  | {
      readonly _tag: 'EncodingNotUtf8';
      readonly file: string;
      readonly line: number;
      readonly encoding: string;
    }
  /** A lock or manifest does not follow its format. */
  | {
      readonly _tag: 'InvalidDeclaration';
      readonly file: string;
      readonly line: number;
      readonly reason: string;
    }
  /** A requirement is not a wheel, and nothing may be built. */
  | {
      readonly _tag: 'BuildForbidden';
      readonly file: string;
      readonly line: number;
      readonly requirement: string;
    }
  | {
      readonly _tag: 'NoLock';
      readonly manifest: string;
      readonly line: number;
      readonly command: string;
    }
  | {
      readonly _tag: 'UnknownGroup';
      readonly file: string;
      readonly kind: 'group' | 'extra';
      readonly name: string;
      readonly known: readonly string[];
    }
  | DeclarationNotFound
  | UvSettingsError
  | LockSettingError
  | PolicyError
  | DeclarationNotChosen
  | InstallerError
  | IncludeError
  | {
      readonly _tag: 'InvalidRequirement';
      readonly file: string;
      readonly line: number;
      readonly text: string;
      readonly reason: string;
    }
  | UrlError
  /** An option of a requirements file, or its value, is wrong. */
  | {
      readonly _tag: 'InvalidRequirementsOption';
      readonly file: string;
      readonly line: number;
      readonly option: string;
      readonly reason: string;
    }
  | ConflictingRequirements
  /** A requirement is the path or URL of a wheel, and the wheel's name says that it is for another target. */
  | {
      readonly _tag: 'WheelNotForTarget';
      readonly file: string;
      readonly line: number;
      readonly wheel: string;
      readonly tag: string;
      readonly target: string;
    }
  | DeclaredError
  | LocalPackageError
  | LockError
  | { readonly _tag: 'CircularInclude'; readonly path: string; readonly file: string; readonly line: number }
  | { readonly _tag: 'CredentialsInDeclaration'; readonly file: string; readonly line: number }
  | { readonly _tag: 'DynamicDependencies'; readonly file: string; readonly line: number }
  /** A local package has `workspace = true`, and its workspace does not have the member. */
  | {
      readonly _tag: 'WorkspaceMemberNotFound';
      readonly file: string;
      readonly line: number;
      readonly name: string;
      /** The pyproject.toml of its workspace; null if it is in no workspace. */
      readonly root: string | null;
    }
  /** A package has an index that is defined in uv's own settings. */
  | {
      readonly _tag: 'IndexNotFollowed';
      readonly file: string;
      readonly line: number;
      readonly name: string;
      readonly index: string;
    };

/** The message of an error: what happened, what was looked for, what to do. @since 0.1.0 */
export const showPlanError = (error: PlanError): string => {
  switch (error._tag) {
    case 'EntryNotFound':
      return showEntryNotFound(error);
    case 'EntryNotAFile':
      return `The entry ${error.path} is a ${error.kind}, not a file. Set \`entry\` to a Python file.`;
    case 'EntryNotAFolder':
      return `The entry ${error.path} is a ${error.kind}, not a folder. Set \`entry\` to the folder whose files and requirements go into the layer.`;
    case 'EntryNotPython':
      return `The entry ${error.path} does not end in .py. Set \`entry\` to a Python file, or to a folder that holds \`index\`.`;
    case 'EntryOutsideRoot':
      return `The entry ${error.path} lies outside its source root ${error.root}. Keep \`index\` inside the folder that \`entry\` names.`;
    case 'EntryNotImportable':
      return `Python cannot import the entry ${error.path}: the folder name "${error.part}" ${isTakenModule(error.part) ? 'is also the name of a module that the Lambda runtime has already imported' : 'has a dot or white space in it'}. Rename the folder, or set \`entry\` to the file itself.`;
    case 'InvalidHandler':
      return `Lambda does not accept the handler "${error.handler}": it must be a name without white space, and with its module at most 128 characters long. Set \`handler\` to the name of a function in the entry, or give the entry a shorter name.`;
    case 'InvalidOption':
      return showInvalidOption(error);
    case 'UnknownRuntime':
      return showUnknownRuntime(error.given, error.from);
    case 'RuntimeNotSet':
      return 'Nothing names the runtime of this layer. Set `compatibleRuntimes`, the context key cdk-lambda-python:runtime, or a .python-version in its folder.';
    case 'EmptyLayer':
      return `Nothing in ${error.path} goes into the layer: it has no files besides ignored ones, and no requirements. Put a module or a requirements.txt there, or check \`bundling.exclude\`.`;
    case 'NestedLayer':
      return `${error.folder} would be python/python in the layer, where Python finds none of its modules: the files of \`entry\` already go into python/. Move its files one folder up, or set \`entry\` to ${error.folder} (and \`dependencies.from\` to "../requirements.txt", if that lies above it).`;
    case 'TooManyLayers':
      return `\`layers\` has ${error.given} layers, and a function can have at most ${error.limit} (Lambda quotas): there is no room for the layer of its dependencies. Remove one, or set \`bundling.dependencies\` to "bundle".`;
    case 'BytecodeNotSupported':
      return `\`bundling.bytecode\` is "require", but ${error.runtime} only reads bytecode with the time stamp of its source, which publishing replaces. Set it to "auto" or "off", or choose python3.7 or newer.`;
    case 'UnreadableFile':
      return `Cannot read ${shortPath(error.path)}: ${error.reason}. Fix that, or leave it out with \`bundling.exclude\`.`;
    case 'EncodingNotUtf8':
      return `${error.file}:${error.line} names the encoding ${error.encoding}: pip would use it, but uv reads UTF-8. Save the file as UTF-8, and remove the name of the encoding.`;
    case 'NotUtf8':
      return `${error.path}:${error.line} is not UTF-8 text${error.looksLike === null ? '' : ` (it looks like ${error.looksLike})`}. Save the file as UTF-8.`;
    case 'IncludeNotFound':
      return `${error.file}:${error.line} includes ${error.path}, which does not exist. Paths after -r and -c are relative to the file that includes them.`;
    case 'LocalPackageNotFound':
      return `${error.file}:${error.line} requires ${shortPath(error.path)}, which does not exist. Fix its path, which is relative to the folder of the declaration; in requirements files, to the folder of the first one.`;
    case 'SymlinkOutsideRoot':
      return `${error.path} is a symbolic link to ${error.target}, outside the source root ${error.root}. Leave it out with \`bundling.exclude\`, or set \`bundling.followSymlinks\` to SymlinkFollowMode.EXTERNAL to ship its target.`;
    case 'BrokenSymlink':
      return `${error.path} is a symbolic link to ${error.target}, which does not exist. Fix it, or leave it out with \`bundling.exclude\`.`;
    case 'SymlinkLoop':
      return `${error.path} is a symbolic link to ${error.target}, a folder that contains it. Leave it out with \`bundling.exclude\`.`;
    case 'UnsupportedFile':
      return `${error.path} is a ${error.kind} and cannot be part of a bundle. Remove it, or leave it out with \`bundling.exclude\`.`;
    case 'SourceTooLarge':
      return `${error.path} has ${mebibytes(error.size)} MB; Lambda takes at most ${mebibytes(error.limit)} MB unzipped, layers included. Leave it out with \`bundling.exclude\`, and let the function read it from elsewhere, such as a bucket or a file system.`;
    case 'TooManySources':
      return `${error.root} holds more than ${error.limit} files and folders, or symbolic links that lead back into it. Leave out those that no function needs with \`bundling.exclude\`, or move the entry into a folder of its own.`;
    case 'InvalidDeclaration':
      return `${error.file}:${error.line} cannot be read: ${error.reason}. Fix it, or regenerate it with the tool that wrote it.`;
    case 'BuildForbidden':
      return `${error.file}:${error.line} requires ${error.requirement}, which is not a wheel and would have to be built, but \`bundling.sdist\` is "forbid". Build a wheel of it (\`uv build --wheel\`) and require that file, or set \`bundling.sdist\` (or the context key cdk-lambda-python:sdist, if that says so) to "docker".`;
    case 'NoLock':
      return `${error.manifest}:${error.line} declares dependencies, but nothing beside it locks them. Run \`${error.command}\`, or set \`dependencies.from\` to "none" to install nothing.`;
    case 'UnknownGroup':
      return `${error.file} has no ${error.kind} "${error.name}" (from \`dependencies.${error.kind}s\`). It has: ${error.known.length === 0 ? 'none' : error.known.join(', ')}.`;
    case 'DeclarationNotFound':
      return showNotFound(error);
    case 'NotHashed':
    case 'HashesForSome':
    case 'NotPinned':
      return showPolicyError(error);
    case 'DeclarationNotChosen':
      return showNotChosen(error);
    case 'InstallerNotAble':
      return showInstallerError(error);
    case 'UvSettingNotFollowed':
    case 'UvSettingInvalid':
    case 'NotInEnvironments':
    case 'ToolSettingNotFollowed':
    case 'IndexNotNamed':
    case 'TwoIndexes':
    case 'ExcludeEachOther':
      return showUvSettingsError(error);
    case 'BuildSettingNotFollowed':
    case 'IndexSettingNotFollowed':
      return showLockSettingError(error);
    case 'IncludedNotFound':
    case 'IncludeConflict':
      return showIncludeError(error);
    case 'ForeignSource':
      return showForeignSource(error);
    case 'InvalidRequirement':
      return `${error.file}:${error.line} is not a requirement: ${JSON.stringify(shortened(error.text))} (${shortened(error.reason)}). Write it in the form of PEP 508, such as \`requests[socks] >= 2.31 ; python_version >= "3.9"\`.`;
    case 'InvalidRequirementsOption':
      return `${error.file}:${error.line} has ${error.option}, which ${error.reason}. ${error.option.includes('=') ? 'Copy it again from its publisher, or lock again (`uv pip compile --generate-hashes`).' : 'Remove it, or use an option that a requirements file may have (https://pip.pypa.io/en/stable/reference/requirements-file-format/).'}`;
    case 'ConflictingRequirements':
      return showConflictingRequirements(error);
    case 'WheelNotForTarget':
      return `${error.file}:${error.line} names ${error.wheel}, a wheel for ${error.tag}, which does not load on ${error.target}. Name a wheel that does, give the line a marker, or set \`runtime\` or \`architecture\` to what the wheel is for.`;
    case 'MomentInFuture':
    case 'VariableInRequirement':
    case 'ChecksSwitchedOff':
    case 'InvalidIndexVariable':
    case 'IncludeNotKnown':
    case 'IndexNotRead':
      return showDeclaredError(error);
    case 'NotAPackage':
      return showLocalPackageError(error);
    case 'CircularInclude':
      return `${error.file}:${error.line} includes ${error.path}, which includes this file. Remove one of the two lines.`;
    case 'CredentialsInDeclaration':
      return `${error.file}:${error.line} has a user name or password in a URL. Write the password as a variable, such as \`https://user:\${NAME}@host\`, and set that variable, or use a netrc file: URLs become a part of plans.`;
    case 'DynamicDependencies':
      return `${error.file}:${error.line} says that its dependencies are dynamic: only a build would find them. List them under \`dependencies\`, or lock them.`;
    case 'UnknownLockVersion':
    case 'LockOutdated':
    case 'PythonNotSupported':
    case 'LockNotForTarget':
    case 'NoFileForTarget':
      return showLockError(error);
    case 'InvalidUrl':
    case 'LocalUrl':
      return showUrlError(error);
    case 'WorkspaceMemberNotFound':
      return `${error.file}:${error.line} takes ${error.name} from its workspace, but ${error.root === null ? 'no pyproject.toml above it has a `[tool.uv.workspace]` that it is a member of' : `${error.root} has no member of that name`}. Fix \`members\`, or name its folder with \`path\`.`;
    case 'IndexNotFollowed':
      return `${error.file}:${error.line} takes ${error.name} from the index "${error.index}", but only a lock can give a package an index of its own: without one, the package would come from the default index. Lock it (\`uv lock\`), or name the index in \`dependencies.index\` or \`dependencies.extraIndexes\`.`;
  }
};
