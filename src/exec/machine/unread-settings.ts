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

/** Settings of uv for one project, and those of them that decide what is installed. */
interface UvConfiguration {
  readonly file: string;
  /** How messages begin. */
  readonly named: string;
  readonly decides: boolean;
}

/** The settings of a folder. A pyproject.toml without `[tool.uv]` has no settings, and uv looks further up. */
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
 * The settings that uv would read in a folder: those of the nearest folder that has any, up to the root of the app.
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
 * A line where settings of uv lie beside what an install is made from, or further up, and are not used: a `uv.toml`, or for
 * requirements files a `[tool.uv]`. uv started there would read them, and pip would not, so they count for neither. A lock
 * holds what such a file decides.
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
  // Of a project or a script the plan has the settings that count.
  const isPlanned =
    path.basename(file) === 'pyproject.toml' &&
    (!declaration.endsWith('.txt') || uv?.from.some((each) => each.file === file) === true);
  return isNamed || isPlanned
    ? []
    : [
        `${named} is not read: no index and no other setting of it counts. Name indexes in ${path.basename(declaration)} or in \`dependencies.index\`${path.basename(file) === 'uv.toml' ? ', or set UV_CONFIG_FILE to that file' : ''}`,
      ];
};
