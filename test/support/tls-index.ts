import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { openIndex } from './open-index';
import { runTool } from './python-tools';
import { temporaryFolder, writeTree } from './temporary';

/** A package index with a certificate that only its own authority has signed. */
export interface TlsIndex {
  readonly url: string;
  /** `localhost` and the port. */
  readonly host: string;
  /** Absolute path of the certificate of the authority. */
  readonly authority: string;
  /** Absolute path of a folder with that certificate, under the name that OpenSSL looks for. */
  readonly folder: string;
  readonly close: () => void;
}

const SIGNED = 'subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n';

/** Makes an authority, and a certificate of `localhost` that it has signed; gives their folder. */
const makeCertificates = (): string => {
  const folder = temporaryFolder();
  writeTree(folder, { extensions: SIGNED });
  const openssl = (command: string, ...more: readonly string[]): string =>
    runTool('openssl', [...command.split(' '), ...more], folder);
  const newKey = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
  openssl(`req -x509 ${newKey} -keyout ca.key -out ca.pem -days 9 -subj`, '/CN=A company of a test');
  openssl(`req ${newKey} -keyout key.pem -out request -subj /CN=localhost`);
  openssl(
    'x509 -req -in request -CA ca.pem -CAkey ca.key -CAcreateserial -out cert.pem -days 9 -extfile extensions',
  );
  const hash = openssl('x509 -hash -noout -in ca.pem').trim();
  writeTree(path.join(folder, 'authorities'), {
    [`${hash}.0`]: readFileSync(path.join(folder, 'ca.pem'), 'utf8'),
  });
  return folder;
};

let certificates: string | undefined;

/** An index of the wheels in a folder, over TLS. */
export const tlsIndex = async (wheels: string): Promise<TlsIndex> => {
  const folder = (certificates ??= makeCertificates());
  const file = (name: string): Buffer => readFileSync(path.join(folder, name));
  const open = await openIndex(wheels);
  const server = createServer({ key: file('key.pem'), cert: file('cert.pem') }, ({ url = '' }, response) => {
    get(new URL(url, open.url), (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  return {
    url: `https://${host}/simple`,
    host,
    authority: path.join(folder, 'ca.pem'),
    folder: path.join(folder, 'authorities'),
    close: () => {
      server.closeAllConnections();
      server.close();
      open.close();
    },
  };
};
