import type { AppSpec } from '../apps/spec';
import type { Bundle } from '../assembly';
import type { Project } from '../project';
import type { Command } from '../run';
import type { Scenario } from '../scenarios';
import type { Workload } from '../workloads';

export const FAMILIES = ['plain', 'ours', 'uv', 'pip', 'sam', 'alpha'] as const;

/** What `--peers` chooses from. */
export type Family = (typeof FAMILIES)[number];

/** Something that is timed. */
export interface Contender {
  readonly id: string;
  readonly family: Family;
  readonly label: string;
  /** Whether what it takes has the time of a synthesis in it, which is then taken off. */
  readonly synthesizes: boolean;
  /** Whether a workload's `slowRuns` holds for it. */
  readonly slow: boolean;
  /** Options of the app, where it is one. */
  readonly options: () => Pick<AppSpec, 'bundling' | 'alpha'>;
  /** Why it cannot be run on this machine; undefined where it can. Installs what it needs. */
  readonly refusal: () => string | undefined;
  readonly takesPart: (workload: Workload, scenario: Scenario) => boolean;
  /** What is done once for a project, outside of what is timed. */
  readonly prepare: (project: Project) => void;
  /** Removes what an earlier run has left, so that a scenario begins as it is defined. */
  readonly reset: (project: Project, scenario: Scenario) => void;
  /** What is timed, one after the other. */
  readonly commands: (project: Project) => readonly Command[];
  /** What came out, by function. */
  readonly bundles: (project: Project) => ReadonlyMap<string, Bundle>;
}

/** Whether really cold runs of a workload tell anything: W4 would download what W2 does, and W6 nothing. */
export const downloads = ({ name }: Workload): boolean => name !== 'W4' && name !== 'W6';

/** Whether a contender that is timed in `cold` would begin `fresh` in the very same state: it keeps nothing of its own. */
export const keepsNothing = ({ family }: Contender): boolean => family !== 'ours' && family !== 'plain';
