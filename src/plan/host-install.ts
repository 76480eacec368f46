import type { ArchitectureName } from './architecture';
import type { HostInstall, HostTool } from './install-plan';
import { markerEnvironment } from './marker-environment';
import { platformTags, uvPlatform } from './platform-tags';
import type { PythonRuntime } from './python-runtime';

/** From here on uv refuses a wheel that it built for another platform than the target's (astral-sh/uv#16019). */
export const MINIMUM_UV = '0.9.16';

/** Older ones read pyproject.toml and hashes in other ways; also the first with the current resolver's messages. */
export const MINIMUM_PIP = '23.0.0';

/** The requirements file, as seen from the folder the installer runs in. */
export const REQUIREMENTS = 'requirements.txt';

const OUTPUT = '{output}';

const uv = (
  runtime: PythonRuntime,
  architecture: ArchitectureName,
  localPackages: readonly string[],
): HostTool => ({
  tool: 'uv',
  programs: [['uv'], ['python3', '-m', 'uv'], ['python', '-m', 'uv']],
  minimumVersion: MINIMUM_UV,
  argv: [
    'pip',
    'install',
    '--target',
    OUTPUT,
    '--python-version',
    runtime.python,
    '--python-platform',
    uvPlatform(runtime, architecture),
    '--only-binary',
    ':all:',
    ...localPackages.flatMap((name) => ['--no-binary', name]),
    '--no-installer-metadata',
    '--link-mode',
    'hardlink',
    '--requirement',
    REQUIREMENTS,
  ],
});

const pip = (runtime: PythonRuntime, architecture: ArchitectureName): HostTool => ({
  tool: 'pip',
  programs: [
    ['python3', '-m', 'pip'],
    ['python', '-m', 'pip'],
  ],
  minimumVersion: MINIMUM_PIP,
  argv: [
    'install',
    '--disable-pip-version-check',
    '--no-input',
    '--no-compile',
    '--target',
    OUTPUT,
    '--python-version',
    runtime.python,
    '--implementation',
    'cp',
    ...platformTags(runtime, architecture).flatMap((tag) => ['--platform', tag]),
    '--only-binary',
    ':all:',
    '--requirement',
    REQUIREMENTS,
  ],
});

/** How this machine installs for a target: uv where it is found, else pip. `localPackages` are names of packages that have no wheel. */
export const hostInstall = (
  runtime: PythonRuntime,
  architecture: ArchitectureName,
  localPackages: readonly string[],
): HostInstall => ({
  localPackages,
  tools: [uv(runtime, architecture, localPackages), pip(runtime, architecture)],
  markers: markerEnvironment(runtime, architecture),
  environment: { CC: 'false', CXX: 'false', RUSTC: 'false' },
});
