import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { nameInRequirement } from '../../plan/packaging/requirement/package-name';
import { OTHER_PLATFORM, withoutColours } from '../scripts/installer-output';
import type { CommandResult } from '../process/shell';
import { succeeded } from '../process/shell';
import type { Run } from '../scripts/wheels-first';

/**
 * Whether uv says that a version has wheels for other platforms alone, and no source distribution.
 *
 * @example "Because sample==1 has no wheels with a matching platform tag (e.g., `manylinux_2_17_x86_64`) and …"
 */
export const saysOtherPlatform = (output: string): boolean =>
  withoutColours(output).replace(/\s+/g, ' ').includes(OTHER_PLATFORM);

/** What an install left in its folder, as `name-version`. */
export interface Outcome {
  readonly all: readonly string[];
  /** Those that do not load on the target. */
  readonly foreign: readonly string[];
}

/** What decides whether newer wheels are tried, and whether they are taken. */
interface NewerWheels {
  /** Absolute path of the folder that the modules go to. */
  readonly output: string;
  /** The distributions that an installer found no wheel of, as it writes them. */
  readonly withoutWheel: (output: string) => readonly string[];
  readonly look: () => Promise<Outcome>;
  /** Whether what has no wheel may be built. */
  readonly mayBuild: boolean;
  /** Installs what does not load from the oldest wheels, and the rest from newer ones. */
  readonly split: (outcome: Outcome) => Promise<Run>;
}

/** Removes what lies in a folder, and keeps the folder: a new one would look as if something had removed the store. */
const empty = async (folder: string): Promise<void> => {
  for (const name of await fs.readdir(folder).catch(() => []))
    await fs.rm(path.join(folder, name), { recursive: true, force: true });
};

const same = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

/**
 * Looks for wheels for a newer C library where something lacks one for the oldest. Installers are asked for a level that
 * both know (manylinux_2_17) first, so that both take the same versions. A pinned version may have a newer wheel alone.
 *
 * uv's next level is above what the target loads. Where uv took such a wheel, the same version may have an older one: then
 * that is installed. Else the error names the distribution, unless it can be built instead.
 *
 * @param newer undefined where the target has no such level
 */
export const withNewerWheels = (
  first: Run,
  newer: Run | undefined,
  { output, withoutWheel, look, mayBuild, split }: NewerWheels,
): Run => {
  const missingIn = ({ output: said }: Pick<CommandResult, 'output'>): readonly string[] =>
    withoutWheel(said).map(nameInRequirement);
  return async (named, builds) => {
    const ran = await first(named, builds);
    if (newer === undefined || E.isLeft(ran) || succeeded(ran.right)) return ran;
    const missing = missingIn(ran.right);
    if (missing.length === 0 && !saysOtherPlatform(ran.right.output)) return ran;
    await empty(output);
    const again = await newer(named, builds);
    if (E.isLeft(again)) return again;
    if (!succeeded(again.right)) return missingIn(again.right).length > 0 ? again : ran;
    const { all, foreign } = await look();
    if (foreign.length === 0) return again;
    await empty(output);
    if (mayBuild && foreign.some((one) => missing.includes(nameInRequirement(one.split('-')[0] ?? one))))
      return ran;
    const both = await (await split({ all, foreign }))(named, builds);
    const now = await look();
    if (E.isRight(both) && succeeded(both.right) && now.foreign.length === 0 && same(now.all, all))
      return both;
    await empty(output);
    return newer(named, builds);
  };
};
