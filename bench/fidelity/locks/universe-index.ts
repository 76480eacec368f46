import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Release } from './universe';
import { digestOf, fileNameOf, wheelOf } from './wheel';

/** A package index on this machine. */
export interface UniverseIndex {
  readonly url: string;
  readonly close: () => void;
}

const normalized = (name: string): string => name.toLowerCase().replace(/[-._]+/g, '-');

/** Serves releases as an index does (PEP 503). */
export const serveUniverse = async (universe: readonly Release[]): Promise<UniverseIndex> => {
  const files = universe.map((release) => ({
    release,
    file: fileNameOf(release),
    content: wheelOf(release),
  }));
  const server = createServer(({ url = '' }, response) => {
    const [, kind, name = ''] = url.split('/');
    const found = files.filter(({ release }) => normalized(release.name) === name);
    const wheel = files.find(({ file }) => file === name);
    if (kind === 'simple' && found.length > 0) {
      const links = found.map(({ release: { requiresPython }, file, content }) => {
        const python =
          requiresPython === null
            ? ''
            : ` data-requires-python="${requiresPython.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}"`;
        return `<a href="/files/${file}#sha256=${digestOf(content)}"${python}>${file}</a>`;
      });
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<!DOCTYPE html><html><body>${links.join('\n')}</body></html>`);
    } else if (kind === 'files' && wheel !== undefined) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(wheel.content);
    } else {
      response.writeHead(404).end('not here');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
