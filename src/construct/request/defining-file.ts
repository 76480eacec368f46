import { fileURLToPath } from 'node:url';
import { AbsolutePath } from '../../plan/values/codecs';
import { attempt, decoded, originalSources } from './source-map';
import type { Position } from './source-map';

/** One frame of a call stack. All fields are absent for code that is in no file (`eval`, native functions). */
export interface Frame {
  /** An absolute path, a `file:` URL (ES modules), or a name of another kind (`node:fs`, `[eval]`). */
  readonly fileName?: string | null;
  readonly line?: number | null;
  readonly column?: number | null;
}

/**
 * Packages whose frames lie between or below a user's files: the CDK, loaders, test runners. Frames of other packages
 * are kept, because a construct library may ship its Python beside its JavaScript.
 */
const FRAMEWORKS = [
  ...['aws-cdk-lib', 'constructs', 'aws-cdk', '@aws-cdk'],
  ...['tsx', 'ts-node', '@swc', '@swc-node', 'esbuild', 'esbuild-register', 'esbuild-runner', '@esbuild-kit'],
  ...['@babel', 'jiti', 'sucrase', 'pirates', 'source-map-support', '@cspotcode'],
  ...['uvu', 'jest(-[^\\\\/]+)?', '@jest', 'ts-jest', 'vitest', '@vitest', 'vite', 'vite-node'],
  ...['mocha', 'ava', 'tap', '@tapjs', 'jasmine', 'jasmine-core'],
];

const inFramework = new RegExp(`[\\\\/]node_modules[\\\\/](${FRAMEWORKS.join('|')})[\\\\/]`);

/** The folder of this package's rooms (`…/src/`, `…/lib/`), known from this file's place in it. */
const packageFolder = (file: string): string | undefined =>
  /^(.*[\\/])construct[\\/]request[\\/]defining-file\.[cm]?[jt]s$/.exec(file)?.[1];

/** tsx's name for a CommonJS file that an ES module imports: `data:text/javascript,<code>?filePath=<path>`. */
const inDataUrl = /^data:text\/javascript,[^?]*\?filePath=(.+)$/;

/** A frame's file as a path: decoded, and without the query that tells a loader's copies of a module apart. */
const pathOf = (fileName: string): string | undefined => {
  const carried = inDataUrl.exec(fileName)?.[1];
  const name = carried === undefined ? fileName : decoded(carried);
  const file = /^file:/i.test(name)
    ? attempt(() => fileURLToPath(name))
    : name.replace(/(\.[cm]?[jt]sx?)\?[^\\/]*$/, '$1');
  return file !== undefined && AbsolutePath.is(file) ? file : undefined;
};

const positionOf = ({ fileName, line, column }: Frame): readonly Position[] => {
  const file = pathOf(fileName ?? '');
  return file === undefined ? [] : [{ file, line: line ?? 1, column: column ?? 1 }];
};

/**
 * The user's files on a stack whose first frame is in this file, nearest first. After compiled JavaScript comes its
 * source. Either name can exclude a frame: a bundled app has the CDK and this package in one file.
 */
export const userFiles = (
  frames: readonly Frame[],
  originalOf: (position: Position) => string | undefined,
): readonly string[] => {
  const positions = frames.flatMap(positionOf);
  const [own] = positions;
  const ownFolder = own && (packageFolder(own.file) ?? packageFolder(originalOf(own) ?? ''));
  const isUsers = (file: string): boolean =>
    !inFramework.test(file) && (ownFolder === undefined || !file.startsWith(ownFolder));
  const withOriginal = (position: Position): readonly string[] => [
    position.file,
    ...[originalOf(position) ?? []].flat(),
  ];
  const files = positions
    .filter(({ file }) => isUsers(file))
    .map(withOriginal)
    .filter((names) => names.every(isUsers));
  return [...new Set(files.flat())];
};

/**
 * Sets a property of `Error` during a call, and restores it. If it cannot be set (`--frozen-intrinsics`), it stays as
 * it is: no files are found, and an error asks for `entry`, which is better than a TypeError.
 */
const withErrorProperty = <A>(
  name: 'stackTraceLimit' | 'prepareStackTrace',
  value: unknown,
  run: () => A,
): A => {
  const wasThere = Object.hasOwn(Error, name);
  const before: unknown = Error[name];
  Reflect.set(Error, name, value);
  try {
    return run();
  } finally {
    if (wasThere) Reflect.set(Error, name, before);
    else Reflect.deleteProperty(Error, name);
  }
};

/** The stack as V8 has it: complete, whatever the user's limit, and before a loader rewrites it. */
const callSites = (): readonly NodeJS.CallSite[] =>
  withErrorProperty('stackTraceLimit', Infinity, () =>
    withErrorProperty(
      'prepareStackTrace',
      (_: Error, sites: NodeJS.CallSite[]) => sites,
      () => {
        const { stack } = new Error() as { stack?: unknown };
        return Array.isArray(stack) ? (stack as NodeJS.CallSite[]) : [];
      },
    ),
  );

/** Kept for the whole run: an app bundled with the whole CDK has a map of 90 MB, and reading it takes three seconds. */
const originalOf = originalSources();

/**
 * The absolute paths of the files that may define the calling construct, nearest first. An entry is looked for beside
 * each: the constructor's caller may be a subclass or a factory in another folder than the stack.
 */
export const definingFiles = (): readonly string[] =>
  userFiles(
    callSites().map((site) => ({
      fileName: site.getFileName(),
      line: site.getLineNumber(),
      column: site.getColumnNumber(),
    })),
    originalOf,
  );
