import * as fs from 'node:fs';
import * as path from 'node:path';
import type { InstallPlan } from '../plan/install-plan';
import type { Values } from '../plan/installer-environment';

/**
 * A line where a `uv.toml` lies beside what an install is made from. uv started there would read it, and pip would not, so it
 * counts for neither. A lock holds what such a file decides.
 */
export const unreadSettings = (
  { declaration, isLocked }: Pick<InstallPlan, 'declaration' | 'isLocked'>,
  own: Values,
): readonly string[] => {
  if (declaration === null || isLocked) return [];
  const file = path.join(path.dirname(declaration), 'uv.toml');
  const isNamed = path.resolve(own['UV_CONFIG_FILE'] || '/') === file;
  return isNamed || !fs.existsSync(file)
    ? []
    : [
        `${file} is not read: no index and no other setting of it counts. Name indexes in ${path.basename(declaration)} or in \`dependencies.index\`, or set UV_CONFIG_FILE to that file`,
      ];
};
