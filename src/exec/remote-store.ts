import * as path from 'node:path';
import { givingUp } from './giving-up';
import { remoteFolder } from './remote-folder';
import { remoteS3 } from './remote-s3';

/**
 * A store that several machines share: objects by key. What is in it was put there by machines that may write to it, and is
 * trusted as far as those are; digests tell what was damaged, not what was replaced.
 */
export interface RemoteStore {
  /** Its name in messages. */
  readonly name: string;
  /** Writes an object's content into a new file; false where there is no such object. */
  readonly get: (key: string, file: string) => Promise<boolean>;
  /** Keeps a file under a key, whole or not at all. */
  readonly put: (key: string, file: string) => Promise<void>;
}

/** The variable that names the shared store: an absolute path, or `s3://bucket/prefix`. */
const REMOTE_STORE = 'CDK_LAMBDA_PYTHON_REMOTE_STORE';

/** The shared store that the environment names; undefined where it names none. */
export const remoteStore = (environment: NodeJS.ProcessEnv): RemoteStore | undefined => {
  const named = environment[REMOTE_STORE] ?? '';
  if (named === '') return undefined;
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(named) ?? [];
  return givingUp(bucket === undefined ? remoteFolder(path.resolve(named)) : remoteS3(bucket, prefix));
};
