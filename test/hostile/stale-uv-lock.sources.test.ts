import { suite } from 'uvu';
import { runWith } from '../support/python-tools';
import type { Place, Row } from '../support/uv-lock-check';
import { addRows, CORP, indexesOf, sourced, sourcedProjects, wheelUrl } from '../support/uv-lock-check';

const test = suite('stale uv.lock, as uv itself sees it: other sources');

const { sources, project, withSource } = sourcedProjects(test);

/** A member of a workspace whose root has the sources. */
const member = (dependencies: string, source: string): string =>
  `[project]\nname = "member"\nversion = "1"\nrequires-python = ">=3.11"\ndependencies = [${dependencies}]\n[[tool.uv.index]]\nname = "own"\nurl = "${sources().two.url}"\nexplicit = true\n${sourced(source)}`;

const WORKSPACE: Place = {
  member: 'members/one',
  file: 'members/one/pyproject.toml',
  beside: () => ({
    'pyproject.toml': `[tool.uv.workspace]\nmembers = ["members/*", "lib"]\n${sourced(`${CORP}\nlib = { workspace = true }`)}${indexesOf(sources())}`,
  }),
};

const script = (dependencies: string, source: string): string =>
  `# /// script\n# requires-python = ">=3.11"\n# dependencies = [${dependencies}]\n${`${sourced(source)}${indexesOf(sources())}`.replace(/^(?=.)/gm, '# ')}# ///\n`;

const rows: readonly Row[] = [
  [
    'a tag of Git',
    () => project('"from-git"', sourced(`from-git = { git = "file://${sources().repository}", tag = "v1" }`)),
    () => project('"from-git"', sourced(`from-git = { git = "file://${sources().repository}", tag = "v2" }`)),
    'it was made without from-git of GIT, tag v2',
  ],
  [
    'a branch in place of a tag',
    () => project('"from-git"', sourced(`from-git = { git = "file://${sources().repository}", tag = "v2" }`)),
    () =>
      project(
        '"from-git"',
        sourced(`from-git = { git = "file://${sources().repository}", branch = "next" }`),
      ),
    'it was made without from-git of GIT, branch next',
  ],
  [
    'a commit of Git',
    () => project('"from-git"', sourced(`from-git = { git = "file://${sources().repository}" }`)),
    () =>
      project(
        '"from-git"',
        sourced(`from-git = { git = "file://${sources().repository}", rev = "${sources().commit}" }`),
      ),
    'it was made without from-git of GIT, rev COMMIT',
  ],
  [
    'a folder of a Git repository',
    () =>
      project(
        '"from-git"',
        sourced(`from-git = { git = "file://${sources().repository}", subdirectory = "sub two" }`),
      ),
    () =>
      project(
        '"from-git"',
        sourced(`from-git = { git = "file://${sources().repository}", subdirectory = "sub" }`),
      ),
    'it was made without from-git of GIT, subdirectory sub',
  ],
  [
    'a URL of Git, then another tag of it',
    () => project(`"from-git @ git+file://${sources().repository}@v1#subdirectory=sub"`),
    () => project(`"from-git @ git+file://${sources().repository}@v2#subdirectory=sub"`),
    'it was made without from-git of GIT, rev v2, subdirectory sub',
  ],
  [
    'the same URL of Git as a source',
    () => project(`"from-git @ git+file://${sources().repository}@v1#subdirectory=sub"`),
    () =>
      project(
        '"from-git"',
        sourced(`from-git = { git = "file://${sources().repository}", rev = "v1", subdirectory = "sub" }`),
      ),
    null,
  ],
  [
    'a URL',
    () => project(`"corp-core @ ${wheelUrl(sources(), '1.0.0')}"`),
    () => project(`"corp-core @ ${wheelUrl(sources(), '1.1.0')}"`),
    'it was made without corp-core of FILES/corp_core-1.1.0-py3-none-any.whl',
  ],
  [
    'a source of a URL',
    () => project('"corp-core"', sourced(`corp-core = { url = "${wheelUrl(sources(), '1.0.0')}" }`)),
    () => project('"corp-core"', sourced(`corp-core = { url = "${wheelUrl(sources(), '1.1.0')}" }`)),
    'it was made without corp-core of FILES/corp_core-1.1.0-py3-none-any.whl',
  ],
  [
    'a URL and the same as a source',
    () => project('"corp-core"', sourced(`corp-core = { url = "${wheelUrl(sources(), '1.0.0')}" }`)),
    () => project(`"corp-core @ ${wheelUrl(sources(), '1.0.0')}"`),
    null,
  ],
  [
    'a path',
    withSource('lib = { path = "lib" }', '"lib"'),
    withSource('lib = { path = "lib2" }', '"lib"'),
    'it was made without lib of lib2',
  ],
  [
    'the same path',
    withSource('lib = { path = "lib" }', '"lib"'),
    withSource('lib = { path = "./lib2/../lib/" }', '"lib"'),
    null,
  ],
  [
    'an editable path',
    withSource('lib = { path = "lib" }', '"lib"'),
    withSource('lib = { path = "lib", editable = true }', '"lib"'),
    'it was made without lib of lib (editable)',
  ],
  [
    'a folder that is no package',
    withSource('lib = { path = "plain" }', '"lib"'),
    withSource('lib = { path = "plain" } # as it is', '"lib"'),
    null,
  ],
  [
    'a specifier beside a path',
    withSource('lib = { path = "lib" }', '"lib"'),
    withSource('lib = { path = "lib" }', '"lib>=1"'),
    null,
  ],
  [
    'a path in place of an index',
    withSource('other = { index = "corp" }', '"other"'),
    withSource('other = { path = "other" }', '"other"'),
    'it was made without other of other',
  ],
  [
    'a member of a workspace',
    () => member('"corp-core==1.0.0"', ''),
    () => member('"corp-core==1.1.0"', ''),
    'it was made without corp-core==1.1 of the index INDEX',
    WORKSPACE,
  ],
  [
    'a member that names the index of its root itself',
    () => member('"corp-core==1.0.0", "lib"', 'corp-core = { index = "corp" }'),
    () => member('"corp-core==1.0.0", "lib"', 'corp-core = { index = "own" }\nlib = { workspace = true }'),
    'it was made without corp-core==1 of the index SECOND',
    WORKSPACE,
  ],
  [
    'a member that takes the source of its root as its own',
    () => member('"corp-core==1.0.0", "lib"', ''),
    () => member('"corp-core==1.0.0", "lib"', 'corp-core = { index = "corp" }\nlib = { workspace = true }'),
    null,
    WORKSPACE,
  ],
  [
    'a script',
    () => script('"corp-core==1.0.0"', CORP),
    () => script('"corp-core==1.1.0"', CORP),
    'it was made without corp-core==1.1 of the index INDEX',
    { script: 'job.py' },
  ],
  [
    'a path of a script',
    () => script('"lib"', 'lib = { path = "lib" }'),
    () => script('"lib"', 'lib = { path = "lib2" }'),
    'it was made without lib of lib2',
    { script: 'job.py' },
  ],
];

addRows(test, rows, sources);

runWith(test, '3.11');
