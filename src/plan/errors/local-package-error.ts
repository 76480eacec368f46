/**
 * A declaration requires a folder that no installer can build.
 *
 * @since 0.1.0
 */
export interface LocalPackageError {
  readonly _tag: 'NotAPackage';
  /** Absolute path of the folder. */
  readonly path: string;
  readonly file: string;
  readonly line: number;
  /** Absolute path of the only package among its folders; null if there is no package, or several. */
  readonly nearest: string | null;
}

export const showLocalPackageError = (error: LocalPackageError): string =>
  `${error.file}:${error.line} requires the folder ${error.path}, which has neither a pyproject.toml nor a setup.py, so nothing can install it. ` +
  (error.nearest === null
    ? 'Add a pyproject.toml that names its build backend, or copy the modules beside the entry.'
    : `Name ${error.nearest}, which has one, or add one.`);
