import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import * as path from 'node:path';
import { dockerSkipReason } from './docker';
import { BUILDX } from './fleet-tools';
import { temporaryFolder } from './temporary';

/** A folder of the engine's client (DOCKER_CONFIG), with buildx as the plugin that it looks for. */
export const clientFolder = (folder: string = temporaryFolder()): string => {
  const plugins = path.join(folder, 'client', 'cli-plugins');
  mkdirSync(plugins, { recursive: true });
  symlinkSync(BUILDX, path.join(plugins, 'docker-buildx'));
  return path.dirname(plugins);
};

/** Why nothing can be built by the BuildKit of the engine at hand, from this image; undefined where it can. */
export const buildxSkipReason = (image?: string): string | undefined =>
  existsSync(BUILDX) ? dockerSkipReason(image) : 'missing: buildx (test/support/install-buildkit.sh)';
