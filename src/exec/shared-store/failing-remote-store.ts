import type { RemoteStore } from './object-store';

/**
 * A shared store that is asked no more after it could not be read: whatever was slow or denied once would be so for every part, and
 * would be waited for and told each time. One that cannot be written to is still read.
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
        // Two that fail at once are one fault.
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
