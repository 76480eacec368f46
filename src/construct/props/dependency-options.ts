import type { SlimKind } from '../../plan/options/slim';

/**
 * Which modules are installed, from where, and how strictly.
 *
 * @since 0.1.0
 */
export interface DependencyOptions {
  /**
   * The declaration to use.
   *
   * - a file name or path (`uv.lock`, `../../pyproject.toml`, …): looked for from the entry's folder up to the folder
   *   of the app
   * - `script`: the declaration in the entry itself (PEP 723)
   * - `beside`: a declaration beside the entry, and none further up
   * - `none`: installs nothing
   *
   * A missing declaration is an error that lists the places of the search. The context key
   * `cdk-lambda-python:dependenciesFrom` sets the same for a whole app, stage or stack.
   *
   * @default - the first beside the entry, with a warning that names the others; else the one of the project around it,
   * if the entry imports a module that only this project can provide
   */
  readonly from?: string;

  /**
   * Dependency groups that are installed as well: groups of PEP 735, of Poetry and of PDM. An unknown group is an error
   * that lists the known ones.
   *
   * @default - none
   */
  readonly groups?: readonly string[];

  /**
   * Extras of the project that are installed as well. An unknown extra is an error that lists the known ones.
   *
   * @default - none
   */
  readonly extras?: readonly string[];

  /**
   * URL of the index.
   *
   * A user name or password in it is an error: `${NAME}` stands for the value of a variable, and a netrc file is read
   * as well.
   *
   * @default - the installer's index (`PIP_INDEX_URL`, `UV_DEFAULT_INDEX`, else PyPI)
   */
  readonly index?: string;

  /**
   * URLs of further indexes, as in `index`.
   *
   * @default - the installer's further indexes
   */
  readonly extraIndexes?: readonly string[];

  /**
   * Whether a requirement without a hash is an error.
   *
   * The context key `cdk-lambda-python:requireHashes` makes it an error in a whole app, stage or stack; `false` here
   * does not take that back.
   *
   * @default - false, unless the context key is set: existing hashes are always checked
   */
  readonly requireHashes?: boolean;

  /**
   * Whether a declaration without exact versions is an error instead of a warning.
   *
   * The context key `cdk-lambda-python:requirePinned` makes it an error in a whole app, stage or stack; `false` here
   * does not take that back.
   *
   * @default - false, unless the context key is set
   * @since 0.1.0
   */
  readonly requirePinned?: boolean;

  /**
   * The day or time of the index's state to install from (RFC 3339, such as `2026-11-01` or `2026-11-01T12:00:00Z`).
   *
   * Files that were uploaded later are ignored, so a declaration without exact versions installs the same on any day. A
   * day begins at midnight UTC. The index must publish upload times, as PyPI does. The hash has this value. A lock does
   * not need it.
   *
   * @default - everything that the index has
   * @since 0.1.0
   */
  readonly resolvedAsOf?: string;

  /**
   * Distributions that are left out, together with the dependencies that only they need: those that the runtime or a
   * layer has, such as `boto3`.
   *
   * @default - none
   */
  readonly omit?: readonly string[];

  /**
   * Files of the modules that stay out, as `.gitignore` patterns relative to the modules' folder. Metadata
   * (`*.dist-info`) always stays.
   *
   * @default - none
   */
  readonly exclude?: readonly string[];

  /**
   * Kinds of files that stay out because modules run without them; `true` means all kinds.
   *
   * - `tests`: folders `test` and `tests`
   * - `types`: files for type checkers only
   * - `sources`: sources of compiled modules
   *
   * `exclude` is read afterwards, so `!pattern` takes one back.
   *
   * @default false
   */
  readonly slim?: boolean | readonly SlimKind[];
}
