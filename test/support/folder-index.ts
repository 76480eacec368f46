import type { Project } from './advice-row';

const WHEEL = 'wheels/corp-1.0-py3-none-any.whl';

const app = (source: string, more: string): Project => ({
  tree: {
    [WHEEL]: 'x',
    'fn/pyproject.toml': `[project]\nname = "app"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = ["corp"]\n${more}`,
    // As uv 0.13 writes it.
    'fn/uv.lock': `version = 1
revision = 3
requires-python = ">=3.11"

[[package]]
name = "app"
version = "1"
source = { virtual = "." }
dependencies = [
    { name = "corp" },
]

[package.metadata]
requires-dist = [{ name = "corp"${source.startsWith('path') ? `, path = "../${WHEEL}"` : ''} }]

[[package]]
name = "corp"
version = "1.0"
source = { ${source} }
wheels = [
    { filename = "corp-1.0-py3-none-any.whl", hash = "sha256:${'a'.repeat(64)}" },
]
`,
  },
});

/** A project of uv whose one index is a folder, with its lock. */
export const OF_FOLDER_INDEX = app(
  'registry = "../wheels"',
  '[[tool.uv.index]]\nurl = "../wheels"\nformat = "flat"\ndefault = true\n',
);

/** The same project, locked again after its wheel was named by its path. */
export const OF_NAMED_WHEEL = app(
  `path = "../${WHEEL}"`,
  `[tool.uv.sources]\ncorp = { path = "../${WHEEL}" }\n`,
);
