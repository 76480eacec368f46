import type { SlimKind } from '../../plan/options/slim';

/**
 * Which modules are installed, from where, and how strictly.
 *
 * @since 0.1.0
 */
export interface DependencyOptions {
  /**
   * The declaration to use: the name or the path of its file (`uv.lock`, `../../pyproject.toml`, …), which is looked for from the
   * entry's folder up to the folder that holds the app; `script` for what the entry itself declares (PEP 723); `beside` for what
   * lies beside the entry, and nothing further up; or `none` to install nothing. One that is not there is an error that lists
   * what was looked for. The context key `cdk-lambda-python:dependenciesFrom` says the same for a whole app (or a stage or stack).
   *
   * @default the first beside the entry, with a warning that names the others; else that of the project around it, where the
   * entry imports something that only this can provide
   */
  readonly from?: string;

  /**
   * Dependency groups that are installed as well: those of PEP 735, and those of Poetry and PDM. An unknown one is an
   * error that lists those there are.
   *
   * @default none
   */
  readonly groups?: readonly string[];

  /**
   * Extras of the project that are installed as well. An unknown one is an error that lists those there are.
   *
   * @default none
   */
  readonly extras?: readonly string[];

  /**
   * URL of the package index. It holds no user name and no password, which is an error: `${NAME}` stands for the value of a
   * variable, and a netrc file is read as well.
   *
   * @default that of the installer (`PIP_INDEX_URL`, `UV_DEFAULT_INDEX`, else PyPI)
   */
  readonly index?: string;

  /**
   * URLs of further package indexes, as in `index`.
   *
   * @default those of the installer
   */
  readonly extraIndexes?: readonly string[];

  /**
   * Whether a requirement without a hash is an error. The context key `cdk-lambda-python:requireHashes` makes it one for
   * a whole app (or a stage or stack), and `false` here does not take that back.
   *
   * @default false, unless the context key is set: hashes are checked where there are some
   */
  readonly requireHashes?: boolean;

  /**
   * Whether a declaration that does not fix what is installed is an error, in place of a warning. The context key
   * `cdk-lambda-python:requirePinned` makes it one for a whole app (or a stage or stack), and `false` here does not take that back.
   *
   * @default false, unless the context key is set
   * @since 0.1.0
   */
  readonly requirePinned?: boolean;

  /**
   * The day, or the time, as of which an index is asked (RFC 3339, such as `2026-11-01` or `2026-11-01T12:00:00Z`): what was
   * uploaded later is not taken, so that a declaration without versions installs the same on any day. A day begins at
   * midnight UTC. The index must tell when its files were uploaded, as PyPI does. It is a part of the hash. A lock has no use for it.
   *
   * @default all that the index has
   * @since 0.1.0
   */
  readonly resolvedAsOf?: string;

  /**
   * Distributions that are left out, with what only they need: those that the runtime or a layer has, such as `boto3`.
   *
   * @default none
   */
  readonly omit?: readonly string[];

  /**
   * Files of the modules that stay out, as `.gitignore` patterns relative to the modules' folder. Metadata
   * (`*.dist-info`) always stays.
   *
   * @default none
   */
  readonly exclude?: readonly string[];

  /**
   * Files that modules do not need to run: `tests` (folders `test` and `tests`), `types` (what only type checkers read),
   * `sources` (what compiled modules were built from); `true` for all of them. `exclude` is read afterwards, so
   * `!pattern` takes one back.
   *
   * @default false
   */
  readonly slim?: boolean | readonly SlimKind[];
}
