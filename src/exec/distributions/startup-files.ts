/**
 * Files that Python reads as it starts: `.pth` and two modules, documented with its module `site`. Lambda puts a bundle on the search
 * path when Python has started, so that those of a distribution do nothing there.
 */
const AT_START = /^([^/]+\.pth|(sitecustomize|usercustomize)(\.py|\/__init__\.py))$/;

/** What does without: setuptools asks for its own distutils, and packages without `__init__.py` are packages anyway. */
const HARMLESS = /^distutils-precedence\.pth$|-nspkg\.pth$/;

/** The files of a tree that a distribution counts on being read as Python starts. */
export const startupFiles = (files: readonly string[]): readonly string[] =>
  files.filter((file) => AT_START.test(file) && !HARMLESS.test(file));

export const showStartupFile = (file: string, distribution: string): string =>
  `${file} of ${distribution} is not read as Python starts on Lambda, which it is meant to be`;
