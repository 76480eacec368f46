import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { dockerSkipReason } from './docker';

/** Where `install-buildkit.sh` builds them; the versions are in its name. */
const TOOLS =
  process.env.CDK_BUILDKIT_TOOLS ??
  path.join(
    process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'),
    'cdk-lambda-python-tests',
    'buildx-v0.19.3-buildkit-v0.18.2',
  );

export const BUILDX = path.join(TOOLS, 'buildx');
export const BUILDKITD = path.join(TOOLS, 'buildkitd');

const isOnPath = (name: string): boolean =>
  (process.env.PATH ?? '').split(':').some((folder) => existsSync(path.join(folder, name)));

/** Why no fleet with this image can be started here; undefined where one can. */
export const fleetSkipReason = (image: string): string | undefined => {
  if (process.platform !== 'linux') return 'BuildKit builders run on Linux alone';
  if (process.getuid?.() !== 0) return 'only root can start BuildKit builders in namespaces';
  const missing = [
    ...[BUILDX, BUILDKITD].filter((file) => !existsSync(file)),
    ...['docker-registry', 'runc', 'ip', 'unshare', 'setpriv'].filter((name) => !isOnPath(name)),
  ];
  if (missing.length > 0) return `missing: ${missing.join(', ')} (test/support/install-buildkit.sh)`;
  return dockerSkipReason(image);
};
