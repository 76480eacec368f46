import type { ArchitectureName } from '../../target/architecture';
import { machineOf } from '../../target/architecture';
import type { PythonRuntime } from '../../target/python-runtime';

/** The names of manylinux tags before PEP 600 put the glibc version into them, by glibc minor version. */
const LEGACY_NAMES: Readonly<Record<number, string>> = {
  17: 'manylinux2014',
  12: 'manylinux2010',
  5: 'manylinux1',
};

/**
 * The lowest glibc minor version in manylinux tags of a machine: manylinux began with 2.5 on x86 and with 2.17 on
 * arm64.
 */
const lowestMinor = (architecture: ArchitectureName): number => (architecture === 'arm64' ? 17 : 5);

/**
 * All platform tags of wheels that load on a runtime, best first. All minor versions are listed because pip takes
 * `--platform` literally.
 *
 * @see PEP 600 (manylinux_x_y), PEP 599, PEP 571, PEP 513 (the older names)
 */
export const platformTags = (runtime: PythonRuntime, architecture: ArchitectureName): readonly string[] => {
  const lowest = lowestMinor(architecture);
  const minors = Array.from({ length: runtime.glibcMinor - lowest + 1 }, (_, i) => runtime.glibcMinor - i);
  return minors.flatMap((minor) => {
    const legacy = LEGACY_NAMES[minor];
    return [`manylinux_2_${minor}`, ...(legacy === undefined ? [] : [legacy])].map(
      (tag) => `${tag}_${machineOf(architecture)}`,
    );
  });
};

/**
 * The manylinux levels of `uv pip install --python-platform` around Lambda's runtimes. There is none between 2_17 and
 * 2_28.
 */
const UV_LEVELS = [17, 28, 34] as const;

/** The highest of uv's levels that loads on a runtime. */
const levelOf = ({ glibcMinor }: PythonRuntime): number =>
  Math.max(...UV_LEVELS.filter((level) => level === 17 || level <= glibcMinor));

/**
 * The value for `uv pip install --python-platform`. uv's plain `…-unknown-linux-gnu` means 2_28, too new for a glibc of 2.26.
 */
export const uvPlatform = (runtime: PythonRuntime, architecture: ArchitectureName): string =>
  `${machineOf(architecture)}-manylinux_2_${levelOf(runtime)}`;

/**
 * The tags up to uv's level for a runtime. pip gets only these, so that both installers choose among the same wheels.
 */
export const levelTags = (runtime: PythonRuntime, architecture: ArchitectureName): readonly string[] =>
  platformTags({ ...runtime, glibcMinor: Math.min(runtime.glibcMinor, levelOf(runtime)) }, architecture);

/**
 * uv's next level, for a runtime whose C library lies between two levels; undefined where it has exactly one of uv's
 * levels.
 */
export const newerUvPlatform = (
  runtime: PythonRuntime,
  architecture: ArchitectureName,
): string | undefined => {
  const level = levelOf(runtime);
  const next = UV_LEVELS.find((one) => one > level);
  return runtime.glibcMinor <= level || next === undefined
    ? undefined
    : `${machineOf(architecture)}-manylinux_2_${next}`;
};
