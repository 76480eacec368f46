import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import type { BoundProcess } from './bound-process';
import { startBound, waitUntil } from './bound-process';
import type { BuildHost } from './build-host';
import { buildHost, PROXY_PORT } from './build-host';
import { clientFolder } from './buildx-client';
import { freePort } from './free-port';
import type { ImageRegistry } from './image-registry';
import { startRegistry } from './image-registry';
import { temporaryFolder } from './temporary';
import { LISTENS, proxyCommand } from './way-out';

/** A builder that buildx knows by a name. */
export interface Builder extends BuildHost {
  readonly name: string;
}

/** Hosts that build, and what they share. */
export interface Fleet {
  readonly builders: readonly Builder[];
  /** This process's variables, with a DOCKER_CONFIG in which `docker buildx` is there and knows the builders. */
  readonly environment: NodeJS.ProcessEnv;
  /** Variables with which a command of a build gets out of a builder; on this machine, nothing listens there. */
  readonly proxy: Readonly<Record<'HTTP_PROXY' | 'HTTPS_PROXY', string>>;
  readonly registry: ImageRegistry & {
    /** Its name among the builders, as in `registry.test:5000/cache:x`. */
    readonly address: string;
  };
  /** Ends all of it, and removes what it has. */
  readonly stop: () => Promise<void>;
}

/** Not a name of this machine: clients ask no proxy for those. */
const REGISTRY = 'registry.test:5000';

/** Images of these registries come from the fleet's own, and from nowhere else. */
const MIRRORED = ['public.ecr.aws', 'docker.io', 'registry-1.docker.io'];

/** Starts builders that have these images of the engine's. Who starts a fleet stops it, whatever happens in between. */
export const startFleet = async ({
  builders = 2,
  images,
}: {
  /** @default 2 */
  readonly builders?: number;
  readonly images: readonly string[];
}): Promise<Fleet> => {
  const folder = temporaryFolder('cdk-lambda-python-fleet-');
  const ends: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    // Each is tried, and the first that fails is told: what is not removed here stays.
    const results = [];
    for (const end of ends.splice(0).reverse()) results.push(await Promise.allSettled([end()]));
    rmSync(folder, { recursive: true, force: true });
    const failed = results.flat().find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  };
  try {
    const registry = await startRegistry(folder, await freePort());
    ends.push(registry.stop);
    images.forEach(registry.push);
    const socket = path.join(folder, 'proxy.sock');
    const names = { here: { [REGISTRY]: registry.port }, refused: MIRRORED };
    const proxyLog = path.join(folder, 'proxy.log');
    const proxy: BoundProcess = startBound(proxyCommand(socket, names), proxyLog);
    ends.push(() => proxy.end('SIGKILL'));
    await waitUntil(
      'the proxy listens',
      () => existsSync(proxyLog) && readFileSync(proxyLog, 'utf8').includes(LISTENS),
      () => (proxy.hasEnded() ? `it has ended\n${readFileSync(proxyLog, 'utf8')}` : undefined),
    );
    const environment = { ...process.env, DOCKER_CONFIG: clientFolder(folder) };
    const started: Builder[] = [];
    for (let number = 1; number <= builders; number += 1) {
      const name = `builder-${number}`;
      const place = path.join(folder, name);
      mkdirSync(place);
      const host = buildHost({
        folder: place,
        group: `${path.basename(folder)}-${number}`,
        proxy: socket,
        registry: REGISTRY,
        mirrored: MIRRORED,
      });
      ends.push(host.remove);
      await host.start();
      execFileSync('docker', ['buildx', 'create', '--name', name, '--driver', 'remote', host.address], {
        env: environment,
        stdio: 'pipe',
      });
      started.push({ name, ...host });
    }
    const out = `http://127.0.0.1:${PROXY_PORT}`;
    return {
      builders: started,
      environment,
      proxy: { HTTP_PROXY: out, HTTPS_PROXY: out },
      registry: { ...registry, address: REGISTRY },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
