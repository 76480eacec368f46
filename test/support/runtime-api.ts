import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** An error as Lambda hands it to a caller. */
export interface RuntimeError {
  readonly errorMessage: string;
  readonly errorType: string;
  readonly stackTrace: readonly string[];
}

/** What a runtime made of an event. The payload is decoded JSON; a handler that returns `bytes` gives a Buffer. */
export type Answer =
  { readonly ok: true; readonly payload: unknown } | { readonly ok: false; readonly error: RuntimeError };

/** The Runtime API of one invocation. */
export interface RuntimeApi {
  /** `host:port`, for `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Settles once: with the runtime's answer, or with `Sandbox.Timedout`. Rejects if the answer is not JSON. */
  readonly answer: Promise<Answer>;
  /** Ends all connections, the hanging `next` among them. */
  readonly close: () => Promise<void>;
}

/** An answer in which the service, not the handler, reports the failure. */
export const serviceError = (errorType: string, errorMessage: string): Answer => ({
  ok: false,
  error: { errorType, errorMessage, stackTrace: [] },
});

const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:test';

/** The cause of an error travels in a header, for which the runtime client allows 1 MiB; Node.js would allow 16 KiB. */
const MAX_HEADER_SIZE = 2 * 1024 * 1024;

/**
 * Serves the Lambda Runtime API on a free port of the loopback interface and hands out one event.
 * The `next` after the first hangs, as it does on Lambda between two events.
 *
 * @param timeoutMs time limit from now on, in milliseconds; the function's deadline says the same
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export const serveRuntimeApi = async (event: unknown, timeoutMs = 60_000): Promise<RuntimeApi> => {
  const invocation = { id: randomUUID(), event, deadline: Date.now() + timeoutMs };
  let settle: (answer: Answer | Promise<Answer>) => void = () => undefined;
  const answer = new Promise<Answer>((resolve) => {
    settle = resolve;
  });
  const seconds = (timeoutMs / 1000).toFixed(2);
  const timer = setTimeout(() => {
    settle(serviceError('Sandbox.Timedout', `Task timed out after ${seconds} seconds`));
  }, timeoutMs);
  const server = createServer({ maxHeaderSize: MAX_HEADER_SIZE }, routes(invocation, settle));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer,
    close: async () => {
      clearTimeout(timer);
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
};

interface Waiting {
  readonly id: string;
  readonly event: unknown;
  /** In milliseconds since 1970. */
  readonly deadline: number;
}

const routes = (
  { id, event, deadline }: Waiting,
  settle: (answer: Promise<Answer>) => void,
): RequestListener => {
  let handed = false;
  return (request, response) => {
    const accept = (answer: Promise<Answer>): void => {
      settle(answer);
      const accepted = (): unknown => response.writeHead(202).end('{"status":"OK"}');
      answer.then(accepted, accepted);
    };
    switch (`${request.method} ${request.url?.replace('/2018-06-01/runtime', '')}`) {
      case 'GET /invocation/next':
        if (handed) return;
        handed = true;
        response.writeHead(200, {
          'Content-Type': 'application/json',
          'Lambda-Runtime-Aws-Request-Id': id,
          'Lambda-Runtime-Deadline-Ms': deadline,
          'Lambda-Runtime-Invoked-Function-Arn': FUNCTION_ARN,
          'Lambda-Runtime-Trace-Id':
            'Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0',
        });
        response.end(JSON.stringify(event));
        return;
      case `POST /invocation/${id}/response`:
        accept(readPayload(request));
        return;
      case `POST /invocation/${id}/error`:
      case 'POST /init/error':
        accept(readError(request));
        return;
      default:
        response.writeHead(404).end();
    }
  };
};

const readPayload = async (request: IncomingMessage): Promise<Answer> => {
  const body = await buffer(request);
  const isJson = request.headers['content-type']?.startsWith('application/json') === true;
  return { ok: true, payload: isJson ? (JSON.parse(body.toString()) as unknown) : body };
};

const readError = async (request: IncomingMessage): Promise<Answer> => {
  const { errorMessage, errorType, stackTrace } = JSON.parse(
    (await buffer(request)).toString(),
  ) as RuntimeError;
  return { ok: false, error: { errorMessage, errorType, stackTrace } };
};
