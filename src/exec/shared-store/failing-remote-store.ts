import type { RemoteStore } from './object-store';

/**
 * A shared store that is not used any more after a failed read: a slow or denied store would be so for every part, with
 * a wait and a message each time. One that cannot be written is still read.
 */
export const givingUp = (remote: RemoteStore): RemoteStore => {
  let canRead = true;
  let canWrite = true;
  return {
    name: remote.name,
    get: async (key, file) => {
      if (!canRead) return false;
      try {
        return await remote.get(key, file);
      } catch (error) {
        // Two that fail at the same time count as one failure.
        if (!canRead) return false;
        canRead = canWrite = false;
        throw error;
      }
    },
    put: async (key, file) => {
      if (!canWrite) return;
      try {
        await remote.put(key, file);
      } catch (error) {
        if (!canWrite) return;
        canWrite = false;
        throw error;
      }
    },
  };
};
