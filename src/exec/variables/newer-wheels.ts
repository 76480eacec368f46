import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { nameInRequirement } from '../../plan/packaging/requirement/package-name';
import { OTHER_PLATFORM, withoutColours } from '../scripts/installer-output';
import type { CommandResult } from '../process/shell';
import { succeeded } from '../process/shell';
import type { Run } from '../scripts/wheels-first';

/**
 * Whether uv says that a version has only wheels for other platforms, and no source distribution.
 *
 * @example "Because sample==1 has no wheels with a matching platform tag (e.g., `manylinux_2_17_x86_64`) and …"
 */
export const saysOtherPlatform = (output: string): boolean =>
  withoutColours(output).replace(/\s+/g, ' ').includes(OTHER_PLATFORM);

/** The installed distributions, as `name-version`. */
export interface Outcome {
  readonly all: readonly string[];
  /** The distributions that do not load on the target. */
  readonly foreign: readonly string[];
}

/** The inputs that decide whether newer wheels are tried, and whether they are used. */
interface NewerWheels {
  /** Absolute path of the modules' folder. */
  readonly output: string;
  /** The distributions without a wheel in an installer's output, as it writes them. */
  readonly withoutWheel: (output: string) => readonly string[];
  readonly look: () => Promise<Outcome>;
  /** Whether distributions without a wheel may be built. */
  readonly mayBuild: boolean;
  /** Installs the foreign distributions from the oldest wheels, and the rest from newer ones. */
  readonly split: (outcome: Outcome) => Promise<Run>;
}

/** Empties a folder, but keeps it: a missing folder would look as if the store had been removed. */
const empty = async (folder: string): Promise<void> => {
  for (const name of await fs.readdir(folder).catch(() => []))
    await fs.rm(path.join(folder, name), { recursive: true, force: true });
};

const same = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());

/**
 * Tries wheels for a newer C library if a distribution lacks wheels for the oldest. The first run asks for a level that
 * both installers know (manylinux_2_17), so that both choose the same versions. A pinned version may have only a newer
 * wheel.
 *
 * uv's next level is above the target's. If uv took such a wheel, the same version may also have an older one, which is
 * then installed. Else the error names the distribution, unless it can be built instead.
 *
 * @param newer undefined if the target has no such level
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
