/** A project of these requirements. */
export const monoProject = (...dependencies: readonly string[]): string =>
  `[project]\nname = "mono"\nversion = "0"\nrequires-python = ">=3.11"\ndependencies = ${JSON.stringify(dependencies)}\n`;

/** A lock of uv for `monoProject('idna==3.10')`. */
export const MONO_LOCK = [
  'version = 1',
  'requires-python = ">=3.11"',
  '[[package]]\nname = "mono"\nversion = "0"\nsource = { virtual = "." }\ndependencies = [{ name = "idna" }]',
  '[package.metadata]\nrequires-dist = [{ name = "idna", specifier = "==3.10" }]',
  '[[package]]\nname = "idna"\nversion = "3.10"\nsource = { registry = "https://pypi.org/simple" }',
  'wheels = [{ url = "https://files.example/idna-3.10-py3-none-any.whl", hash = "sha256:946d195a0d259cbba61165e88e65941f16e9b36ea6ddb97f00452bae8b1287d3" }]',
  '',
].join('\n');
