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

/** The input of uv for a declaration. */
interface LockInput {
  /** The declaration relative to its folder, or the absolute path of its replacement. */
  readonly file: string;
  /** Options in lines, which uv does not read there. */
  readonly ofLines: Pick<InstallChoice, 'prerelease' | 'configSettings'>;
  /** A message of uv with the user's files in place of their replacements. */
  readonly asWritten: (message: string) => string;
}

const writeNew = (file: string, text: string): void => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};

/** The packages for which a project names a pre-release, unless its own settings decide about pre-releases. */
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
 * Writes a replacement for a declaration that uv cannot read as it is: a project for a script, and requirements files
 * without the spellings that only pip reads.
 *
 * @param project absolute path of a folder for this lock alone
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
