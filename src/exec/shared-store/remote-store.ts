import * as path from 'node:path';
import { givingUp } from './failing-remote-store';
import { remoteFolder } from './remote-folder';
import { remoteS3 } from './remote-s3';
import type { RemoteStore } from './object-store';

/** The variable that names the shared store: an absolute path, or `s3://bucket/prefix`. */
const REMOTE_STORE = 'CDK_LAMBDA_PYTHON_REMOTE_STORE';

/** The shared store from the environment; undefined without one. */
export const remoteStore = (environment: NodeJS.ProcessEnv): RemoteStore | undefined => {
  const named = environment[REMOTE_STORE] ?? '';
  if (named === '') return undefined;
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(named) ?? [];
  return givingUp(bucket === undefined ? remoteFolder(path.resolve(named)) : remoteS3(bucket, prefix));
};
