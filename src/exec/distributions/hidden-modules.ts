import { isStandardModule } from '../../plan/target/standard-library';

/** The module that a file at the top of a tree makes importable; a folder without `__init__.py` hides no module. */
const moduleOf = (file: string): string | undefined =>
  /^([^/.]+)(?:\.pyc?|(?:\.[^/]+)?\.so|\/__init__\.pyc?)$/.exec(file)?.[1];

/** The files of a tree that Python on Lambda would import in place of its own modules. */
export const hidingStandard = (files: readonly string[]): readonly string[] =>
  files.filter((file) => isStandardModule(moduleOf(file) ?? ''));

export const showHidden = (file: string, distribution: string): string =>
  `${file} of ${distribution} would be imported in place of Python's own module of that name`;
