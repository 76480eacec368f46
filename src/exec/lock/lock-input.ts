import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { lockTexts } from '../../plan/declarations/local-packages/lock-texts';
import { prereleaseNames } from '../../plan/declarations/lines/prerelease-names';
import { requirementsFileSet } from '../../plan/declarations/sets/requirement-set';
import { scriptProject } from '../../plan/declarations/uv-settings/script-project';
import type { InstallChoice } from '../../plan/target/install-choice';
import { installChoice } from '../../plan/target/install-choice';
import { parseRequirement } from '../../plan/packaging/requirement/requirement';
import type { LockSource } from './lock-source';
import { pathHere } from '../files/relative-to-current-folder';

/** What uv reads of a declaration. */
interface LockInput {
  /** The declaration as seen from its folder, or the absolute path of what stands for it. */
  readonly file: string;
  /** What lines say and uv does not read there. */
  readonly ofLines: Pick<InstallChoice, 'prerelease' | 'configSettings'>;
  /** A message of uv with the user's files in the place of those that stand for them. */
  readonly asWritten: (message: string) => string;
}

const writeNew = (file: string, text: string): void => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};

/** The packages of which a project names a pre-release, where its own settings do not decide about pre-releases. */
const ofProject = ({ asked, settings }: LockSource): LockInput['ofLines'] =>
  Object.keys(settings).length > 0
    ? {}
    : prereleaseNames(
        asked.flatMap(({ text }) => {
          const read = parseRequirement(text);
          return isLeft(read) ? [] : read.right;
        }),
      );

const asIs = (message: string): string => message;

/**
 * Writes what stands for a declaration where uv does not read it as it is: a project for a script, and requirements files without
 * the spellings that only pip reads.
 *
 * @param project absolute path of a folder of the lock's own
 */
export const lockInput = (lockSource: LockSource, project: string): LockInput => {
  const { kind, source, requirements } = lockSource;
  const here = path.basename(source.file);
  if (requirements !== null) {
    const { prerelease, configSettings } = requirementsFileSet(requirements) ?? {};
    const copies = lockTexts(requirements, path.join(project, 'requirements'));
    for (const { file, text } of copies) writeNew(file, text);
    return {
      file: copies[0]?.file ?? here,
      ofLines: installChoice({ prerelease, configSettings }),
      asWritten: (message) =>
        copies.reduce((text, { file, of }) => text.replaceAll(file, () => pathHere(of)), message),
    };
  }
  const scripted = kind === 'script' ? scriptProject({ source }) : undefined;
  const ofLines = ofProject(lockSource);
  if (scripted === undefined) return { file: here, ofLines, asWritten: asIs };
  const file = path.join(project, 'script', 'pyproject.toml');
  writeNew(file, scripted);
  return { file, ofLines, asWritten: asIs };
};
