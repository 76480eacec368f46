/**
 * Loaded into every Node.js process of an untimed run (`NODE_OPTIONS=--require`): writes a line for each process that
 * is started, and one for the most memory that this one had. Never loaded where time is measured.
 */
import { appendFileSync } from 'node:fs';
import * as Module from 'node:module';
import * as path from 'node:path';

const log = process.env['BENCH_OBSERVATIONS'];

const note = (entry: object): void => {
  if (log !== undefined) appendFileSync(log, `${JSON.stringify(entry)}\n`);
};

type Starter = (this: unknown, ...args: unknown[]) => unknown;

/** node's own module, which can be changed; what an import gives cannot. */
const childProcess = Module.createRequire(__filename)('node:child_process') as Record<string, Starter> & {
  readonly ChildProcess: { readonly prototype: Record<string, Starter> };
};

const watch = (
  owner: Record<string, Starter>,
  name: string,
  programOf: (first: unknown) => unknown,
): void => {
  const original = owner[name];
  owner[name] = function (...args) {
    note({ started: path.basename(String(programOf(args[0]))) });
    return original?.apply(this, args);
  };
};

// Every asynchronous way goes through this method; the synchronous ones share only what node keeps to itself.
watch(childProcess.ChildProcess.prototype, 'spawn', (options) => (options as { readonly file: string }).file);
for (const name of ['spawnSync', 'execFileSync', 'execSync']) watch(childProcess, name, (file) => file);
Module.syncBuiltinESMExports();

process.on('exit', () => {
  // In KiB on Linux and macOS, as Node.js documents.
  note({ memory: process.resourceUsage().maxRSS * 1024 });
});
