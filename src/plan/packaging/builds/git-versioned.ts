import { isRight } from 'fp-ts/Either';
import { hatchConfig } from '../local/hatch-config';
import { normalizeName } from '../requirement/package-name';
import type { BuildFileTexts } from './outside-paths';
import { parseToml } from '../project/toml-file';
import { textAt, textsAt } from '../../values/toml-values';

/**
 * Words in the names of packages that read a version from Git: `setuptools-scm`, `hatch-vcs`, `uv-dynamic-versioning`.
 */
const PARTS = [
  'scm',
  'vcs',
  'git',
  'dunamai',
  'versioningit',
  'versioneer',
  'pbr',
  'setupmeta',
  'vcversioner',
];

const isReader = (requirement: string): boolean => {
  const name = normalizeName(/^[A-Za-z0-9._-]+/.exec(requirement)?.[0] ?? '');
  return name.endsWith('-dynamic-versioning') || name.split('-').some((part) => PARTS.includes(part));
};

/** Signs of such a package, or of a call of Git, in scripts and other texts that are not TOML. */
const IN_TEXT =
  /setuptools[_-](?:scm|git|vcs)|use_scm_version|versioneer|\bpbr\b|\bsetupmeta\b|\bvcversioner\b|--show-(?:toplevel|cdup)\b|\bsearch_parent_directories\b|\bgit\b.{0,40}\b(?:describe|rev-parse|rev-list|log)\b/s;

const reads = (text: string, hatch: string | undefined): boolean => {
  const read = parseToml({ file: 'pyproject.toml', text });
  return (
    isRight(read) &&
    (textsAt(read.right, 'build-system', 'requires').some(isReader) ||
      textAt(read.right, 'tool', 'pdm', 'version', 'source') === 'scm' ||
      textAt(hatchConfig(read.right, hatch), 'version', 'source') === 'vcs')
  );
};

/**
 * Whether a package's build reads a version, or the list of its files, from Git's metadata.
 *
 * @param scripts texts of the scripts that the build runs
 */
export const readsGit = (texts: BuildFileTexts, scripts: readonly string[] = []): boolean => {
  const { 'pyproject.toml': pyproject, 'hatch.toml': hatch } = texts;
  const { 'setup.cfg': cfg = '', 'setup.py': script = '' } = texts;
  return (
    (pyproject !== undefined && reads(pyproject, hatch)) ||
    [cfg, script, ...scripts].some((text) => IN_TEXT.test(text))
  );
};

/** Whether a package's configuration or scripts mention the branch. Most versions come from tags and commits alone. */
export const readsBranch = (texts: BuildFileTexts, scripts: readonly string[] = []): boolean =>
  [...Object.values(texts), ...scripts].some((text) => text.includes('branch'));
