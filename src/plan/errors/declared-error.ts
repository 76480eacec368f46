import { shortPath } from '../values/paths';
import { shortened } from '../values/message-text';

/** Something that an app declares, and that a hash cannot cover. */
export type DeclaredError =
  /** The moment of `dependencies.resolvedAsOf` is in the future. */
  | { readonly _tag: 'MomentInFuture'; readonly given: string }
  /** pip and uv would put a variable's value into a requirement. */
  | {
      readonly _tag: 'VariableInRequirement';
      readonly file: string;
      readonly line: number;
      readonly text: string;
      /** Such as `its version`. */
      readonly part: string;
    }
  /** An included file from the network, whose lines are not known, while each must have a hash or be pinned. */
  | {
      readonly _tag: 'IncludeNotKnown';
      readonly file: string;
      readonly line: number;
      readonly url: string;
      /** The one or two options or keys that require that, in words. */
      readonly policies: readonly string[];
    }
  /** A variable of the app would switch off the check of declared hashes. */
  | { readonly _tag: 'ChecksSwitchedOff'; readonly option: string }
  /** A variable of the app has the URL of an index that uv and pip would not read alike. */
  | { readonly _tag: 'InvalidIndexVariable'; readonly option: string; readonly problem: string }
  /** The content of a local package index, or of a file that a variable names for an installer, cannot be read. */
  | { readonly _tag: 'IndexNotRead'; readonly path: string; readonly reason: string };

export const showDeclaredError = (error: DeclaredError): string => {
  switch (error._tag) {
    case 'MomentInFuture':
      return `\`dependencies.resolvedAsOf\` is ${error.given}, which is in the future, so it fixes nothing. Set a time in the past.`;
    case 'VariableInRequirement':
      return `${error.file}:${error.line} has a variable in ${error.part}: ${JSON.stringify(shortened(error.text))}. Its value would decide what is installed, but no hash includes it. Write the value itself here: a variable may only stand for the user name or the password of a URL.`;
    case 'IncludeNotKnown':
      return `${error.file}:${error.line} includes ${error.url} from the network, but ${error.policies.join(' and ')} ${error.policies.length > 1 ? 'are' : 'is'} set: the requirements of that file are not known when the bundle is planned. Download the file, and include it by its path.`;
    case 'ChecksSwitchedOff':
      return `\`${error.option}\` is set to switch checks off, but must be left out: every file is checked against its declared hashes. To leave out a check, remove the hash from the declaration.`;
    case 'InvalidIndexVariable':
      return `\`${error.option}\` has a URL that uv and pip would not read alike: it ${error.problem}. Fix the URL.`;
    case 'IndexNotRead':
      return `${shortPath(error.path)} is named as a package index, but cannot be read: ${error.reason}. Its content decides what is installed. Give a folder that can be read and has at most 100,000 files, or the URL of an index.`;
  }
};
