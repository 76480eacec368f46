import * as path from 'node:path';
import { isDeclaring } from '../../plan/request/declaration-files';
import { pyprojectFacts } from '../../plan/packaging/project/pyproject-facts';
import { relativePath } from '../../plan/values/paths';
import type { SourceSnapshot } from '../../plan/model/source-snapshot';
import { readTextOnce } from '../files/read-text';
import type { SurveyMemory } from './survey-memory';
import type { Walked } from './walk';

/** Those of the walked files, in any folder, whose names are those of declarations. */
export const declaringIn = ({ files }: Walked): Pick<Walked, 'declaring'> => {
  const declaring = files.map((file) => file.path).filter(isDeclaring);
  return declaring.length === 0 ? {} : { declaring };
};

/** The declarations in the folder of an entry. A pyproject.toml may have only settings of tools. */
export const besideEntry = (
  { declaring = [] }: Walked,
  { root, folder }: { readonly root: string; readonly folder: string },
  { texts }: Pick<SurveyMemory, 'texts'>,
): Pick<SourceSnapshot, 'beside'> => {
  const isProject = (file: string): boolean => {
    const read = readTextOnce(texts, path.join(root, file));
    return read?._tag === 'Text' && pyprojectFacts(read.text).isProject;
  };
  const level = relativePath(root, folder);
  const beside = declaring.filter(
    (file) =>
      path.posix.dirname(file) === level &&
      (path.posix.basename(file) !== 'pyproject.toml' || isProject(file)),
  );
  return beside.length === 0 ? {} : { beside };
};
