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
