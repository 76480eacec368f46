import { readFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { environment } from './environment';
import { cache, repository } from './places';
import { ask } from './run';
import { BUILD_IMAGE, dockerRefusal, engineVersion, findPython, PINS } from './tools';

/** Where was measured. Nothing in it names a host, a user or a path. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memory: string;
  readonly fileSystem: string;
  readonly system: string;
  readonly node: string;
  readonly cdk: string;
  readonly python: string;
  readonly pip: string;
  readonly uv: string;
  readonly docker: string;
  readonly buildImage: string;
}

const versionOf = (name: string): string =>
  (
    JSON.parse(readFileSync(path.join(repository, 'node_modules', name, 'package.json'), 'utf8')) as {
      readonly version: string;
    }
  ).version;

const fileSystem = (): string => {
  const type = ask(['stat', '--file-system', '--format', '%T', cache]);
  return type ?? 'unknown';
};

/** What the build image is: a machine without access to AWS's registry may have another one under the same name. */
const buildImage = (): string => {
  const reason = dockerRefusal();
  if (reason !== undefined) return reason;
  const name =
    ask(['docker', 'run', '--rm', BUILD_IMAGE, 'sh', '-c', '. /etc/os-release; echo "$PRETTY_NAME"']) ?? '';
  const stand = name.includes('Amazon') ? '' : ': a stand-in, not the image that AWS publishes';
  return `${BUILD_IMAGE} (${name}${stand})`;
};

export const machine = (): Machine => ({
  processor: os.cpus()[0]?.model ?? 'unknown',
  cores: os.cpus().length,
  memory: `${Math.round(os.totalmem() / 2 ** 30)} GiB`,
  fileSystem: fileSystem(),
  system: `${os.type()} ${os.release()} ${os.arch()}`,
  node: process.version,
  cdk: versionOf('aws-cdk-lib'),
  python: ask([findPython(), '-c', 'import platform; print(platform.python_version())']) ?? 'unknown',
  pip: (ask([findPython(), '-m', 'pip', '--version']) ?? 'unknown').split(' ').slice(0, 2).join(' '),
  uv: ask(['uv', '--version'], environment())?.split(' ')[1] ?? PINS.uv,
  docker: engineVersion() ?? 'no engine answers',
  buildImage: buildImage(),
});
