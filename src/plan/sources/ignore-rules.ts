import type { Ignore } from 'ignore';
import ignore from 'ignore';

/**
 * What never belongs in a bundle, as `.gitignore` patterns. `exclude: ['!pattern']` takes one back.
 *
 * @since 0.1.0
 */
export const DEFAULT_IGNORES: readonly string[] = [
  // Other functions' entries: Python cannot import a module with a dot in its name.
  '*.*.py',
  // Byte code and caches of Python tools.
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
  // Virtual environments; others are known by their pyvenv.cfg (PEP 405).
  '.venv/',
  'pyvenv.cfg',
  // Node.js, CDK and SAM.
  'node_modules/',
  'cdk.out/',
  '.cdk.staging/',
  '.aws-sam/',
  // This library's own work in progress, where a run was killed.
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
  // Secrets: what holds those of tools, which no handler reads. Keys of a program's own have other names, and go in.
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
  // Settings of installers name indexes, whose URLs may hold a password.
  'pip.conf',
  'pip.ini',
  'uv.toml',
];

/**
 * What stays out as well when a CDK app's own sources lie in the same folder.
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

/** The files that show a folder to be that of a CDK app or of its TypeScript sources. */
const CDK_MARKERS = ['cdk.json', 'tsconfig.json', 'package.json'];

/**
 * What decides about the files of one source root.
 *
 * @since 0.1.0
 */
export interface IgnoreQuestion {
  /** Patterns of the user, read after the defaults, so that `!` can take one back. */
  readonly exclude: readonly string[];
  /** Folders of the source root that are never read, such as the app's output, relative to the root. */
  readonly outputs: readonly string[];
  /** The names of the root's own entries. */
  readonly rootNames: readonly string[];
  /** Whether a file with TypeScript or JavaScript that defines the construct lies in the root. */
  readonly definedHere: boolean;
}

/**
 * Says of a path relative to the source root (a folder's ends in `/`) whether it stays out.
 *
 * @since 0.1.0
 */
export type Ignores = (path: string) => boolean;

/** Rules as git reads them on a file system that tells upper case from lower. */
const gitRules = (...more: readonly (readonly string[] | Ignore)[]): Ignore =>
  more.reduce<Ignore>(
    (rules, added) => rules.add(added as readonly string[] & Ignore),
    ignore({ allowRelativePaths: true, ignorecase: false }),
  );

/** Rules of some patterns alone. */
export const ignoresOf = (patterns: readonly string[]): Ignores => {
  const rules = gitRules(patterns);
  return (path) => rules.ignores(path);
};

/** Made ready once: every root has them. */
const defaultRules = gitRules(DEFAULT_IGNORES);
const cdkRules = gitRules(DEFAULT_IGNORES, CDK_IGNORES);

/**
 * The rules of one source root, in the order in which git would read them.
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

/** What a build of a local package may read. */
const READ_BY_BUILDS = ['*.*.py', '.gitignore', '.gitattributes'];

/** What is left out of a local package before it is built: its sources count, not what its builds leave behind. */
export const LOCAL_PACKAGE_IGNORES: readonly string[] = [
  ...DEFAULT_IGNORES.filter((pattern) => !READ_BY_BUILDS.includes(pattern)),
  '/build/',
  '/dist/',
];

const localPackageRules = gitRules(LOCAL_PACKAGE_IGNORES);

/**
 * The rules of a local package.
 *
 * @param output the app's output folder, where that lies in the package, relative to it
 */
export const localPackageIgnores = (output: string | undefined): Ignores => {
  const rules = gitRules(localPackageRules);
  return (path) => (output !== undefined && path === `${output}/`) || rules.ignores(path);
};
