import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { decidesInstall } from '../../plan/errors/setting-table';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { Values } from '../../plan/variables/installer-environment';
import { parseToml } from '../../plan/packaging/project/toml-file';
import { tableAt } from '../../plan/values/toml-values';
import { foldersUpTo } from '../../plan/values/paths';
import { textOf } from '../files/requirement-texts';
import { appRoot } from './search-end';

/** The file with uv's settings for one project. */
interface UvConfiguration {
  readonly file: string;
  /** The name of the settings in messages. */
  readonly named: string;
  /** Whether one of the settings decides what is installed. */
  readonly decides: boolean;
}

/** The settings of a folder; undefined if uv would look further up, as for a pyproject.toml without `[tool.uv]`. */
const inFolder = (folder: string): UvConfiguration | undefined => {
  const own = path.join(folder, 'uv.toml');
  if (fs.existsSync(own)) return { file: own, named: own, decides: true };
  const file = path.join(folder, 'pyproject.toml');
  const table = fs.existsSync(file) ? parseToml({ file, text: textOf(file) }) : undefined;
  const settings = table === undefined || isLeft(table) ? undefined : tableAt(table.right, 'tool', 'uv');
  return (
    settings && { file, named: `[tool.uv] of ${file}`, decides: Object.keys(settings).some(decidesInstall) }
  );
};

/**
 * The settings that uv would read in a folder: the settings of the nearest folder that has some, up to the root of the
 * app.
 *
 * @see https://docs.astral.sh/uv/concepts/configuration-files/
 */
const nearestConfiguration = (folder: string): UvConfiguration | undefined => {
  for (const each of foldersUpTo(folder, appRoot({ has: fs.existsSync }, folder))) {
    const found = inFolder(each);
    if (found !== undefined) return found;
  }
  return undefined;
};

/**
 * Gives a line if uv's settings beside the declaration or further up are not used: a `uv.toml`, or for requirements
 * files a `[tool.uv]`. There uv would read them and pip would not, so they count for neither. A lock already holds what
 * such a file decides, so it needs no line.
 */
export const unreadSettings = (
  { declaration, isLocked, uv }: Pick<InstallPlan, 'declaration' | 'isLocked' | 'uv'>,
  own: Values,
): readonly string[] => {
  if (declaration === null || isLocked) return [];
  const found = nearestConfiguration(path.dirname(declaration));
  if (found?.decides !== true) return [];
  const { file, named } = found;
  const isNamed = path.resolve(own['UV_CONFIG_FILE'] || '/') === file;
  // The plan has the settings of a project or script that count.
  const isPlanned =
    path.basename(file) === 'pyproject.toml' &&
    (!declaration.endsWith('.txt') || uv?.from.some((each) => each.file === file) === true);
  return isNamed || isPlanned
    ? []
    : [
        `${named} is not read: no index and no other setting of it counts. Name indexes in ${path.basename(declaration)} or in \`dependencies.index\`${path.basename(file) === 'uv.toml' ? ', or set UV_CONFIG_FILE to that file' : ''}`,
      ];
};
