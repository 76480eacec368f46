import { suite } from 'uvu';
import { runWith } from '../support/python-tools';
import type { Row } from '../support/uv-lock-check';
import { addRows, CORP, sourced, sourcedProjects } from '../support/uv-lock-check';

const test = suite('stale uv.lock, as uv itself sees it: indexes');

const { sources, project, withSource } = sourcedProjects(test);

const rows: readonly Row[] = [
  [
    'another version',
    withSource(CORP, '"corp-core==1.0.0"'),
    withSource(CORP, '"corp-core==1.1.0"'),
    'it was made without corp-core==1.1 of the index INDEX',
  ],
  [
    'a specifier',
    withSource(CORP),
    withSource(CORP, '"corp-core<1.1"'),
    'it was made without corp-core<1.1 of the index INDEX',
  ],
  [
    'an extra',
    withSource(CORP),
    withSource(CORP, '"corp-core[foo]"'),
    'it was made without corp-core[foo] of the index INDEX',
  ],
  [
    'a marker that takes it away',
    withSource(CORP),
    withSource(CORP, `"corp-core; python_version < '3.10' or sys_platform == 'win32'"`),
    'it was made with corp-core of the index INDEX',
  ],
  [
    'another index',
    withSource(CORP),
    withSource('corp-core = { index = "second" }'),
    'it was made without corp-core of the index SECOND',
  ],
  ['a source', withSource(''), withSource(CORP), 'it was made without corp-core of the index INDEX'],
  ['no source', withSource(CORP), withSource(''), 'it was made without corp-core'],
  [
    'nothing but spelling',
    withSource(CORP, '"Corp_core[B_x,a] >=1.0 ,<2"'),
    withSource(`Corp_Core = [{ index = "corp" }]`, '"corp-core[a,b-x]<2,>=1.0"'),
    null,
  ],
  [
    'a group',
    () => project('', `[dependency-groups]\nweb = ["corp-core==1.0.0"]\n${sourced(CORP)}`),
    () => project('', `[dependency-groups]\nweb = ["corp-core==1.1.0"]\n${sourced(CORP)}`),
    'it was made without corp-core==1.1 of the index INDEX in the group web',
  ],
  [
    'a marker in a group',
    () => project('', `[dependency-groups]\nweb = ["corp-core"]\n${sourced(CORP)}`),
    () => project('', `[dependency-groups]\nweb = ["corp-core; sys_platform == 'win32'"]\n${sourced(CORP)}`),
    'it was made with corp-core of the index INDEX in the group web',
  ],
  [
    'the older list of the group dev',
    () => project('', `[tool.uv]\ndev-dependencies = ["corp-core==1.0.0"]\n${sourced(CORP)}`),
    () => project('', `[tool.uv]\ndev-dependencies = ["corp-core==1.1.0"]\n${sourced(CORP)}`),
    'it was made without corp-core==1.1 of the index INDEX in the group dev',
  ],
  [
    'an optional dependency',
    () => project('', `[project.optional-dependencies]\nweb = ["corp-core==1.0.0"]\n${sourced(CORP)}`),
    () => project('', `[project.optional-dependencies]\nweb = ["corp-core==1.1.0"]\n${sourced(CORP)}`),
    'it was made without corp-core==1.1 of the index INDEX in the extra web',
  ],
  [
    'a source of one extra',
    () =>
      project(
        '"other"',
        `[project.optional-dependencies]\nweb = ["corp-core"]\n${sourced('corp-core = { index = "corp", extra = "web" }')}`,
      ),
    () =>
      project(
        '"other"',
        `[project.optional-dependencies]\nweb = ["corp-core"]\n${sourced('corp-core = { index = "second", extra = "web" }')}`,
      ),
    'it was made without corp-core of the index SECOND in the extra web',
  ],
  [
    'a source of one group',
    () =>
      project(
        '"corp-core"',
        `[dependency-groups]\nweb = ["corp-core"]\n[tool.uv]\nconflicts = [[{ package = "app" }, { group = "web" }]]\n${sourced('corp-core = { index = "corp", group = "web" }')}`,
      ),
    () =>
      project(
        '"corp-core"',
        `[dependency-groups]\nweb = ["corp-core"]\n[tool.uv]\nconflicts = [[{ package = "app" }, { group = "web" }]]\n${sourced('corp-core = { index = "second", group = "web" }')}`,
      ),
    'it was made without corp-core of the index SECOND in the group web',
  ],
  [
    'sources with markers',
    withSource(
      `corp-core = [{ index = "corp", marker = "sys_platform == 'linux'" }, { index = "second", marker = "sys_platform == 'win32'" }]`,
    ),
    withSource(
      `corp-core = [{ index = "second", marker = "sys_platform == 'linux'" }, { index = "corp", marker = "sys_platform == 'win32'" }]`,
    ),
    'it was made without corp-core of the index SECOND',
  ],
  [
    'a source that is for another system only',
    withSource(`corp-core = { index = "corp", marker = "sys_platform == 'linux'" }`),
    withSource(`corp-core = { index = "corp", marker = "sys_platform == 'win32'" }`),
    'it was made without corp-core',
  ],
  [
    'the sources switched off',
    withSource(CORP),
    () => project('"corp-core"', `[tool.uv]\nno-sources = true\n${sourced(CORP)}`),
    'it was made without corp-core',
  ],
  [
    'an extra that takes in another one',
    () =>
      project(
        '',
        `[project.optional-dependencies]\nweb = ["corp-core==1.0.0"]\nall = ["app[web]", "other"]\n${sourced(CORP)}`,
      ),
    () =>
      project(
        '',
        `[project.optional-dependencies]\nweb = ["corp-core==1.0.0"]\nall = ["app[web]", "other>=2"]\n${sourced(CORP)}`,
      ),
    'it was made without other>=2 in the extra all',
  ],
  [
    'an extra that no longer takes in another one',
    () =>
      project(
        '',
        `[project.optional-dependencies]\nweb = ["corp-core==1.0.0"]\nall = ["app[web]", "other"]\n${sourced(CORP)}`,
      ),
    () =>
      project(
        '',
        `[project.optional-dependencies]\nweb = ["corp-core==1.0.0"]\nall = ["other"]\n${sourced(CORP)}`,
      ),
    'it was made with corp-core==1 of the index INDEX in the extra all',
  ],
  [
    'an extra that is gone',
    () => project('', `[project.optional-dependencies]\nweb = ["corp-core==1.0.0"]\n${sourced(CORP)}`),
    () => project('', sourced(CORP)),
    'it was made with the extra web',
  ],
];

addRows(test, rows, sources);

runWith(test, '3.11');
