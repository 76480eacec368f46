/**
 * A Python runtime of Lambda, and the libraries that its operating system can load.
 *
 * The glibc minor version is that of the function's image: 2.17 on Amazon Linux 1, 2.26 on Amazon Linux 2, 2.34 on
 * Amazon Linux 2023.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 *
 * @since 0.1.0
 */
export interface PythonRuntime {
  /** Lambda's identifier, such as `python3.13`. */
  readonly name: string;
  /** Major and minor version, such as `3.13`. */
  readonly python: string;
  /** The highest glibc 2.x minor version that a shared library may require. */
  readonly glibcMinor: number;
}

const runtime = (minor: number, glibcMinor: number): PythonRuntime => ({
  name: `python3.${minor}`,
  python: `3.${minor}`,
  glibcMinor,
});

/** The minor version of a Python 3: 13 for 3.13. */
export const minorOf = ({ python }: Pick<PythonRuntime, 'python'>): number => Number(python.split('.')[1]);

/**
 * The first patch level that can have run on Lambda, where that is not 0. Lambda has had Python 3.9 since August 2021,
 * half a year after 3.9.2, and some packages (cryptography) exclude 3.9.0 and 3.9.1.
 */
const LOWEST_PATCH: Readonly<Record<string, number>> = { '3.9': 2 };

/** The lowest version that a runtime can have, with its patch level: `3.9.2` for 3.9. Markers and installers use it. */
export const lowestVersionOf = ({ python }: Pick<PythonRuntime, 'python'>): string =>
  `${python}.${LOWEST_PATCH[python] ?? 0}`;

/**
 * All Python 3 runtimes that Lambda has or had, oldest first.
 *
 * @since 0.1.0
 */
export const pythonRuntimes: readonly PythonRuntime[] = [
  ...[6, 7].map((minor) => runtime(minor, 17)),
  ...[8, 9, 10, 11].map((minor) => runtime(minor, 26)),
  ...[12, 13, 14, 15].map((minor) => runtime(minor, 34)),
];

/**
 * The documented default, kept for compatibility; AWS creates no functions on it (see `retiredSince`).
 *
 * @since 0.1.0
 */
export const DEFAULT_RUNTIME = 'python3.7';

/**
 * Finds a runtime by its name (`python3.13`) or its version (`3.13`).
 *
 * @since 0.1.0
 */
export const findRuntime = (nameOrVersion: string): PythonRuntime | undefined =>
  pythonRuntimes.find(({ name, python }) => nameOrVersion === name || nameOrVersion === python);

/**
 * The image that AWS publishes for builds for a runtime; CDK's `Runtime.bundlingImage` names the same one.
 *
 * @see https://gallery.ecr.aws/sam?page=1
 */
export const buildImageOf = (runtime: Pick<PythonRuntime, 'name'>): string =>
  `public.ecr.aws/sam/build-${runtime.name}`;

/**
 * The source that named the runtime.
 *
 * @since 0.1.0
 */
export type RuntimeSource = 'prop' | 'context' | '.python-version' | 'requires-python' | 'default';
