import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import * as assert from 'uvu/assert';
import { canaryFor, tracesBelow, tracesIn } from './canary';
import { argumentsNow, privateIndex, watchingArguments } from './private-index';
import type { PrivateIndex } from './private-index';
import type { Tools } from './python-tools';
import { environmentWith } from './python-tools';
import { temporaryFolder, writeTree } from './temporary';

/** Variables that hold secrets of other things than the index, as they are about in CI. */
const OTHER_SECRETS = Object.fromEntries(
  [
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'GITHUB_TOKEN',
    'NPM_TOKEN',
    'UV_PUBLISH_PASSWORD',
    'TWINE_PASSWORD',
    'DB_PASSWORD',
    'OPENAI_API_KEY',
  ].map((name) => [name, canaryFor(name.toLowerCase().replaceAll('_', '-'))]),
);

/** A machine with secrets in its variables. */
export interface SecretMachine {
  readonly environment: NodeJS.ProcessEnv;
  /** The user's home. */
  readonly home: string;
  /** Store, caches of the tools, temporaries. */
  readonly written: string;
}

export const secretMachine = (
  tools: Tools,
  changes: NodeJS.ProcessEnv = {},
  homeFiles: Readonly<Record<string, string>> = {},
): SecretMachine => {
  const home = temporaryFolder();
  const written = temporaryFolder();
  writeTree(home, homeFiles);
  mkdirSync(path.join(written, 'tmp'));
  const own = Object.entries(environmentWith(tools)).filter(([name]) => !/^(PIP|UV)_/.test(name));
  return {
    home,
    written,
    environment: {
      ...Object.fromEntries(own),
      ...OTHER_SECRETS,
      CDK_LAMBDA_PYTHON_CACHE: path.join(written, 'store'),
      UV_CACHE_DIR: path.join(written, 'uv'),
      PIP_CACHE_DIR: path.join(written, 'pip'),
      TMPDIR: path.join(written, 'tmp'),
      HOME: home,
      UV_HTTP_RETRIES: '0',
      PIP_RETRIES: '0',
      ...changes,
    },
  };
};

/** An index that looks at the arguments of all processes whenever it is asked: who asks is sure to run then. */
export const watchingIndex = async (): Promise<WatchingIndex> => {
  const seen = new Set<string>();
  const waiting: (() => void)[] = [];
  let isStalling = false;
  const index = await privateIndex(() => {
    argumentsNow().forEach((argv) => seen.add(argv));
    waiting.splice(0).forEach((tell) => tell());
    return isStalling ? 'stall' : 'answer';
  });
  return {
    ...index,
    seen: () => [...seen].join('\n'),
    stall: (is) => (isStalling = is),
    asked: () => new Promise((resolve) => waiting.push(resolve)),
  };
};

export interface WatchingIndex extends PrivateIndex {
  /** The arguments that it has seen. */
  readonly seen: () => string;
  /** Whether it leaves requests without an answer from now on. */
  readonly stall: (is: boolean) => void;
  /** Until it is asked for the next time. */
  readonly asked: () => Promise<void>;
}

/** Does something, and looks for the secret in arguments, in what came of it, and in all files of these folders. */
export const withoutTrace = async <A>(
  folders: readonly string[],
  work: () => Promise<A>,
  index: { readonly seen: () => string } = { seen: () => '' },
): Promise<A> => {
  const [said, argv] = await watchingArguments(work);
  assert.is(tracesIn(`${argv}\n${index.seen()}`).join('\n'), '', 'arguments of processes');
  assert.is(tracesIn(JSON.stringify(said)).join('\n'), '', 'what was said');
  assert.is(folders.flatMap(tracesBelow).join('\n'), '', 'files');
  return said;
};
