import { runTool } from './python-tools';
import { wheelFolder } from './wheel';

/** A build backend that needs nothing, and makes a distribution that is called `called-otherwise`. */
export const BACKEND = `
import os, zipfile
def build_wheel(folder, config_settings=None, metadata_directory=None):
    name = "called_otherwise-1-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        info = "called_otherwise-1.dist-info/"
        wheel.writestr("called_otherwise.py", "")
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: called-otherwise\\nVersion: 1\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "called_otherwise.py,,\\n" + info + "METADATA,,\\n" + info + "WHEEL,,\\n" + info + "RECORD,,\\n")
    return name
`;

/** The commit that holds all files of a folder. */
export const commitAll = (folder: string): string => {
  const git = (...args: readonly string[]): string =>
    runTool('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], folder).trim();
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'all');
  return git('rev-parse', 'HEAD');
};

/** A folder with the wheel of a build backend, which writes its version into the module `lib` that it builds. */
export const backendWheel = (version: string): string =>
  wheelFolder(
    'backend',
    {
      'backend.py': BACKEND.replaceAll('called_otherwise', 'lib')
        .replaceAll('called-otherwise', 'lib')
        .replace('"lib.py", ""', `"lib.py", "BUILT_BY = '${version}'"`),
    },
    { version },
  );
