import { lacksProgram } from '../process/lacks-program';
import * as t from 'io-ts';
import { indented } from '../../plan/values/message-text';
import { error, text } from './error-shape';

/**
 * Why a build failed or was not possible.
 *
 * @since 0.1.0
 */
export const BuildError = t.union(
  [
    /** A build backend has failed, and not for lack of a compiler. */
    error('BuildFailed', {
      requirement: text,
      declaration: text,
      /** Whether it is a local package. */
      isLocal: t.boolean,
      output: text,
    }),
    /** A requirement has no wheel, and an installer setting forbids its build. */
    error('BuildSwitchedOff', { requirement: text, declaration: text, target: text, setting: text }),
    /** A container was tried because of a requirement, and failed with `message`. */
    error('ContainerTried', { requirement: text, declaration: text, because: text, message: text }),
    /** A container's image has no Git, and a build takes its version from Git. */
    error('NoGitInImage', {
      image: text,
      packages: t.readonlyArray(text),
      /** How this machine can build them; null if it cannot. */
      here: t.union([text, t.null]),
    }),
    /** A bundle is made when it is published, and a build takes its version from Git. */
    error('GitNotCarried', { packages: t.readonlyArray(text) }),
    /** Git's metadata, from which a local package takes its version, could not be copied. */
    error('GitNotCopied', {
      path: text,
      packages: t.readonlyArray(text),
      /** Whether Git was not found. */
      isMissing: t.boolean,
      output: text,
    }),
  ],
  'BuildError',
);

export type BuildError = t.TypeOf<typeof BuildError>;

const said = (output: string): string => (output === '' ? '' : `\n${indented(output)}`);

const afterBuild = ({ output, isLocal }: { readonly output: string; readonly isLocal: boolean }): string => {
  if (lacksProgram(output))
    return '. If a program or a library is missing, name an image that has it (`bundling.image`), or require a version or another distribution that has a wheel.';
  return isLocal
    ? '. The build of a local package sees files outside of it only if its configuration names them and they lie in the folder with the app and the package.'
    : ', or require a version that has a wheel.';
};

/** One error as a user reads it: what happened, what was looked for, what to do. */
export const showBuildError = (error: BuildError): string => {
  switch (error._tag) {
    case 'BuildFailed':
      return `The build of ${error.requirement} (${error.declaration}) failed. Its build backend said:${said(error.output)}\nFix this error${afterBuild(error)}`;
    case 'BuildSwitchedOff':
      return `The requirement ${error.requirement} has no wheel for ${error.target}, and ${error.setting} forbids its build. It is required by ${error.declaration}, directly or indirectly. Require a version that has a wheel, build a wheel of it yourself and require that file, or remove ${error.requirement} from that setting.`;
    case 'ContainerTried':
      return `${error.requirement} (${error.declaration}) ${error.because}; a container was tried: ${error.message}`;
    case 'NoGitInImage':
      return `The image ${error.image} has no Git, and ${error.packages.join(', ')} take${error.packages.length === 1 ? 's' : ''} the version from Git. Name an image that has Git (\`bundling.image\`)${error.here === null ? '' : `, ${error.here}`}, or write the version in the package's pyproject.toml and remove the tool that reads it from Git (such as setuptools-scm) from its build requirements.`;
    case 'GitNotCarried':
      return `${error.packages.join(', ')} take${error.packages.length === 1 ? 's' : ''} the version from Git, and a cloud assembly does not contain Git's metadata. Set \`bundling.phase\` to "synth", or write the version in the package's pyproject.toml and remove the tool that reads it from Git (such as setuptools-scm) from its build requirements.`;
    case 'GitNotCopied':
      return `${error.packages.join(', ')} take${error.packages.length === 1 ? 's' : ''} the version from Git, and the metadata of ${error.path} could not be copied for the build. ${error.isMissing ? 'Git was not found: install it, or put it on the PATH.' : `Git said:${said(error.output)}`}`;
  }
};
