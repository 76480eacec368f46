import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { sha256 } from '../../src/plan/values/hash';

/** A package index on this machine that anybody may ask. */
export interface OpenIndex {
  readonly url: string;
  /** Paths that it was asked for. */
  readonly asked: readonly string[];
  readonly close: () => void;
}

const nameOf = (file: string): string => (file.split('-')[0] ?? '').toLowerCase().replaceAll('_', '-');

/** An index of the wheels in these folders. */
export const openIndex = (...folders: readonly string[]): Promise<OpenIndex> => served(folders, () => '');

/** The same whose pages say the hash of each file, as PyPI's do. */
export const hashingIndex = (...folders: readonly string[]): Promise<OpenIndex> =>
  served(folders, (wheel) => `#sha256=${sha256(readFileSync(wheel))}`);

const served = async (
  folders: readonly string[],
  fragmentOf: (wheel: string) => string,
): Promise<OpenIndex> => {
  const asked: string[] = [];
  const wheels = folders.flatMap((folder) => readdirSync(folder).map((file) => path.join(folder, file)));
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const [, kind, name = ''] = url.split('/');
    const found = wheels.filter((file) => nameOf(path.basename(file)) === name);
    const file = wheels.find((wheel) => path.basename(wheel) === name);
    if (kind === 'simple' && found.length > 0) {
      const links = found.map(
        (wheel) => `<a href="/files/${path.basename(wheel)}${fragmentOf(wheel)}">${path.basename(wheel)}</a>`,
      );
      response.writeHead(200, { 'content-type': 'text/html' }).end(links.join('\n'));
    } else if (kind === 'files' && file !== undefined) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(readFileSync(file));
    } else {
      response.writeHead(404).end('not here');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
