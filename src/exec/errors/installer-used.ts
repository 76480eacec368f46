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
  /** As the program says it: `0.13.9`. */
  readonly version: string;
}

export const InstallerUsed: t.Type<InstallerUsed> = closed(
  { name: t.keyof({ uv: null, pip: null }), version: Line },
  'InstallerUsed',
);

/** `uv 0.13.9`. */
export const showInstaller = ({ name, version }: InstallerUsed): string => `${name} ${version}`;

/** Several installers together, each once, in the order of their names. */
export const allInstallers = (
  lists: readonly (readonly InstallerUsed[] | undefined)[],
): readonly InstallerUsed[] => {
  const byName = new Map(lists.flatMap((list = []) => list.map((one) => [showInstaller(one), one])));
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
};

/** The file among the byte code in which a container says what installed there. */
export const INSTALLER_FILE = '.installer';

/** No such file is longer: a command of the user's may have put another one in its place. */
const MOST_BYTES = 200;

/** Takes from among the byte code what a container says of its installer; undefined where it says nothing. */
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
