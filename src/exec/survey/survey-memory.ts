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
 * Everything that the surveys of one app have read so far: functions that share a folder, a requirements file or a
 * local package have it read once. A file that an app makes for its next function is noticed by the time of its folder;
 * the content of a file is not read again before it ships. An app that is made later gets a memory of its own.
 *
 * @since 0.1.0
 */
export interface SurveyMemory extends RequirementsMemory {
  /** By everything that decides which files of a root go in. */
  readonly walks: Once<Walked>;
  readonly entries: Once<EntryFile>;
  /** By the entry's folder and the options of its dependencies. */
  readonly declared: Once<Declared>;
  /** By the files of a declaration: functions in many folders may share the repository's. */
  readonly projects: Once<Project>;
  /** Declaration files, one value each: the results of planning are remembered by this value. */
  readonly files: Once<ProjectFile | FileProblem>;
  /** Whether a path exists, in the folders above entries. */
  readonly isThere: Once<boolean>;
  /** The last folder of the search for declarations, by the entry's folder and the files that define its construct. */
  readonly ends: Once<string>;
  /** Real paths of the folders of entries and of the files that define constructs. */
  readonly realPaths: Once<string>;
  /** The outer imports of own files, by a key of their content; kept from one run of an app to the next. */
  readonly outerImports: Kept<OuterImports>;
  /** Local indexes and volumes, by path and the way of reading. */
  readonly places: Once<SnapshotPlace>;
}

/**
 * An empty memory.
 *
 * @param digests a source of digests; by default every file is read
 * @param outerImports imports that earlier runs have read; by default none
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

/** The result of a survey about dependencies. */
export interface Declared extends Pick<
  SourceSnapshot,
  'requirements' | 'project' | 'enclosing' | 'unused' | 'problems'
> {
  /** Absolute path of a declaration that was found further up: it counts only if the entry needs it. */
  readonly above?: string;
}

/** The result if no requirements file counts. */
export type Project = Omit<Declared, 'unused' | 'above'>;

/** The reason why a file cannot be read. */
export interface FileProblem {
  readonly problem: PlanError;
}
