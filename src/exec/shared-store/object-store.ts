/**
 * A store that several machines share: objects by key. Machines with write access put objects there, and are trusted:
 * digests find damaged objects, not replaced ones.
 */
export interface RemoteStore {
  /** Its name in messages. */
  readonly name: string;
  /** Writes an object's content into a new file; false if there is no such object. */
  readonly get: (key: string, file: string) => Promise<boolean>;
  /** Keeps a file under a key, completely or not at all. */
  readonly put: (key: string, file: string) => Promise<void>;
}
