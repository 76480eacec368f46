/**
 * Files that modules do not need to run, by kind, as `.gitignore` patterns relative to the modules' folder. There is no
 * kind for documentation, because the `docs/` of some distributions (botocore) is a package that is imported.
 *
 * @since 0.1.0
 */
const SLIM_PATTERNS = {
  /** Tests that come with a distribution. */
  tests: ['tests/', 'test/'],
  /** Files that only type checkers and editors read. */
  types: ['*.pyi', 'py.typed'],
  /** Sources of native modules, and headers and libraries for building others. */
  sources: [
    '*.pyx',
    '*.pxd',
    '*.pxi',
    '*.c',
    '*.cc',
    '*.cpp',
    '*.cxx',
    '*.h',
    '*.hpp',
    '*.hxx',
    '*.f',
    '*.f90',
    '*.a',
    '*.lib',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/**
 * A kind of files that can be left out of the modules: `tests`, `types` or `sources`.
 *
 * @since 0.1.0
 */
export type SlimKind = keyof typeof SLIM_PATTERNS;

export const SLIM_KINDS = Object.keys(SLIM_PATTERNS) as readonly SlimKind[];

/** The patterns of the given kinds, or of all kinds (`true`). */
export const slimPatterns = (slim: boolean | readonly SlimKind[] = false): readonly string[] => {
  const kinds = typeof slim === 'boolean' ? (slim ? SLIM_KINDS : []) : slim;
  return SLIM_KINDS.filter((kind) => kinds.includes(kind)).flatMap((kind) => SLIM_PATTERNS[kind]);
};
