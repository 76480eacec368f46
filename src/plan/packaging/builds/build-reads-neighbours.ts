import { isRight } from 'fp-ts/Either';
import { buildScripts } from './build-scripts';
import { nameInRequirement } from '../requirement/package-name';
import { parseToml } from '../project/toml-file';
import { itemsAt, tableAt, textAt, textsAt, valueAt } from '../../values/toml-values';

/** The files of a package that may lead its build to files elsewhere. */
const LEADING_FILES = ['pyproject.toml', 'setup.cfg', 'MANIFEST.in'];

/** hatchling also reads this file. */
const HATCH_FILE = 'hatch.toml';

const FLIT = 'flit_core.buildapi';

const SETUPTOOLS = 'setuptools.build_meta';

/** Backends that follow their configuration, and run code of a package only where the configuration names it. */
const BACKENDS = ['hatchling.build', SETUPTOOLS, FLIT, 'poetry.core.masonry.api', 'pdm.backend', 'uv_build'];

/**
 * The build requirements of these backends. Any other may be a plugin with its own code and settings, or a package of
 * the same repository.
 */
const REQUIRED = ['hatchling', 'setuptools', 'wheel', 'flit-core', 'poetry-core', 'pdm-backend', 'uv-build'];

/** Settings by which setuptools imports a module of the package, or gets a plugin. */
const IMPORTED_BY_SETUPTOOLS = /\battr\b|\bcmdclass\b|\bcommand[-_]packages\b|\bsetup_requires\b/;

/** Keys by which hatchling gets a plugin. */
const PLUGINS_OF_HATCH = /"(?:hooks|dependencies|require-runtime-dependencies|require-runtime-features)":/;

/** Whether a backend runs only its own code, and no code that the package brings or requires. */
const runsOwnCodeAlone = (document: unknown, texts: readonly string[]): boolean => {
  const backend = textAt(document, 'build-system', 'build-backend') ?? SETUPTOOLS;
  if (!BACKENDS.includes(backend) || itemsAt(document, 'build-system', 'backend-path').length > 0)
    return false;
  const requires = textsAt(document, 'build-system', 'requires').map(nameInRequirement);
  if (!requires.every((name) => REQUIRED.includes(name))) return false;
  switch (backend) {
    case 'hatchling.build':
      return !PLUGINS_OF_HATCH.test(
        JSON.stringify([
          valueAt(document, 'tool', 'hatch', 'build'),
          valueAt(document, 'tool', 'hatch', 'metadata'),
        ]),
      );
    case SETUPTOOLS:
      return !texts.some((text) => IMPORTED_BY_SETUPTOOLS.test(text));
    // flit imports the module for its version or description where the text alone does not give them.
    case FLIT:
      return (
        tableAt(document, 'project') !== undefined && itemsAt(document, 'project', 'dynamic').length === 0
      );
    default:
      return true;
  }
};

/** The files of a package, by paths relative to its folder. */
export interface PackageFiles {
  /** Empty where the package has no such file. */
  readonly textOf: (file: string) => string;
  readonly has: (file: string) => boolean;
}

/** Whether the build of a package may run code that may read or write any file. */
export const runsCode = ({ textOf, has }: PackageFiles): boolean => {
  const text = textOf('pyproject.toml');
  if (has(HATCH_FILE) || buildScripts(text).some(has)) return true;
  const read = parseToml({ file: 'pyproject.toml', text });
  return !isRight(read) || !runsOwnCodeAlone(read.right, [text, textOf('setup.cfg')]);
};

/** Whether the build of a package may read files of a neighbouring package, by its code or its configuration. */
export const readsBeside = (files: PackageFiles): boolean =>
  LEADING_FILES.some((name) => files.textOf(name).includes('..')) || runsCode(files);
