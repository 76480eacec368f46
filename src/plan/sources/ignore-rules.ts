import type { Ignore } from 'ignore';
import ignore from 'ignore';

/**
 * Files that never belong in a bundle, as `.gitignore` patterns. `exclude: ['!pattern']` includes them again.
 *
 * @since 0.1.0
 */
export const DEFAULT_IGNORES: readonly string[] = [
  // Other functions' entries: Python cannot import a module with a dot in its name.
  '*.*.py',
  // Bytecode and caches of Python tools.
  '__pycache__/',
  '*.py[cod]',
  '.pytest_cache/',
  '.mypy_cache/',
  '.ruff_cache/',
  '.hypothesis/',
  '.tox/',
  '.nox/',
  '.coverage',
  '.coverage.*',
  'htmlcov/',
  '*.egg-info/',
  // Virtual environments. Those with other names have a pyvenv.cfg (PEP 405).
  '.venv/',
  'pyvenv.cfg',
  // Node.js, CDK and SAM.
  'node_modules/',
  'cdk.out/',
  '.cdk.staging/',
  '.aws-sam/',
  // This library's own temporary files, which a killed run leaves behind.
  '.cdk-lambda-python/',
  // Version control, editors, operating systems.
  '.git',
  '.gitignore',
  '.gitattributes',
  '.hg/',
  '.svn/',
  '.idea/',
  '.vscode/',
  '.DS_Store',
  'Thumbs.db',
  // Secrets of tools, which no handler reads. A program's own keys have other names, and go into the bundle.
  '.env*',
  '.netrc',
  '_netrc',
  '.pypirc',
  '.npmrc',
  '.yarnrc*',
  '.git-credentials',
  '.aws/',
  '.azure/',
  '.docker/',
  '.gnupg/',
  '.kube/',
  '.ssh/',
  '.terraform/',
  '*.tfstate',
  '*.tfstate.*',
  'id_rsa',
  'id_dsa',
  'id_ecdsa',
  'id_ed25519',
  // Settings of installers name indexes, whose URLs may have a password.
  'pip.conf',
  'pip.ini',
  'uv.toml',
];

/**
 * Further files that are left out if a CDK app's own sources lie in the same folder.
 *
 * @since 0.1.0
 */
export const CDK_IGNORES: readonly string[] = [
  '*.ts',
  '*.tsx',
  '*.mts',
  '*.cts',
  '*.tsbuildinfo',
  '/*.js',
  '/*.mjs',
  '/*.cjs',
  '/*.jsx',
  '/*.map',
  '/package.json',
  '/package-lock.json',
  '/npm-shrinkwrap.json',
  '/yarn.lock',
  '/pnpm-lock.yaml',
  '/bun.lock',
  '/cdk.json',
  '/cdk.context.json',
  '/tsconfig*.json',
  '/jest.config.*',
  '/eslint.config.*',
  '/.eslintrc*',
  '/.prettierrc*',
  '/.prettierignore',
  '/.npmignore',
];

/** Files that mark the folder of a CDK app or of its TypeScript sources. */
const CDK_MARKERS = ['cdk.json', 'tsconfig.json', 'package.json'];

/**
 * The input of the ignore rules of one source root.
 *
 * @since 0.1.0
 */
export interface IgnoreQuestion {
  /** Patterns of the user. They come after the defaults, so that `!` can include files again. */
  readonly exclude: readonly string[];
  /** Folders of the source root that are never read, such as the app's output, relative to the root. */
  readonly outputs: readonly string[];
  /** The names of the files and folders directly in the root. */
  readonly rootNames: readonly string[];
  /** Whether a TypeScript or JavaScript file that defines the construct lies in the root. */
  readonly definedHere: boolean;
}

/**
 * Whether a path, relative to the source root, is left out. The path of a folder ends in `/`.
 *
 * @since 0.1.0
 */
export type Ignores = (path: string) => boolean;

/** Rules of Git for a case-sensitive file system. */
const gitRules = (...more: readonly (readonly string[] | Ignore)[]): Ignore =>
  more.reduce<Ignore>(
    (rules, added) => rules.add(added as readonly string[] & Ignore),
    ignore({ allowRelativePaths: true, ignorecase: false }),
  );

/** Rules of patterns, without the defaults. */
export const ignoresOf = (patterns: readonly string[]): Ignores => {
  const rules = gitRules(patterns);
  return (path) => rules.ignores(path);
};

/** Created once, because every root has them. */
const defaultRules = gitRules(DEFAULT_IGNORES);
const cdkRules = gitRules(DEFAULT_IGNORES, CDK_IGNORES);

/**
 * The rules of one source root, in the order in which Git would read them.
 *
 * @since 0.1.0
 */
export const ignoreRules = (question: IgnoreQuestion): Ignores => {
  const shared = question.definedHere || question.rootNames.some((name) => CDK_MARKERS.includes(name));
  const rules = gitRules(shared ? cdkRules : defaultRules, question.exclude);
  const isOutput = (path: string): boolean =>
    question.outputs.some((output) => path === output || path.startsWith(`${output}/`));
  return (path) => isOutput(path) || rules.ignores(path);
};

/** Ignored files that a build of a local package may read. */
const READ_BY_BUILDS = ['*.*.py', '.gitignore', '.gitattributes'];

/** Files left out of a local package before its build: its sources count, and the output of its builds does not. */
export const LOCAL_PACKAGE_IGNORES: readonly string[] = [
  ...DEFAULT_IGNORES.filter((pattern) => !READ_BY_BUILDS.includes(pattern)),
  '/build/',
  '/dist/',
];

const localPackageRules = gitRules(LOCAL_PACKAGE_IGNORES);

/**
 * The rules of a local package.
 *
 * @param output the app's output folder relative to the package, if it lies in the package
 */
export const localPackageIgnores = (output: string | undefined): Ignores => {
  const rules = gitRules(localPackageRules);
  return (path) => (output !== undefined && path === `${output}/`) || rules.ignores(path);
};
