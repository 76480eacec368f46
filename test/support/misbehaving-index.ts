import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as path from 'node:path';
import { wheelFolder } from './wheel';

const WHEEL = 'demo_lib-1-py3-none-any.whl';

/** Answers a request; what it does not end stays open. */
export type Answer = (response: ServerResponse, url: string) => void;

/** What an index does instead of its part; each is asked for the page of `demo-lib`, or for its wheel. */
export interface Misbehaviour {
  readonly page?: Answer;
  readonly file?: Answer;
}

/** A package index on this machine that has `demo-lib` 1, and does what it is told. */
export interface MisbehavingIndex {
  readonly url: string;
  readonly behave: (how: Misbehaviour) => void;
  /** Whether a client is waiting for an answer to end. */
  readonly isBusy: () => boolean;
  readonly close: () => void;
}

export const wheel = readFileSync(path.join(wheelFolder('demo_lib', { 'demo_lib.py': 'X = 1\n' }), WHEEL));

const link = (response: ServerResponse, fragment = ''): void => {
  const page = `<html><body><a href="/files/${WHEEL}${fragment}">${WHEEL}</a></body></html>`;
  response.writeHead(200, { 'content-type': 'text/html' }).end(page);
};

/** The page with a hash that the wheel has not. */
export const wrongHash: Answer = (response) => link(response, `#sha256=${'0'.repeat(64)}`);

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Answer =>
  (response) =>
    void response.writeHead(code, headers).end('no');

export const html: Answer = (response) =>
  void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please log in</html>');

const LOGIN = '<html><a href="/forgot">Forgotten?</a><form action="/login"><input name="user"></form></html>';

/** A page to log in at, with a form, at once. */
export const logIn: Answer = (response) =>
  void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(LOGIN);

/** The same on another host, where a redirect leads. */
export const leadsToLogIn: Answer = (response, url) => {
  if (url.startsWith('/sso/')) return logIn(response, url);
  const { port } = response.req.socket.address() as AddressInfo;
  return status(302, { location: `http://localhost:${port}/sso/login?token=s3cret&next=${url}` })(
    response,
    url,
  );
};

/** Begins, and says no more. */
export const stalls: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/html', 'content-length': '5000' }).write('<html>');
};

/** Goes on for as long as somebody listens. */
export const endless: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  const more = setInterval(() => response.write(`<!-- ${'x'.repeat(1000)} -->\n`), 20);
  response.on('close', () => clearInterval(more));
};

export const breaksOff: Answer = (response) => {
  response.writeHead(200, { 'content-length': `${wheel.length}` }).write(wheel.subarray(0, 200));
  setTimeout(() => response.destroy(), 100);
};

/** The page, or the wheel, as it should be. */
const asItShould: Required<Misbehaviour> = {
  page: (response, url) => (url === '/simple/demo-lib/' ? link(response) : status(404)(response, url)),
  file: (response) => void response.end(wheel),
};

export const misbehavingIndex = async (): Promise<MisbehavingIndex> => {
  let how = asItShould;
  const open = new Set<ServerResponse>();
  const server = createServer(({ url = '' }, response) => {
    open.add(response);
    response.on('close', () => open.delete(response));
    (url.startsWith('/files/') ? how.file : how.page)(response, url);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`,
    behave: (instead) => (how = { ...asItShould, ...instead }),
    isBusy: () => open.size > 0,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
