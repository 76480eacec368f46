/** A runtime of Lambda, as the bench knows it: by AWS's list, not by the library's. */
export interface Target {
  /** Such as `3.13`. */
  readonly python: string;
  readonly machine: 'x86_64' | 'aarch64';
  /** The highest glibc 2.x minor of its operating system. */
  readonly glibc: number;
  /** The highest `GLIBCXX_3.4.x` minor of its libstdc++. */
  readonly glibcxx: number;
}

/** Amazon Linux 2 until 3.11 (glibc 2.26, GCC 7), Amazon Linux 2023 since 3.12 (glibc 2.34, GCC 11). */
const systemOf = (python: string): Pick<Target, 'glibc' | 'glibcxx'> =>
  Number(python.split('.')[1]) < 12 ? { glibc: 26, glibcxx: 24 } : { glibc: 34, glibcxx: 29 };

export const PYTHONS = ['3.9', '3.11', '3.12', '3.13', '3.14'] as const;

export const MACHINES = ['x86_64', 'aarch64'] as const;

export const TARGETS: readonly Target[] = PYTHONS.flatMap((python) =>
  MACHINES.map((machine) => ({ python, machine, ...systemOf(python) })),
);

/** As the command line of the library names it. */
export const architectureOf = ({ machine }: Target): string => (machine === 'aarch64' ? 'arm64' : machine);

export const nameOf = ({ python, machine }: Target): string => `${python} ${machine}`;
