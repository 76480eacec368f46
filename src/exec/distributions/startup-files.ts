/**
 * Files that Python reads at startup: `.pth` files and two modules, documented in the module `site`. Lambda adds a
 * bundle to the search path after Python's startup, so a distribution's own startup files have no effect there.
 */
const AT_START = /^([^/]+\.pth|(sitecustomize|usercustomize)(\.py|\/__init__\.py))$/;

/** Startup files that may be ignored: for setuptools' own distutils, and for namespace packages, which work anyway. */
const HARMLESS = /^distutils-precedence\.pth$|-nspkg\.pth$/;

/** The files of a tree that a distribution needs to be read at Python's startup. */
export const startupFiles = (files: readonly string[]): readonly string[] =>
  files.filter((file) => AT_START.test(file) && !HARMLESS.test(file));

export const showStartupFile = (file: string, distribution: string): string =>
  `${file} of ${distribution} should be read at Python's startup, but is not on Lambda`;
