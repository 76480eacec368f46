import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { DependencyRequest } from '../plan/bundle-request';
import { MINIMUM_UV } from '../plan/host-install';
import type { Values } from '../plan/installer-environment';
import { hostEnvironment } from '../plan/installer-environment';
import type { LockOptions } from '../plan/lock-argv';
import { lockArgv, lockEnvironment, lockEnvironments, lockSettings } from '../plan/lock-argv';
import { lockText } from '../plan/locks/own-lock';
import { portableLock } from '../plan/locks/portable-lock';
import { redactUrls } from '../plan/redact';
import { findHostTool } from './host-tool';
import { lastLines } from './installer-output';
import type { LockSource } from './lock-source';
import type { LockTargets } from './lock-targets';
import { redactingShell, valuesOf } from './redacting-shell';
import type { Shell } from './shell';
import { succeeded } from './shell';

/** How a lock is made, besides what follows from its declaration. */
export interface MakeLock
  extends
    Pick<LockOptions, 'python' | 'upgrade' | 'mayBuild' | 'resolvedAsOf'>,
    Pick<LockTargets, 'architectures'>,
    Pick<DependencyRequest, 'groups' | 'extras' | 'index' | 'extraIndexes'> {}

type Messages = readonly string[];

const GET_UV = `Install uv ${MINIMUM_UV} or newer: \`pip install uv\`, or https://docs.astral.sh/uv/getting-started/installation/.`;

const UV = {
  tool: 'uv',
  programs: [['uv'], ['python3', '-m', 'uv'], ['python', '-m', 'uv']],
  minimumVersion: MINIMUM_UV,
  runs: [],
} as const;

/** uv only writes to such a name; it starts from the versions that the file has. */
const workName = (lock: string): string =>
  `pylock.${path.basename(lock, '.toml').replaceAll('.', '-')}-${process.pid}.toml`;

/** Has uv lock a declaration, and gives the text of the lock. Nothing is written but a file beside it, which is removed. */
export const makeLock =
  (shell: Shell, own: Values) =>
  async ({ source, lock, asked }: LockSource, options: MakeLock): Promise<E.Either<Messages, string>> => {
    const folder = path.dirname(source.file);
    const found = await findHostTool(shell)([UV], folder);
    if (E.isLeft(found)) {
      const tried = found.left._tag === 'NoInstaller' ? found.left.tried.join('; ') : 'uv';
      return E.left([`A lock is made by uv, which was not found. Looked for: ${tried}. ${GET_UV}`]);
    }
    const work = path.join(folder, workName(lock));
    const declaration = path.basename(source.file);
    const environments = lockEnvironments(options.architectures);
    const project = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk-lambda-python-lock-'));
    try {
      fs.writeFileSync(path.join(project, 'pyproject.toml'), lockSettings(environments));
      if (fs.existsSync(lock)) fs.copyFileSync(lock, work);
      const argv = [
        ...found.right.program,
        ...lockArgv({ ...options, declaration, project, output: path.basename(work) }),
      ];
      const environment = hostEnvironment(own, lockEnvironment(options, own));
      const run = redactingShell(shell, valuesOf([], own, {}));
      const result = await run({ argv, cwd: folder, environment })();
      if (!succeeded(result))
        return E.left([`uv cannot lock ${source.file}:\n${redactUrls(lastLines(result.output))}`]);
      const packages = portableLock(fs.readFileSync(work, 'utf8'), folder, environments);
      if (E.isLeft(packages)) return packages;
      const { groups, extras, resolvedAsOf } = options;
      return E.right(
        lockText(withoutTable(packages.right), {
          declaration,
          requirements: asked,
          groups,
          extras,
          resolvedAsOf,
        }),
      );
    } finally {
      fs.rmSync(work, { force: true });
      fs.rmSync(project, { recursive: true, force: true });
    }
  };

/** uv does not keep tables of others; a newer one might. */
const withoutTable = (text: string): string => text.replace(/^\[tool\.cdk-lambda-python\][^]*$/m, '');
