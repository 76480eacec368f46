import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { withTemporary } from './temporary';

/**
 * Installed modules by the hash of what decides them: one install serves every function, folder and run.
 *
 * @since 0.1.0
 */
export interface Store {
  /** Absolute path of a finished tree, or undefined. */
  readonly find: (dependencies: string) => Promise<string | undefined>;
  /** Absolute path of a folder for work on the store's own disk; removed after the work. */
  readonly temporary: <A>(work: (folder: string) => Promise<A>) => Promise<A>;
  /** Takes over a finished tree, which lies in a temporary of the store; gives its new path. */
  readonly add: (dependencies: string, tree: string) => Promise<string>;
  /** Where temporaries lie. */
  readonly temporaries: string;
}

/** The layout of the store; another layout gets another folder, so that two versions never share one. */
const LAYOUT = 'v1';

/**
 * The folder of the store: `CDK_LAMBDA_PYTHON_CACHE`, else the platform's cache folder.
 *
 * @since 0.1.0
 */
export const storeFolder = (environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string => {
  const named = environment['CDK_LAMBDA_PYTHON_CACHE'];
  if (named !== undefined && named !== '') return path.resolve(named);
  const xdg = environment['XDG_CACHE_HOME'];
  if (xdg !== undefined && path.isAbsolute(xdg)) return path.join(xdg, 'cdk-lambda-python');
  const home = environment['HOME'] ?? os.homedir();
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'cdk-lambda-python');
  if (platform === 'win32') {
    return path.join(
      environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'),
      'cdk-lambda-python',
      'cache',
    );
  }
  return path.join(home, '.cache', 'cdk-lambda-python');
};

/**
 * A store in a folder. Entries appear by rename of a finished tree, so that one is whole or not there.
 *
 * @since 0.1.0
 */
export const folderStore = (folder: string): Store => {
  const entries = path.join(folder, LAYOUT, 'dependencies');
  const temporaries = path.join(folder, LAYOUT, 'tmp');
  const entry = (dependencies: string): string => path.join(entries, dependencies);
  return {
    temporaries,
    find: async (dependencies) => {
      const tree = entry(dependencies);
      return (await exists(tree)) ? tree : undefined;
    },
    temporary: (work) => withTemporary(temporaries, work),
    add: async (dependencies, tree) => {
      const place = entry(dependencies);
      await fs.mkdir(entries, { recursive: true });
      try {
        await fs.rename(tree, place);
      } catch (error) {
        // Another run was first: its tree has the same key, so it is as good.
        if (!['ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
      }
      return place;
    },
  };
};

const exists = (file: string): Promise<boolean> =>
  fs.access(file).then(
    () => true,
    () => false,
  );
