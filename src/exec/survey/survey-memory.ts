import type { OuterImports } from '../../plan/imports/needed-import';
import type { ProjectFile, SnapshotPlace, SourceSnapshot } from '../../plan/model/source-snapshot';
import type { Digests } from '../files/digests';
import type { Kept } from './kept-imports';
import type { Once } from '../files/read-once';
import { once } from '../files/read-once';
import type { EntryFile } from './read-entry';
import type { RequirementsMemory } from './read-requirements';
import { requirementsMemory } from './read-requirements';
import type { Walked } from './walk';
import type { PlanError } from '../../plan/errors/plan-error';

/**
 * What the surveys of one app have read so far, so that functions which share a folder, a requirements file or a local
 * package have it read once. A file that an app makes for its next function is noticed by the time of its folder; what a
 * file holds is not looked at again before it ships. An app that is made later gets a memory of its own.
 *
 * @since 0.1.0
 */
export interface SurveyMemory extends RequirementsMemory {
  /** By all that decides which files of a root go in. */
  readonly walks: Once<Walked>;
  readonly entries: Once<EntryFile>;
  /** By where an entry lies and what is asked of its dependencies. */
  readonly declared: Once<Declared>;
  /** By the files of a declaration: functions in many folders may share that of the repository. */
  readonly projects: Once<Project>;
  /** What declares dependencies, one value a file: what a plan reads in it is remembered by that value. */
  readonly files: Once<ProjectFile | FileProblem>;
  /** Whether there is something under a path, in the folders above entries. */
  readonly isThere: Once<boolean>;
  /** Where the search for declarations ends, by the entry's folder and the files that define its construct. */
  readonly ends: Once<string>;
  /** Paths without links, of the folders of entries and of the files that define constructs. */
  readonly realPaths: Once<string>;
  /** What own files import of others, by a key of their content; kept from one run of an app to the next. */
  readonly outerImports: Kept<OuterImports>;
  /** Local indexes and volumes, by path and how they are read. */
  readonly places: Once<SnapshotPlace>;
}

/**
 * A memory that knows nothing yet.
 *
 * @param digests where digests come from; by default every file is read
 * @param outerImports what earlier runs have read of imports; by default nothing
 * @since 0.1.0
 */
export const surveyMemory = (
  digests?: Digests,
  outerImports: Kept<OuterImports> = new Map<string, OuterImports>(),
): SurveyMemory => ({
  ...requirementsMemory(digests),
  walks: once(),
  entries: once(),
  declared: once(),
  projects: once(),
  files: once(),
  isThere: once(),
  ends: once(),
  realPaths: once(),
  outerImports,
  places: once(),
});

/** What a survey tells of dependencies. */
export interface Declared extends Pick<
  SourceSnapshot,
  'requirements' | 'project' | 'enclosing' | 'unused' | 'problems'
> {
  /** Absolute path of the declaration where it was found further up: then it counts only where the entry needs it. */
  readonly above?: string;
}

/** What was found where no requirements file counts. */
export type Project = Omit<Declared, 'unused' | 'above'>;

/** Why a file cannot be read. */
export interface FileProblem {
  readonly problem: PlanError;
}
