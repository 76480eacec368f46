import { installInputs } from './install-inputs';
import type { GeneratedFile, InstallInput } from './install-plan';
import { alwaysInstalls, asksForPackage, requestedLines } from './requested-lines';
import type { RequirementsSnapshot } from './source-snapshot';

/** What an installer is told to install, whatever declares it: files that lie together in one folder. */
export interface RequirementSet {
  readonly inputs: readonly InstallInput[];
  readonly generated: readonly GeneratedFile[];
  /** Where the installer runs, in that folder. */
  readonly workingDirectory: string;
  /** Requirements files, as seen from there. */
  readonly requirements: readonly string[];
  /** Whether they are a whole lock, of which nothing is resolved any more. */
  readonly isLocked: boolean;
  /** Whether nothing at all may come out: every requirement has a marker. */
  readonly mayBeEmpty: boolean;
  /** Distribution names of local packages. */
  readonly localPackages: readonly string[];
  /** Normalized names of the distributions that are asked for by name. */
  readonly requested: readonly string[];
  /** Names of variables that the requirements mention. */
  readonly environment: readonly string[];
}

/** The requirements file of most functions. */
export const REQUIREMENTS = 'requirements.txt';

/** What a requirements file asks for; null where it asks for nothing. */
export const requirementsFileSet = (requirements: RequirementsSnapshot): RequirementSet | null => {
  const lines = requestedLines(requirements);
  if (!lines.some(asksForPackage)) return null;
  return {
    ...installInputs(requirements),
    generated: [],
    requirements: [REQUIREMENTS],
    isLocked: false,
    mayBeEmpty: !lines.some(alwaysInstalls),
    localPackages: requirements.localPackages.flatMap(({ name }) => name ?? []),
    requested: [],
    environment: [],
  };
};
