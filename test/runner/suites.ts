/** Tests that one command runs. */
export interface Suite {
  /** Whether a file belongs to it; the path is relative to `test` and has `/`. */
  readonly has: (file: string) => boolean;
  /** Whether files run side by side. Files that share a Docker engine do not. */
  readonly parallel: boolean;
  /** How many minutes a file may take before it counts as hung. */
  readonly minutes: number;
}

const inFolder =
  (...folders: readonly string[]) =>
  (file: string): boolean =>
    folders.some((folder) => file.startsWith(`${folder}/`));

const needsEngine = (file: string): boolean => inFolder('docker')(file) || file === 'e2e/build-fleet.test.ts';

const isUnit = (file: string): boolean => !needsEngine(file) && !inFolder('faults', 'mutation')(file);

/** The suites by the name that package.json gives them. A new file belongs to `unit` unless its folder says otherwise. */
export const SUITES: Readonly<Record<string, Suite>> = {
  unit: { has: isUnit, parallel: true, minutes: 10 },
  coverage: { has: (file) => isUnit(file) && !inFolder('e2e')(file), parallel: true, minutes: 20 },
  faults: { has: inFolder('faults'), parallel: false, minutes: 15 },
  docker: { has: needsEngine, parallel: false, minutes: 8 },
  mutations: { has: inFolder('mutation'), parallel: false, minutes: 15 },
};
