import { writeTree } from './temporary';

/** A package of one module, with lines of its pyproject.toml after those of its build. */
export const packageFiles = (
  folder: string,
  name: string,
  {
    dependencies = [],
    more = [],
  }: { readonly dependencies?: readonly string[]; readonly more?: readonly string[] },
): Readonly<Record<string, string>> => ({
  [`${folder}/pyproject.toml`]: [
    '[build-system]',
    'requires = ["flit_core==3.9.0"]',
    'build-backend = "flit_core.buildapi"',
    '[project]',
    `name = "${name}"`,
    'version = "1.0"',
    'description = "A package of the same repository."',
    `dependencies = ${JSON.stringify(dependencies)}`,
    ...more,
    '',
  ].join('\n'),
  [`${folder}/${name.replaceAll('-', '_')}.py`]: `NAME = "${name}"\n`,
});

/** How `lib-a` asks for others that are in no index: by uv's sources, one of them editable, in a circle. */
export const SOURCES = {
  ...packageFiles('libs/a', 'five-lib-a', {
    dependencies: ['five-lib-b', 'five-lib-w ; sys_platform == "win32"'],
    more: [
      '[project.optional-dependencies]',
      'fast = ["five-lib-x"]',
      'slow = ["five-lib-y"]',
      '[tool.uv.sources]',
      'five-lib-b = { path = "../b", editable = true }',
      'five-lib-w = { path = "../w" }',
      'five-lib-x = { path = "../x" }',
      'five-lib-y = { path = "../y" }',
    ],
  }),
  ...packageFiles('libs/b', 'five-lib-b', {
    dependencies: ['five-lib-c'],
    more: ['[tool.uv.sources]', 'five-lib-c = { path = "../deep/c" }'],
  }),
  ...packageFiles('libs/deep/c', 'five-lib-c', {
    dependencies: ['five-lib-a'],
    more: ['[tool.uv.sources]', 'five-lib-a = { path = "../../a" }'],
  }),
  ...packageFiles('libs/w', 'five-lib-w', {}),
  ...packageFiles('libs/x', 'five-lib-x', {}),
};

/** Names that are installed where `five-lib-a[fast]` is, as their modules are called. */
export const INSTALLED = ['five_lib_a.py', 'five_lib_b.py', 'five_lib_c.py', 'five_lib_x.py'];

/** Writes a repository with a handler, what it declares, and the packages above. */
export const repositoryWith = (root: string, files: Readonly<Record<string, string>>): string => {
  const all = {
    '.git/HEAD': '',
    'fn/index.py': 'def lambda_handler(event, context): ...\n',
    ...SOURCES,
    ...files,
  };
  writeTree(root, all);
  return root;
};
