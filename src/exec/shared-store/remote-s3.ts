import * as fs from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { withPatience } from '../process/stalled-transfer';
import type { RemoteStore } from './object-store';

/** The time without progress after which a request is given up, in milliseconds: an install takes seconds. */
const PATIENCE = 20_000;

/** A shared store in a bucket, with AWS's own SDK and its credentials; loaded only if a bucket is named. */
export const remoteS3 = (bucket: string, prefix: string, patience = PATIENCE): RemoteStore => {
  const name = `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`;
  const keyed = (key: string) => ({ Bucket: bucket, Key: prefix === '' ? key : `${prefix}/${key}` });
  return {
    name,
    get: async (key, file) => {
      const { GetObjectCommand, client } = await sdk();
      let target: fs.WriteStream | undefined;
      return withPatience(
        patience,
        () => target?.bytesWritten ?? 0,
        async (signal) => {
          try {
            const { Body } = await client.send(new GetObjectCommand(keyed(key)), { abortSignal: signal });
            // Not earlier: a stream that fails without a listener ends the process.
            target = fs.createWriteStream(file);
            await pipeline(Body as Readable, target, { signal });
            return true;
          } catch (error) {
            if ((error as Error).name === 'NoSuchKey') return false;
            throw error;
          }
        },
      );
    },
    put: async (key, file) => {
      const { PutObjectCommand, client } = await sdk();
      const { size } = fs.statSync(file);
      const content = fs.createReadStream(file);
      await withPatience(
        patience,
        () => content.bytesRead,
        async (signal) => {
          const command = new PutObjectCommand({ ...keyed(key), Body: content, ContentLength: size });
          try {
            await client.send(command, { abortSignal: signal });
          } finally {
            content.destroy();
          }
        },
      );
    },
  };
};

const quiet = (): void => undefined;

const load = async () => {
  const loaded = await import('@aws-sdk/client-s3').catch(() => {
    throw new Error(
      'the package @aws-sdk/client-s3 is not installed: npm install --save-dev @aws-sdk/client-s3',
    );
  });
  const client = new loaded.S3Client({
    maxAttempts: 2,
    // Errors are reported here, once.
    logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    // No `requestTimeout`: it would end a long upload that makes progress.
    requestHandler: { connectionTimeout: PATIENCE / 4 },
    // A local stand-in has no host names for buckets.
    forcePathStyle: process.env['AWS_ENDPOINT_URL'] !== undefined,
  });
  return { ...loaded, client };
};

let loading: ReturnType<typeof load> | undefined;

const sdk = (): ReturnType<typeof load> => (loading ??= load());
