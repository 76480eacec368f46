import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { temporaryFolder, writeTree } from './temporary';

/** What the files of a package whose build runs a piece of Python may say of it. */
export interface BuiltPackage {
  readonly name: string;
  /** Runs as soon as a build begins, whatever is built. The text of a variable `MODULE`, or what it gives for the settings of the build, becomes the module. */
  readonly code: string;
  /** What the build requires. @default nothing */
  readonly requires?: readonly string[];
}

/** Makes a wheel with nothing but the standard library, after the code of the package has run. */
const backend = ({ name, code }: BuiltPackage): string => `
import os, zipfile

MODULE = ""
${code}


def get_requires_for_build_wheel(config_settings=None):
    return []


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    info, wheel = "${name}-1.dist-info/", "${name}-1-py3-none-any.whl"
    files = {
        "${name}.py": MODULE(config_settings) if callable(MODULE) else MODULE,
        info + "METADATA": "Metadata-Version: 2.1\\nName: ${name}\\nVersion: 1\\n",
        info + "WHEEL": "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    files[info + "RECORD"] = "".join(file + ",,\\n" for file in [*files, info + "RECORD"])
    with zipfile.ZipFile(os.path.join(wheel_directory, wheel), "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return wheel
`;

/** The files of a package `name` 1 that has a build backend of its own. */
export const packageFiles = (built: BuiltPackage): Readonly<Record<string, string>> => ({
  'pyproject.toml': [
    '[build-system]',
    `requires = ${JSON.stringify(built.requires ?? [])}`,
    'build-backend = "own_backend"',
    'backend-path = ["."]',
    '[project]',
    `name = "${built.name}"`,
    'version = "1"',
    '',
  ].join('\n'),
  'own_backend.py': backend(built),
});

/** Writes `name-1.tar.gz` into a new folder; answers its absolute path. */
export const sourceDistribution = (built: BuiltPackage): string => {
  const folder = temporaryFolder();
  const root = `${built.name}-1`;
  const information = `Metadata-Version: 2.1\nName: ${built.name}\nVersion: 1\n`;
  writeTree(path.join(folder, 'made', root), { ...packageFiles(built), 'PKG-INFO': information });
  mkdirSync(path.join(folder, 'dist'));
  const archive = path.join(folder, 'dist', `${root}.tar.gz`);
  execFileSync('tar', ['-czf', archive, '-C', path.join(folder, 'made'), root]);
  return archive;
};

/** The content of such a file. */
export const sourceDistributionBytes = (built: BuiltPackage): Buffer =>
  readFileSync(sourceDistribution(built));
