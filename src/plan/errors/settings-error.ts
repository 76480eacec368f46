import { whyRefused } from './setting-table';

/**
 * A setting of `[tool.uv]`, `[tool.poetry]` or `[tool.pdm]` that an install cannot follow.
 *
 * @since 0.1.0
 */
export type UvSettingsError =
  /** A setting that decides which files are installed, and that this library does not follow. */
  | {
      readonly _tag: 'UvSettingNotFollowed';
      readonly file: string;
      readonly line: number;
      readonly setting: string;
      /** Whether the file is a script. */
      readonly script: boolean;
    }
  /** A value that uv does not accept, or that names a folder of this machine. */
  | {
      readonly _tag: 'UvSettingInvalid';
      readonly file: string;
      readonly line: number;
      readonly setting: string;
    }
  /** `environments` does not contain the target. */
  | {
      readonly _tag: 'NotInEnvironments';
      readonly file: string;
      readonly line: number;
      readonly environments: readonly string[];
    }
  /** A setting of Poetry or PDM that an install follows only through a lock of that tool. */
  | {
      readonly _tag: 'ToolSettingNotFollowed';
      readonly file: string;
      readonly line: number;
      readonly setting: string;
      readonly tool: 'Poetry' | 'PDM';
      readonly decides: string;
      readonly isIndex: boolean;
    }
  /** A source names an index that the file does not define. */
  | {
      readonly _tag: 'IndexNotNamed';
      readonly file: string;
      readonly line: number;
      readonly name: string;
      readonly index: string;
    }
  /** Sources that hold on the target name two indexes for one package. */
  | {
      readonly _tag: 'TwoIndexes';
      readonly file: string;
      readonly line: number;
      readonly name: string;
      readonly indexes: readonly [string, string];
    }
  /** The request has extras or groups that exclude each other, according to `conflicts`. */
  | {
      readonly _tag: 'ExcludeEachOther';
      readonly file: string;
      readonly line: number;
      readonly kinds: string;
      readonly names: readonly string[];
    };

const inWords = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

const lockCommand = (file: string, script: boolean): string =>
  script ? `uv lock --script ${file}` : 'uv lock';

export const showUvSettingsError = (error: UvSettingsError): string => {
  const place = `${error.file}:${error.line}`;
  switch (error._tag) {
    case 'UvSettingNotFollowed':
      return `${place} sets ${JSON.stringify(error.setting)} of [tool.uv], ${whyRefused(error.setting)}. Lock the dependencies (\`${lockCommand(error.file, error.script)}\`), or remove the setting.`;
    case 'UvSettingInvalid':
      return `${place} has a value of ${JSON.stringify(error.setting)} of [tool.uv] that an install cannot follow: it is not of the type that uv documents, or it names a folder of this machine. Fix the value (https://docs.astral.sh/uv/reference/settings/).`;
    case 'NotInEnvironments':
      return `${place} limits the project to the environments ${error.environments.map((each) => JSON.stringify(each)).join(', ')}, but the function's runtime and architecture are not among them. Set \`runtime\` or \`architecture\` to one of them, or add the function's environment.`;
    case 'ToolSettingNotFollowed':
      return `${place} has ${error.setting}: ${error.tool} ${error.decides}, and without a lock nothing else does. Run \`${error.tool.toLowerCase()} lock\`, ${error.isIndex ? 'or name the index in `dependencies.index` or `dependencies.extraIndexes`' : 'or remove the setting'}.`;
    case 'IndexNotNamed':
      return `${place} takes ${error.name} from the index ${JSON.stringify(error.index)}, but no [[tool.uv.index]] has that name. Fix the name, add the index, or name an index in \`dependencies.index\` or \`dependencies.extraIndexes\`.`;
    case 'TwoIndexes':
      return `${place} takes ${error.name} from the indexes ${error.indexes.map((each) => JSON.stringify(each)).join(' and ')} on the function's runtime. Give the sources markers of which only one holds.`;
    case 'ExcludeEachOther':
      return `${error.kinds} ${inWords(error.names)} exclude each other (${place}, conflicts). Choose one of them.`;
  }
};
