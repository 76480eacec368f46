import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import type { LockTool } from './manifest';
import type { Project, Question } from './random-project';

const start = promisify(execFile);

/** Where each tool is: absolute path of its program. */
export type Programs = Readonly<Partial<Record<LockTool, string>>>;

/** What a tool printed, or why it failed. */
export type Said = { readonly stdout: string } | { readonly failed: string };

/** Runs a tool in a project, with caches of its own: packages of one name differ from project to project. */
const run = async (argv: readonly string[], folder: string): Promise<Said> => {
  const [program = '', ...args] = argv;
  const caches = path.join(folder, '.caches');
  mkdirSync(caches, { recursive: true });
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: caches,
    UV_CACHE_DIR: path.join(caches, 'uv'),
    POETRY_CACHE_DIR: path.join(caches, 'poetry'),
    POETRY_VIRTUALENVS_CREATE: 'false',
    PDM_CACHE_DIR: path.join(caches, 'pdm'),
    PDM_CHECK_UPDATE: 'false',
    PDM_IGNORE_SAVED_PYTHON: '1',
    PDM_USE_VENV: '0',
    NO_COLOR: '1',
    PYTHONWARNINGS: 'ignore',
  };
  try {
    return {
      stdout: (await start(program, args, { cwd: folder, env, maxBuffer: 1 << 26, timeout: 120_000 })).stdout,
    };
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    return { failed: `${stderr}${stdout}`.trim() || String(error) };
  }
};

const each = (flag: string, names: readonly string[]): readonly string[] =>
  names.flatMap((name) => [flag, name]);

/** The name of the lock that a tool writes. */
export const lockName = (tool: LockTool): string => `${tool}.lock`;

/** Locks everything of a project. */
export const lock = (tool: LockTool, program: string, project: Project, folder: string): Promise<Said> => {
  const groups = [...Object.keys(project.extras), ...Object.keys(project.groups)];
  switch (tool) {
    case 'uv':
      return run([program, 'lock', '--python', 'python3'], folder);
    case 'poetry':
      return run([program, 'lock', '--no-interaction'], folder);
    case 'pdm':
      return run([program, 'lock', '--python', project.requiresPython, ...each('-G', groups)], folder);
  }
};

type Format = 'requirements.txt' | 'pylock.toml';

const pdmFormat: Readonly<Record<Format, string>> = {
  'requirements.txt': 'requirements',
  'pylock.toml': 'pylock',
};

/** What a tool itself takes from its lock for a question. */
export const exported = (
  tool: LockTool,
  program: string,
  { groups, extras }: Question,
  format: Format,
  folder: string,
): Promise<Said> => {
  switch (tool) {
    case 'uv': {
      const flags = [
        '--frozen',
        '--no-emit-project',
        '--no-default-groups',
        '--no-hashes',
        '--no-header',
        '--no-annotate',
      ];
      const asked = [...each('--extra', extras), ...each('--group', groups)];
      return run([program, 'export', '--format', format, '--python', 'python3', ...flags, ...asked], folder);
    }
    case 'poetry':
      return run(
        [
          program,
          'export',
          '--no-interaction',
          '--format',
          format,
          '--without-hashes',
          ...each('--with', groups),
          ...each('-E', extras),
        ],
        folder,
      );
    case 'pdm': {
      // Without a group that is asked for, `--prod` leaves out those of PEP 735.
      const asked = [...each('-G', [...extras, ...groups]), ...(groups.length === 0 ? ['--prod'] : [])];
      return run([program, 'export', '--format', pdmFormat[format], '--without-hashes', ...asked], folder);
    }
  }
};
