import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { buildingEnvironment } from '../../plan/install/build-environment';
import type { DependencyRequest } from '../../plan/request/bundle-request';
import { variablesIn } from '../../plan/declarations/lines/requirement-variables';
import { usesGit } from '../../plan/variables/git-settings';
import { uvTool } from '../../plan/install/installer-argv';
import type { Values } from '../../plan/variables/installer-environment';
import { handedOn, hostEnvironment, withValues } from '../../plan/variables/installer-environment';
import type { LockOptions } from '../../plan/install/lock-argv';
import { lockArgv, lockEnvironment, lockEnvironments, lockSettings } from '../../plan/install/lock-argv';
import { lockText } from '../../plan/locks/locked/own-lock';
import { portableLock } from '../../plan/locks/locked/portable-lock';
import { showTold } from '../../plan/install/variables-note';
import { optionsForUv } from '../../plan/variables/version-variables';
import { indented } from '../../plan/values/message-text';
import { showExecutionError } from '../errors/execution-error';
import { confinement } from '../host/build-on-host';
import { withBuildRoom } from '../host/build-room';
import { gitFilters } from '../git/git-filters';
import type { FindSandbox } from '../host/sandbox';
import { uvPython } from '../machine/uv-python';
import { pathHere } from '../files/relative-to-current-folder';
import { isolated } from '../process/isolated-python';
import { withoutUvSettings } from '../machine/without-uv-settings';
import { foldersRead } from '../../plan/declarations/local-packages/gathered-layout';
import { gitPlaces } from '../git/git-state';
import { findHostTool } from '../machine/host-tool';
import { lastLines, uvComplaints } from '../scripts/installer-output';
import { lockInput } from './lock-input';
import type { LockSource } from './lock-source';
import type { LockTargets } from './lock-targets';
import { refusedByLock } from './lock-variables';
import type { MachineFiles } from '../machine/settings-files';
import { saidByMachine } from '../machine/settings-files';
import { reachingToLock } from '../variables/reaching-indexes';
import { redactingShell, valuesOf } from '../process/redacting-shell';
import type { Shell } from '../process/shell';
import { succeeded } from '../process/shell';
import { preferBinaryLines } from '../../plan/declarations/lines/prefer-binary';
import { MINIMUM_UV } from '../../plan/variables/installer-versions';

/** The options of a lock, besides those that follow from its declaration. */
export interface MakeLock
  extends
    Pick<LockOptions, 'python' | 'upgrade' | 'mayBuild' | 'resolvedAsOf'>,
    Pick<LockTargets, 'architectures'>,
    Pick<DependencyRequest, 'groups' | 'extras' | 'index' | 'extraIndexes'> {
  /** The runtimes that the user named. */
  readonly runtimes: readonly string[];
}

type Messages = readonly string[];

const GET_UV = `Install uv ${MINIMUM_UV} or newer: \`pip install uv\`, or https://docs.astral.sh/uv/getting-started/installation/.`;

/** A lock, and notes about the machine's settings for the user. */
export interface MadeLock {
  readonly text: string;
  /** One line each. */
  readonly notes: readonly string[];
}

const preferred = (places: readonly string[]): string =>
  `${places.join(', ')}: \`--prefer-binary\` decides which versions are locked where builds are allowed, and only pip can honour it. A lock is made by uv. Lock without --allow-builds, which uses only wheels, or remove the option.`;

/** uv chooses versions for a set that is not pinned yet. */
const UNPINNED = { isLocked: false, isHashed: false };

/** The variables of uv for a lock: those of an install, and the indexes of options. */
const environmentOf = (
  variables: Values,
  options: MakeLock,
  names: readonly string[],
): Readonly<Record<string, string>> => {
  const mine = handedOn(variables, { isPinned: false });
  const machine = withValues({ ...mine, ...hostEnvironment(mine, {}) });
  return {
    ...(options.mayBuild ? buildingEnvironment(mine, {}, names) : machine),
    ...lockEnvironment(options, machine),
  };
};

/**
 * Locks a declaration with uv, and gives the text of the lock. uv works in a temporary folder: nothing is written
 * beside the declaration, even if the run is killed.
 *
 * @param own the variables of this machine
 * @param files this machine's `uv.toml` and `pip.conf`: uv reads none itself
 * @param sandbox confines builds, if they are allowed: as for an install
 */
