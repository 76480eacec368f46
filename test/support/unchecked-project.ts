import type { TlsIndex } from './tls-index';

/** Projects with a lock whose one index has `verify_ssl = false`, by the name of their tool; `corp` 1 comes from it. */
export const uncheckedProjects = (
  { url }: Pick<TlsIndex, 'url'>,
  hash: string,
): Readonly<Record<'pdm' | 'pipenv', Readonly<Record<string, string>>>> => ({
  pdm: {
    'pyproject.toml': `[project]\nname = "app"\nversion = "1"\ndependencies = ["corp"]\n[[tool.pdm.source]]\nname = "pypi"\nurl = "${url}"\nverify_ssl = false\n`,
    'pdm.lock': [
      '[metadata]\ngroups = ["default"]\nstrategy = ["inherit_metadata"]\nlock_version = "4.5.1"',
      '[[metadata.targets]]\nrequires_python = ">=3.9"',
      '[[package]]\nname = "corp"\nversion = "1"\ngroups = ["default"]',
      `files = [{file = "corp-1-py3-none-any.whl", hash = "${hash}"}]\n`,
    ].join('\n\n'),
  },
  pipenv: {
    Pipfile: `[[source]]\nname = "corp"\nurl = "${url}"\nverify_ssl = false\n[packages]\ncorp = "*"\n`,
    'Pipfile.lock': JSON.stringify({
      _meta: { 'pipfile-spec': 6, sources: [{ name: 'corp', url, verify_ssl: false }] },
      default: { corp: { hashes: [hash], index: 'corp', version: '==1' } },
    }),
  },
});
