import nodeFs from 'node:fs';
import * as path from 'node:path';

/** The modules of this repository, which load each other when they are first used. */
const OWN = path.resolve(__dirname, '../../..') + path.sep;

const WATCHED = ['readdirSync', 'openSync', 'readFileSync', 'lstatSync', 'statSync', 'realpathSync'] as const;
type Watched = (typeof WATCHED)[number];

/** The paths that each function of node:fs was asked for, in order. */
export type DiskReads = Readonly<Record<Watched, readonly string[]>>;

/** Tells what is read of the disk while something runs. node's own module can be changed; what an import gives cannot. */
export const diskReadsOf = (run: () => unknown): DiskReads => {
  const reads = Object.fromEntries(WATCHED.map((name) => [name, [] as string[]])) as Record<
    Watched,
    string[]
  >;
  // `readFileSync` opens the file with `openSync`, in some versions of node.
  let isInside = false;
  const originals = WATCHED.map((name) => [name, nodeFs[name]] as const);
  for (const [name, original] of originals) {
    const watched = (...args: readonly unknown[]): unknown => {
      const call = original as (...args: readonly unknown[]) => unknown;
      // Of what is open, the path was told when it was opened.
      if (isInside || typeof args[0] === 'number' || String(args[0]).startsWith(OWN)) return call(...args);
      reads[name].push(String(args[0]));
      isInside = true;
      try {
        return call(...args);
      } finally {
        isInside = false;
      }
    };
    Reflect.set(nodeFs, name, Object.assign(watched, original));
  }
  try {
    run();
  } finally {
    for (const [name, original] of originals) Reflect.set(nodeFs, name, original);
  }
  return reads;
};

/** The files whose content was read. */
export const filesRead = ({ openSync, readFileSync }: DiskReads): readonly string[] => [
  ...openSync,
  ...readFileSync,
];
