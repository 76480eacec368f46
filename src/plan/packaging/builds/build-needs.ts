import * as path from 'node:path';
import type { LocalPackage } from '../../model/source-snapshot';
import type { LocalNeed } from '../local/local-needs';
import { nameInRequirement, normalizeName } from '../requirement/package-name';
import { readableToml } from '../project/readable-toml';
import { asArray, tableAt, textAt, textsAt } from '../../values/toml-values';

/**
 * The folders and archives on this machine that the build of a local package requires, such as a plugin of its backend.
 * uv finds them by `[tool.uv.sources]`. A build reads them, but they are not installed.
 */
export const buildNeeds = ({
  path: folder,
  pyproject = '',
}: Pick<LocalPackage, 'path' | 'pyproject'>): readonly LocalNeed[] => {
  const document = readableToml(pyproject);
  const required = textsAt(document, 'build-system', 'requires').map(nameInRequirement);
  const file = path.join(folder, 'pyproject.toml');
  return Object.entries(tableAt(document, 'tool', 'uv', 'sources') ?? {})
    .filter(([name]) => required.includes(normalizeName(name)))
    .flatMap(([name, source]) =>
      (asArray(source) ?? [source]).flatMap((one) => {
        const written = textAt(one, 'path');
        return written === undefined
          ? []
          : { name, extras: [], marker: null, path: path.resolve(folder, written), file, line: 1 };
      }),
    );
};
