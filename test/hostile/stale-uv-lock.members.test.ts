import { suite } from 'uvu';
import type { Place, Row } from '../support/uv-lock-check';
import { addRows, CORP, indexesOf, sourced, sourcedProjects } from '../support/uv-lock-check';

const test = suite('stale uv.lock, as uv itself sees it: other packages of this machine');

const { sources, project } = sourcedProjects(test);

const member = (name: string, dependencies: string, more = ''): string =>
  `[project]\nname = "${name}"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = [${dependencies}]\n${more}`;

const index = (name: string): string =>
  `[[tool.uv.index]]\nname = "${name}"\nurl = "${sources().two.url}"\nexplicit = true\n`;

/** A function that is a member, and asks for another member that changes. */
const asked: Place = {
  member: 'members/one',
  file: 'members/two/pyproject.toml',
  beside: () => ({
    'pyproject.toml': `[tool.uv.workspace]\nmembers = ["members/*", "lib"]\n${sourced(`${CORP}\ntwo = { workspace = true }\nlib = { workspace = true }`)}${indexesOf(sources())}`,
    'members/one/pyproject.toml': member('one', '"two"'),
    'members/unused/pyproject.toml': member('unused', ''),
  }),
};

/** A project that asks for a folder beside it, which is in no workspace. */
const byPath: Place = {
  file: 'out/pyproject.toml',
  beside: () => ({
    'pyproject.toml': project('"out"', sourced(`${CORP}\nout = { path = "out" }`)),
  }),
};

const rows: readonly Row[] = [
  [
    'a member that a member asks for: another dependency',
    () => member('two', ''),
    () => member('two', '"corp-core==1.0.0"'),
    'it was made without corp-core==1 of the index INDEX',
    asked,
  ],
  [
    'another specifier',
    () => member('two', '"corp-core==1.0.0"'),
    () => member('two', '"corp-core==1.1.0"'),
    'it was made without corp-core==1.1 of the index INDEX',
    asked,
  ],
  [
    'a source of its own',
    () => member('two', '"corp-core"'),
    () => member('two', '"corp-core"', sourced('corp-core = { index = "other" }') + index('other')),
    'it was made without corp-core of the index SECOND',
    asked,
  ],
  [
    'another member',
    () => member('two', '"lib"'),
    () => member('two', ''),
    'it was made with lib of lib (editable)',
    asked,
  ],
  [
    'an extra',
    () => member('two', '', '[project.optional-dependencies]\nweb = ["other"]\n'),
    () => member('two', '', '[project.optional-dependencies]\nweb = ["other>=2"]\n'),
    'it was made without other>=2 in the extra web',
    asked,
  ],
  [
    'nothing but spelling',
    () => member('two', '"corp-core>=1.0,<2"'),
    () => member('two', '"Corp_core <2, >=1.0"', '[tool.ruff]\nline-length = 100\n'),
    null,
    asked,
  ],
  [
    'dependencies that its build computes',
    () => '[project]\nname = "two"\nversion = "1"\nrequires-python = ">=3.11"\n',
    () => '[project]\nname = "two"\nversion = "1"\nrequires-python = ">=3.11"\ndescription = "new"\n',
    null,
    asked,
  ],
  [
    'a folder by a path: another dependency',
    () => member('out', '"other"'),
    () => member('out', '"other", "corp-core"'),
    'it was made without corp-core',
    byPath,
  ],
  [
    'a folder by a path: its own sources',
    () => member('out', '"corp-core"', sourced(CORP) + indexesOf(sources())),
    () => member('out', '"corp-core"', sourced(CORP.replace('"corp"', '"second"')) + indexesOf(sources())),
    'it was made without corp-core of the index SECOND',
    byPath,
  ],
  [
    'a folder by a path: a new description',
    () => member('out', '"corp-core"'),
    () => member('out', '"corp-core"', 'description = "new"\n'),
    null,
    byPath,
  ],
  ...(['constraint', 'override', 'build-constraint'] as const).map((list): Row => [
    `another ${list}`,
    () => project('"corp-core"', `[tool.uv]\n${list}-dependencies = ["other>=1"]\n${sourced(CORP)}`),
    () =>
      project(
        '"corp-core"',
        `[tool.uv]\n${list}-dependencies = ["other>=1", "corp-core<2"]\n${sourced(CORP)}`,
      ),
    `it was made without corp-core<2 of the index INDEX in ${list}-dependencies`,
  ]),
  [
    'constraints in another order',
    () => project('"corp-core"', `[tool.uv]\nconstraint-dependencies = ["other>=1", "corp-core<2"]\n`),
    () => project('"corp-core"', `[tool.uv]\nconstraint-dependencies = ["corp_core <2", "other >=1"]\n`),
    null,
  ],
  [
    'an exclusion of a package that the lock does not have',
    () => project('"corp-core"', '[tool.uv]\nexclude-dependencies = ["other"]\n'),
    () => project('"corp-core"', '[tool.uv]\nexclude-dependencies = ["other", "Lib_two"]\n'),
    null,
  ],
  [
    'an exclusion of a package of the lock',
    () => project('"corp-core", "lib"', `${sourced('lib = { path = "lib" }')}`),
    () =>
      project(
        '"corp-core", "lib"',
        `[tool.uv]\nexclude-dependencies = ["Corp_core"]\n${sourced('lib = { path = "lib" }')}`,
      ),
    'it was made with corp-core, which exclude-dependencies names now',
  ],
  [
    'an exclusion less',
    () => project('"corp-core"', '[tool.uv]\nexclude-dependencies = ["other"]\n'),
    () => project('"corp-core"'),
    'it was made without other, which exclude-dependencies does not name any more',
  ],
  [
    'a constraint at the root of a workspace',
    () =>
      `[tool.uv.workspace]\nmembers = ["members/*"]\n[tool.uv]\nconstraint-dependencies = []\n${indexesOf(sources())}`,
    () =>
      `[tool.uv.workspace]\nmembers = ["members/*"]\n[tool.uv]\nconstraint-dependencies = ["corp-core<2"]\n${indexesOf(sources())}`,
    'it was made without corp-core<2 in constraint-dependencies',
    {
      member: 'members/one',
      file: 'pyproject.toml',
      beside: () => ({ 'members/one/pyproject.toml': member('one', '"corp-core"') }),
    },
  ],
  [
    'a constraint for a package that the lock does not have',
    () => project('"corp-core"', `[tool.uv]\nconstraint-dependencies = []\n`),
    () => project('"corp-core"', `[tool.uv]\nconstraint-dependencies = ["other<9"]\n`),
    null,
  ],
  [
    'a constraint of a member, which does not count',
    () => member('one', '"corp-core"'),
    () => member('one', '"corp-core"', '[tool.uv]\nconstraint-dependencies = ["corp-core<2"]\n'),
    null,
    {
      ...{ member: 'members/one', file: 'members/one/pyproject.toml' },
      beside: () => ({
        'pyproject.toml': `[tool.uv.workspace]\nmembers = ["members/*"]\n${indexesOf(sources())}`,
      }),
    },
  ],
];

addRows(test, rows, sources);

test.run();
