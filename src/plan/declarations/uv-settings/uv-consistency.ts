import { isLeft } from 'fp-ts/Either';
import type { PlanFieldError } from '../../values/field-error';
import { brief } from '../../values/field-error';
import { parseRequirement } from '../../packaging/requirement/requirement';
import { normalizeName } from '../../packaging/requirement/package-name';
import { wrong } from '../../values/path-collisions';
import type { UvSettings } from '../../model/uv-settings';
import { textAt } from '../../values/toml-values';

/**
 * Checks between settings, which shapes cannot express: a requirement names its package, and an index is among the
 * settings.
 */
export const uvErrors = (uv: UvSettings | undefined): readonly PlanFieldError[] => {
  const indexes = uv?.settings['index'];
  const names = Array.isArray(indexes) ? indexes.map((each: unknown) => textAt(each, 'name')) : [];
  return (uv?.indexed ?? []).flatMap(({ text, name, index }, at) => {
    const read = parseRequirement(text);
    return [
      ...wrong(
        !isLeft(read) && read.right.url === null && normalizeName(read.right.name) === normalizeName(name),
        `/install/uv/indexed/${at}/text`,
        `${brief(text)} is not a requirement of ${brief(name)}`,
      ),
      ...wrong(
        names.includes(index),
        `/install/uv/indexed/${at}/index`,
        `${brief(index)} is not an index of the settings`,
      ),
    ];
  });
};
