import type { ArchitectureName } from '../../target/architecture';
import { machineOf } from '../../target/architecture';
import type { PythonRuntime } from '../../target/python-runtime';

/** The names manylinux tags had before PEP 600 spelled out the glibc version, by glibc minor. */
const LEGACY_NAMES: Readonly<Record<number, string>> = {
  17: 'manylinux2014',
  12: 'manylinux2010',
  5: 'manylinux1',
};

/** The lowest glibc minor a manylinux wheel of a machine can name: manylinux began on x86 with 2.5, on arm64 with 2.17. */
const lowestMinor = (architecture: ArchitectureName): number => (architecture === 'arm64' ? 17 : 5);

/**
 * Every platform tag a wheel may carry and still load on a runtime, best first.
 * All minors are listed because pip takes `--platform` literally.
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

/** The levels that `uv pip install --python-platform` knows and Lambda's runtimes lie between: none is between 2_17 and 2_28. */
const UV_LEVELS = [17, 28, 34] as const;

/** The highest level of uv that loads on a runtime. */
const levelOf = ({ glibcMinor }: PythonRuntime): number =>
  Math.max(...UV_LEVELS.filter((level) => level === 17 || level <= glibcMinor));

/**
 * The value for `uv pip install --python-platform`. uv's plain `…-unknown-linux-gnu` means 2_28, too new for a glibc of 2.26.
 */
export const uvPlatform = (runtime: PythonRuntime, architecture: ArchitectureName): string =>
  `${machineOf(architecture)}-manylinux_2_${levelOf(runtime)}`;

/** The tags of that level: pip gets these and no more, so that both installers choose among the same wheels. */
export const levelTags = (runtime: PythonRuntime, architecture: ArchitectureName): readonly string[] =>
  platformTags({ ...runtime, glibcMinor: Math.min(runtime.glibcMinor, levelOf(runtime)) }, architecture);

/** The next level of uv where the runtime's C library lies below it; undefined where the runtime has one of uv's levels. */
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
