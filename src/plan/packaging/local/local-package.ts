import { parse } from 'smol-toml';
import { PackageName } from '../../values/codecs';
import { setupPyName } from './setup-py-name';

/** The texts of files that may name the package in a folder. A missing file is absent. */
export interface PackageMetadataFiles {
  readonly 'pyproject.toml'?: string;
  readonly 'setup.cfg'?: string;
  readonly 'setup.py'?: string;
}

/** The files that may name a package, in the order of the search. */
export const PACKAGE_METADATA_FILES: readonly (keyof PackageMetadataFiles)[] = [
  'pyproject.toml',
  'setup.cfg',
  'setup.py',
];

const nameIn = (table: unknown): string | undefined => {
  const name = (table as { name?: unknown } | undefined)?.name;
  return typeof name === 'string' ? name : undefined;
};

const nameInPyproject = (text: string): string | undefined => {
  try {
    const document = parse(text);
    return (
      nameIn(document['project']) ?? nameIn((document['tool'] as { poetry?: unknown } | undefined)?.poetry)
    );
  } catch {
    return undefined;
  }
};

/** The name in the section `[metadata]` of a setup.cfg. */
const nameInSetupCfg = (text: string): string | undefined => {
  const section = /^\[metadata\][^\n]*\n(.*?)(?=^\[|(?![^]))/ms.exec(text)?.[1];
  return /^name[ \t]*[=:][ \t]*(\S+)[ \t]*\r?$/m.exec(section ?? '')?.[1];
};

/**
 * The distribution name of the package in a folder; null where no file has it as a literal (a dynamic name).
 *
 * @see PEP 621 (`project.name`), PEP 508 (what a name may be)
 */
export const localPackageName = (files: PackageMetadataFiles): string | null => {
  const name =
    nameInPyproject(files['pyproject.toml'] ?? '') ??
    nameInSetupCfg(files['setup.cfg'] ?? '') ??
    setupPyName(files['setup.py'] ?? '');
  return PackageName.is(name) ? name : null;
};
