import * as t from 'io-ts';
import { shortPath } from '../../plan/values/paths';
import { error, text, withOutput } from './error-shape';
import { refusedKey } from './refused-key';

/**
 * Errors around an install: of the plan, its files, the store, the disk, the process.
 *
 * @since 0.1.0
 */
export const RunError = t.union(
  [
    error('SourceChanged', { path: text }),
    /** A local index or a volume changed since it was planned. */
    error('PlaceChanged', { path: text }),
    /** Variables have other values than when the plan was made. */
    error('VariablesChanged', { names: t.readonlyArray(text) }),
    /** Files of a plan are missing from its cloud assembly, or were changed there. */
    error('AssemblyChanged', { path: text, files: t.readonlyArray(text) }),
    /** An installer would read files without a digest in the plan; each as a sentence. */
    error('UnplannedInput', { found: t.readonlyArray(text) }),
    /** Modules in the store were removed or written to before they could be used. */
    error('StoreChanged', { path: text }),
    error('DiskFull', { path: text }),
    error('CannotWrite', { path: text, reason: text }),
    /** The key of the store's seals is not private to this user. */
    error('StoreKeyRefused', { path: text, why: text }),
    /** A signal ended the run. */
    error('Interrupted', {}),
    error('PathTooLong', { path: text }),
    error('RunnerFailed', { exit: text, output: text }),
  ],
  'RunError',
);

export type RunError = t.TypeOf<typeof RunError>;

/** One error as a user reads it: what happened, what was looked for, what to do. */
export const showRunError = (error: RunError): string => {
  switch (error._tag) {
    case 'SourceChanged':
      return `${error.path} changed while the bundle was made. Synthesize again.`;
    case 'PlaceChanged':
      return `${shortPath(error.path)} does not have the same content as when the bundle was planned. Synthesize again once the folder is right.`;
    case 'VariablesChanged':
      return `${error.names.join(', ')} must have the values of the synthesis, or the bundle does not match its hash. Set the variables that \`bundling.environment\` and \`bundling.buildArgs\` named then, or synthesize again. Publish functions with different values of one variable in separate runs.`;
    case 'AssemblyChanged':
      return `${error.path} differs from the plan: copies of ${error.files.join(', ')} are missing or were changed. Copy the whole cloud assembly, as it was synthesized, or synthesize again.`;
    case 'UnplannedInput':
      return `${error.found.join('\n')}\nNo plan of cdk-lambda-python has such a line: the plan or one of its files was changed by hand. Synthesize again.`;
    case 'StoreChanged':
      return `The modules of this function were removed from ${error.path}, or written to, while its bundle was made. Synthesize again.`;
    case 'DiskFull':
      return `No space is left on the disk of ${error.path}. Free some, or set CDK_LAMBDA_PYTHON_CACHE to a folder on another disk.`;
    case 'CannotWrite':
      return `Cannot write ${error.path}: ${error.reason}. Make the folder writable, or set CDK_LAMBDA_PYTHON_CACHE to one that is.`;
    case 'StoreKeyRefused':
      return refusedKey(error.path, error.why);
    case 'Interrupted':
      return 'The run was interrupted before this bundle was made; nothing of it is left. Run it again.';
    case 'PathTooLong':
      return `Cannot write ${shortPath(error.path)}: the path is longer than this machine allows. Give the folders in it shorter names, leave it out with \`bundling.exclude\`, or set \`bundling.packaging\` to "zip".`;
    case 'RunnerFailed':
      return `The process that makes the bundles ended with ${error.exit} before it reported on this one.${withOutput(error.output)}`;
  }
};
