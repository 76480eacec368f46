import { row } from './advice-row';

const HASH = `sha256:${'a'.repeat(64)}`;

const PROJECT = '[project]\nname = "app"\nversion = "1"\n';

/** As PDM writes it, of a package that has to be built. */
const PDM_LOCK = [
  '[metadata]\ngroups = ["default"]\nstrategy = ["inherit_metadata"]\nlock_version = "4.5.0"',
  '[[metadata.targets]]\nrequires_python = ">=3.9"',
  '[[package]]\nname = "six"\nversion = "1.17.0"\ngroups = ["default"]',
  `files = [{file = "six-1.17.0.tar.gz", hash = "${HASH}"}]\n`,
].join('\n');

const PDM_WHEEL = PDM_LOCK.replace('.tar.gz', '-py3-none-any.whl');

const pdmSource = (more: string): string =>
  `${PROJECT}dependencies = ["six"]\n[[tool.pdm.source]]\nname = "corp"\n${more}\n`;

/** Advice about settings of the tool of a lock. */
export const ADVICE_OF_LOCK_SETTINGS = {
  BuildSettingNotFollowed: row(
    {
      tree: {
        'fn/pdm.lock': PDM_LOCK,
        'fn/pyproject.toml': `${PROJECT}dependencies = ["six"]\n[tool.pdm.options]\nsync = ["--no-isolation"]\n`,
      },
    },
    {
      'Remove the option': {
        tree: { 'fn/pyproject.toml': `${PROJECT}dependencies = ["six"]\n` },
      },
      'lock versions that have a wheel for the target': {
        tree: { 'fn/pdm.lock': PDM_WHEEL },
      },
    },
  ),
  IndexSettingNotFollowed: row(
    {
      tree: {
        'fn/pdm.lock': PDM_WHEEL,
        'fn/pyproject.toml': pdmSource('url = "https://me:secret@c.example"'),
      },
    },
    {
      'Write variables in the URL': {
        tree: { 'fn/pyproject.toml': pdmSource('url = "https://${USER}:${PASSWORD}@c.example"') },
      },
      'use a netrc file': { tree: { 'fn/pyproject.toml': pdmSource('url = "https://c.example"') } },
    },
  ),
};
