import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { PlanFieldError } from '../../src/plan/decode/decode-plan';
import { decodePlan } from '../../src/plan/decode/decode-plan';
import { uncheckedProjects } from '../support/unchecked-project';
import { planOf } from './support/plans';
import { folderOf, HANDLER } from './support/requests';

const test = suite('options that a lock puts into the requirements of a plan');

const PROJECTS = uncheckedProjects({ url: 'https://c.example:8443/simple' }, `sha256:${'a'.repeat(64)}`);

type Tree = Readonly<Record<string, string>>;

const withManifest = (tree: Tree, change: (text: string) => string): Tree => ({
  ...tree,
  'pyproject.toml': change(tree['pyproject.toml'] ?? ''),
});

/** Projects, and the option that their plans must have. */
const CASES: Readonly<Record<string, Tree>> = {
  '--trusted-host c.example:8443': PROJECTS.pdm,
  '--find-links https://l.example/page': withManifest(
    PROJECTS.pdm,
    (text) =>
      `${text}[[tool.pdm.source]]\nname = "page"\ntype = "find_links"\nurl = "https://l.example/page"\n`,
  ),
  '--no-index': withManifest(PROJECTS.pdm, (text) =>
    text.replace('name = "pypi"', 'name = "page"\ntype = "find_links"\ninclude_packages = ["corp"]'),
  ),
  '--no-binary corp': withManifest(
    {
      ...PROJECTS.pdm,
      'pdm.lock': PROJECTS.pdm['pdm.lock']?.replace('-py3-none-any.whl', '.tar.gz') ?? '',
    },
    (text) => `${text}[tool.pdm.resolution]\nno-binary = "corp"\n`,
  ),
};

const problems = (tree: Tree): { readonly text: string; readonly errors: readonly PlanFieldError[] } => {
  const plan = planOf(folderOf({ 'index.py': HANDLER, ...tree }));
  const decoded = decodePlan(JSON.parse(JSON.stringify(plan)));
  return {
    text: (plan.install?.generated ?? []).map(({ text }) => text).join(''),
    errors: isLeft(decoded) ? decoded.left : [],
  };
};

for (const [option, tree] of Object.entries(CASES))
  test(`${option}: the plan can be written down and run elsewhere`, () => {
    const { text, errors } = problems(tree);
    assert.ok(text.split('\n').includes(option), text);
    assert.equal(errors, []);
  });

test.run();
