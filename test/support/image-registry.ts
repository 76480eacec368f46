import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { BoundProcess } from './bound-process';
import { startBound, waitUntil } from './bound-process';

/** An image registry on a loopback port of this machine, which speaks plain HTTP to whoever asks. */
export interface ImageRegistry {
  readonly port: number;
  /** Copies an image of the engine's into it, under the image's name without its first part; answers in seconds to minutes. */
  readonly push: (image: string) => void;
  /** Names of all that it has. */
  readonly repositories: () => Promise<readonly string[]>;
  /** Tags of a repository, in order; none where it has no such repository. */
  readonly tags: (repository: string) => Promise<readonly string[]>;
  /** What a tag stands for; undefined where there is no such tag. */
  readonly manifest: (repository: string, tag: string) => Promise<unknown>;
  /** Requests so far, each as `GET /v2/cache/manifests/x 200`. */
  readonly requests: () => readonly string[];
  /** Whether it refuses whatever is sent to it, from now on. It restarts for that. */
  readonly readOnly: (refuses: boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** The media types of what clients put here: images, lists of them, and both in the words of the OCI. */
const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const configuration = (folder: string, port: number, refuses: boolean): string => `version: 0.1
log: { accesslog: { disabled: false }, level: warn }
storage:
  filesystem: { rootdirectory: ${JSON.stringify(path.join(folder, 'data'))} }
  delete: { enabled: true }
  maintenance: { readonly: { enabled: ${refuses} } }
http: { addr: '127.0.0.1:${port}', relativeurls: true }
`;

/** Starts one that keeps all it has in a folder. */
export const startRegistry = async (folder: string, port: number): Promise<ImageRegistry> => {
  const log = path.join(folder, 'registry.log');
  const url = `http://127.0.0.1:${port}`;
  let server: BoundProcess | undefined;
  const start = async (refuses: boolean): Promise<void> => {
    const file = path.join(folder, 'registry.yml');
    writeFileSync(file, configuration(folder, port, refuses));
    const started = startBound(['docker-registry', 'serve', file], log);
    server = started;
    await waitUntil(
      'the image registry answers',
      () =>
        fetch(`${url}/v2/`).then(
          ({ ok }) => ok,
          () => false,
        ),
      () => (started.hasEnded() ? `it has ended\n${readFileSync(log, 'utf8')}` : undefined),
    );
  };
  const stop = async (): Promise<void> => {
    await server?.end('SIGKILL');
    server = undefined;
  };
  const get = async (place: string): Promise<unknown> => {
    const answer = await fetch(`${url}/v2/${place}`, { headers: { accept: MANIFESTS } });
    if (answer.status === 404) return undefined;
    if (!answer.ok) throw new Error(`${place}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  await start(false);
  return {
    port,
    push: (image) => {
      const here = `127.0.0.1:${port}/${image.slice(image.indexOf('/') + 1)}`;
      execFileSync('docker', ['tag', image, here], { stdio: 'pipe' });
      try {
        execFileSync('docker', ['push', '--quiet', here], { stdio: 'pipe' });
      } finally {
        spawnSync('docker', ['rmi', here], { stdio: 'ignore' });
      }
    },
    repositories: async () =>
      ((await get('_catalog')) as { readonly repositories: readonly string[] }).repositories,
    tags: async (repository) => {
      const list = (await get(`${repository}/tags/list`)) as { readonly tags: readonly string[] | null };
      return [...(list?.tags ?? [])].sort();
    },
    manifest: (repository, tag) => get(`${repository}/manifests/${tag}`),
    requests: () =>
      [...readFileSync(log, 'utf8').matchAll(/"([A-Z]+ \/v2\/\S*) HTTP\/1\.1" (\d{3})/g)].map(
        ([, asked = '', status = '']) => `${asked} ${status}`,
      ),
    readOnly: async (refuses) => {
      await stop();
      await start(refuses);
    },
    stop,
  };
};
