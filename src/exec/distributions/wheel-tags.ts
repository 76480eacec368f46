import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { machineOf } from '../../plan/target/architecture';
import { tagFits } from '../../plan/packaging/tags/wheel-tag';
import type { Installed } from '../install/install';

/** An installed distribution and the tags of its wheel (PEP 427, the file WHEEL). */
export interface InstalledWheel {
  /** `name-version`, as in the name of its dist-info folder. */
  readonly distribution: string;
  readonly tags: readonly string[];
}

/** The wheels of the modules in a folder. */
export const installedWheels = async (tree: string): Promise<readonly InstalledWheel[]> => {
  const folders = (await fs.readdir(tree)).filter((name) => name.endsWith('.dist-info')).sort();
  return Promise.all(
    folders.map(async (folder) => ({
      distribution: folder.replace(/\.dist-info$/, ''),
      tags: readTags(await fs.readFile(path.join(tree, folder, 'WHEEL'), 'utf8').catch(() => '')),
    })),
  );
};

const readTags = (text: string): readonly string[] =>
  [...text.matchAll(/^Tag:\s*(\S+)\s*$/gm)].flatMap((match) => match[1] ?? []);

/** The wheels whose tags do not fit the target; a wheel without tags passes. */
export const foreignWheels = (
  wheels: readonly InstalledWheel[],
  { runtime }: Pick<BundlePlan, 'runtime'>,
  by: Installed['by'],
): readonly InstalledWheel[] => {
  const machine = machineOf(runtime.architecture);
  // A wheel built in a container has only the machine in its tag. Its C library may be newer than the target's.
  const loads = (platform: string): boolean =>
    platform === 'any' ||
    runtime.platformTags.includes(platform) ||
    (by !== 'host' && platform === `linux_${machine}`);
  const fits = (tag: string): boolean => tagFits(tag, runtime, loads);
  return wheels.filter(({ tags }) => tags.length > 0 && !tags.some(fits));
};

/** The first wheel whose tags do not fit the target. */
export const foreignWheel = (
  wheels: readonly InstalledWheel[],
  plan: Pick<BundlePlan, 'runtime'>,
  by: Installed['by'],
): InstalledWheel | undefined => foreignWheels(wheels, plan, by)[0];
