import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ChosenBy } from '../../../../src/plan/packaging/project/group-or-extra-of';
import { chosenBy } from '../../../../src/plan/packaging/project/group-or-extra-of';

const test = suite('the group or the extra that a distribution is in');

const group = (name: string): ChosenBy => ({ option: 'groups', name });
const extra = (name: string): ChosenBy => ({ option: 'extras', name });

const CASES: Readonly<Record<string, readonly [text: string, ChosenBy | undefined]>> = {
  'a group of PEP 735': ['[dependency-groups]\ntools = ["My_Lib>=1"]\n', group('tools')],
  'an extra': ['[project.optional-dependencies]\nfast = ["my-lib"]\n', extra('fast')],
  'without a group': [
    '[project]\ndependencies = ["my-lib"]\n[dependency-groups]\ntools = ["my-lib"]\n',
    undefined,
  ],
  'a group of Poetry': ['[tool.poetry.group.tools.dependencies]\nmy-lib = "^1"\n', group('tools')],
  'the older form of its group dev': ['[tool.poetry.dev-dependencies]\nmy-lib = "^1"\n', group('dev')],
  'without a group in Poetry': [
    '[tool.poetry.dependencies]\nmy-lib = "^1"\n[tool.poetry.group.tools.dependencies]\nmy-lib = "^1"\n',
    undefined,
  ],
  'an extra of Poetry': [
    '[tool.poetry.dependencies]\nmy-lib = { version = "^1", optional = true }\n[tool.poetry.extras]\nfast = ["my-lib"]\n',
    extra('fast'),
  ],
  'a group of PDM': ['[tool.pdm.dev-dependencies]\ntools = ["my-lib>=1"]\n', group('tools')],
  'the older form of uv': ['[tool.uv]\ndev-dependencies = ["my-lib"]\n', group('dev')],
  'not at all': ['[tool.poetry.group.tools.dependencies]\nother = "^1"\n', undefined],
};

for (const [name, [text, expected]] of Object.entries(CASES))
  test(name, () => assert.equal(chosenBy(text, 'my-lib'), expected));

test.run();
