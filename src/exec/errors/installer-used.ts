import * as fs from 'node:fs';
import * as path from 'node:path';
import * as t from 'io-ts';
import { closed, Line } from '../../plan/values/codecs';
import type { InstallerName } from '../../plan/target/install-choice';
import { withFile } from '../files/open-file';

/**
 * The program that installed modules.
 *
 * @since 0.1.0
 */
export interface InstallerUsed {
  readonly name: InstallerName;
  /** As the program prints it: `0.13.9`. */
  readonly version: string;
}

export const InstallerUsed: t.Type<InstallerUsed> = closed(
  { name: t.keyof({ uv: null, pip: null }), version: Line },
  'InstallerUsed',
);

/** `uv 0.13.9`. */
export const showInstaller = ({ name, version }: InstallerUsed): string => `${name} ${version}`;

/** The installers of several lists, each once, sorted by name. */
export const allInstallers = (
  lists: readonly (readonly InstallerUsed[] | undefined)[],
): readonly InstallerUsed[] => {
  const byName = new Map(lists.flatMap((list = []) => list.map((one) => [showInstaller(one), one])));
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
};

/** The file beside the bytecode in which a container names its installer. */
export const INSTALLER_FILE = '.installer';

/** The size limit of that file: a user's command may have replaced it. */
const MOST_BYTES = 200;

/** Reads and removes the file in which a container names its installer; undefined without a valid one. */
export const takeInstaller = (bytecode: string): InstallerUsed | undefined => {
  const file = path.join(bytecode, INSTALLER_FILE);
  try {
    const value: unknown = withFile(file, (descriptor, { size }) =>
      size > MOST_BYTES ? undefined : JSON.parse(fs.readFileSync(descriptor, 'utf8')),
    );
    return InstallerUsed.is(value) ? value : undefined;
  } catch {
    return undefined;
  } finally {
    fs.rmSync(file, { recursive: true, force: true });
  }
};