export const makeLock =
  (
    shell: Shell,
    own: Values,
    files: MachineFiles,
    sandbox: FindSandbox,
    platform: NodeJS.Platform = process.platform,
  ) =>
  async (lockSource: LockSource, options: MakeLock): Promise<E.Either<Messages, MadeLock>> => {
    const { source, lock, asked, settings, askedSettings, requirements, localPackages } = lockSource;
    const preferring = options.mayBuild && requirements !== null ? preferBinaryLines(requirements) : [];
    if (preferring.length > 0) return E.left([preferred(preferring)]);
    const said = saidByMachine(own, files);
    if (E.isLeft(said)) return E.left([showExecutionError(said.left)]);
    const { variables, notes } = said.right;
    const folder = path.dirname(source.file);
    const found = await findHostTool(shell)([uvTool([])], folder);
    if (E.isLeft(found)) {
      const tried = found.left._tag === 'NoInstaller' ? found.left.tried.join('; ') : 'uv';
      return E.left([`A lock is made by uv, which was not found. Looked for: ${tried}. ${GET_UV}`]);
    }
    const declaration = path.basename(source.file);
    const environments = lockEnvironments(options.architectures);
    return withBuildRoom(undefined, async (room) => {
      const project = room.folder;
      // uv writes to no other name, and starts from the versions in the file.
      const work = path.join(project, 'pylock.toml');
      fs.writeFileSync(path.join(project, 'pyproject.toml'), lockSettings(environments, settings));
      if (fs.existsSync(lock)) fs.copyFileSync(lock, work);
      const input = lockInput(lockSource, project);
      const texts = requirements?.texts.map(({ text }) => text) ?? [source.text];
      const reaching = reachingToLock(variables, texts, project);
      const wanted = environmentOf(reaching.own, options, variablesIn(texts));
      const refused = refusedByLock({
        own: handedOn(reaching.own, { isPinned: false }),
        wanted,
        version: found.right.version,
        isDated: options.resolvedAsOf !== null,
        mayBuild: options.mayBuild,
      });
      if (refused !== undefined) return E.left([refused]);
      const python = uvPython(wanted, found.right.program);
      const argv = [
        ...isolated(found.right.program),
        ...lockArgv({
          ...options,
          ...input.ofLines,
          interpreter: python['UV_PYTHON'],
          declaration: input.file,
          project,
          output: work,
          ofVariables: optionsForUv(wanted),
        }),
      ];
      const settled = { ...wanted, ...withoutUvSettings(project, wanted, platform), ...python };
      const localFolders = localPackages
        .map((local) => fs.realpathSync(local.path))
        .filter((place) => fs.statSync(place).isDirectory());
      const run = redactingShell(shell, valuesOf([], variables, {}));
      const start = options.mayBuild
        ? await confinement(room, {
            own,
            variables: settled,
            texts,
            cwd: folder,
            hidden: [],
            readable: [
              folder,
              ...localFolders,
              ...localPackages.flatMap(foldersRead),
              ...localPackages.flatMap(({ git }) => (git === undefined ? [] : gitPlaces(git.root))),
            ],
            built: localFolders,
            sandbox,
            platform,
            filters: usesGit(texts) ? await gitFilters(shell, folder, settled) : [],
          })
        : E.right({ environment: settled, confined: (command: readonly string[]) => command });
      if (E.isLeft(start)) return E.left([showExecutionError(start.left)]);
      const { environment, confined } = start.right;
      const result = await run({ argv: confined(argv), cwd: folder, environment, bare: true })();
      if (!succeeded(result)) return E.left([failureOf(source.file, input.asWritten(result.output))]);
      const packages = portableLock(
        fs.readFileSync(work, 'utf8'),
        { folder, written: project },
        environments,
      );
      if (E.isLeft(packages)) return packages;
      const { groups, extras, resolvedAsOf, runtimes, architectures } = options;
      return E.right({
        text: lockText(withoutTable(packages.right), {
          declaration,
          requirements: asked.map(({ text }) => text),
          settings: askedSettings.map(({ text }) => text),
          groups,
          extras,
          resolvedAsOf,
          runtimes,
          architectures,
        }),
        notes: [...notes, ...reaching.notes, ...showTold({ own, given: {} }, UNPINNED)],
      });
    });
  };

const failureOf = (file: string, output: string): string => {
  const [without] = uvComplaints(output).withoutWheel;
  const builds =
    without === undefined
      ? ''
      : ` ${without} has no wheel. Add \`--allow-builds\` to build it here, which runs its code, or require a version that has one.`;
  return `uv cannot lock ${pathHere(file)}.${builds}\nuv said:\n${indented(lastLines(output))}`;
};

/** uv does not keep tables of other tools; a newer version might. */
const withoutTable = (text: string): string => text.replace(/^\[tool\.cdk-lambda-python\][^]*$/m, '');
