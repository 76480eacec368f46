import type { SpawnSyncReturns } from 'node:child_process';
import { createRequire } from 'node:module';

type SpawnSync = (...args: readonly unknown[]) => SpawnSyncReturns<string>;

/** node's own module, which can be changed; what an import gives cannot. */
const childProcess = createRequire(__filename)('node:child_process') as { spawnSync: SpawnSync };

/** The processes that something starts and waits for, each with its arguments. */
export const processesOf = (run: () => void): readonly (readonly unknown[])[] => {
  const original = childProcess.spawnSync;
  const started: (readonly unknown[])[] = [];
  childProcess.spawnSync = (...args) => {
    started.push(args);
    return original(...args);
  };
  try {
    run();
  } finally {
    childProcess.spawnSync = original;
  }
  return started;
};
