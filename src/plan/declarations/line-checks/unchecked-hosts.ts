import type { ProjectIndex } from '../../locks/locked/project-indexes';
import { splitUrl } from '../../values/url';

/**
 * The `--trusted-host` lines for indexes whose certificate a project leaves unchecked (`verify_ssl = false` of PDM and
 * pipenv).
 *
 * @param project the indexes of the project
 * @param asked the lines that name the indexes of a run
 */
export const uncheckedLines = (
  project: readonly ProjectIndex[],
  asked: readonly string[],
): readonly string[] => {
  const hosts = project.flatMap(({ url, isUnchecked }) =>
    isUnchecked === true && url !== null && asked.some((line) => line.endsWith(` ${url}`))
      ? (splitUrl(url)?.host ?? [])
      : [],
  );
  return [...new Set(hosts)].map((host) => `--trusted-host ${host}`);
};
