import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { keptOuterImports } from '../../../src/exec/survey/kept-imports';
import { declaresAny } from '../../../src/exec/survey/needed-declaration';
import { survey } from '../../../src/exec/survey/survey';
import { surveyMemory } from '../../../src/exec/survey/survey-memory';
import type { SourceSnapshot } from '../../../src/plan/model/source-snapshot';
import { temporaryFolder } from '../../support/temporary';
import { folderOf, requestFor } from '../support/requests';

const test = suite('what is read to tell who needs a declaration further up');

const PROJECT = '[project]\nname = "a"\nversion = "1"\ndependencies = ["idna==3.10"]\n';

/** The own modules that a run reads for their imports, and what the entry needs. */
const runIn = (
  folder: string,
  store: string,
): { readonly read: readonly string[]; readonly needed: SourceSnapshot['needed'] } => {
  const kept = keptOuterImports(store, 'app');
  const memory = surveyMemory(undefined, kept);
  const read: string[] = [];
  const request = requestFor(path.join(folder, 'fn/h.py'), {
    runtime: { prop: 'python3.12' },
    definingFiles: [path.join(folder, 'app.ts')],
  });
  const { needed } = survey(request, {
    ...memory,
    texts: (key, make, isCurrent) => {
      const [file] = key;
      if (String(file).endsWith('.py')) read.push(path.basename(String(file)));
      return memory.texts(key, make, isCurrent);
    },
  })();
  kept.save();
  return { read, needed };
};

test('an unchanged run reads no module for its imports, and an edited one is read again', () => {
  const store = temporaryFolder();
  const folder = folderOf({
    'cdk.json': '{}',
    'pyproject.toml': PROJECT,
    'fn/h.py': 'import helper\n',
    'fn/helper.py': 'import other\nimport json\n',
    'fn/other.py': '\nimport idna\n',
  });
  const needed = {
    declaration: path.join(folder, 'pyproject.toml'),
    file: 'other.py',
    line: 2,
    module: 'idna',
  };
  assert.equal(runIn(folder, store), { read: ['helper.py', 'other.py'], needed });
  assert.equal(runIn(folder, store), { read: [], needed });
  fs.writeFileSync(path.join(folder, 'fn/other.py'), 'import json\n');
  assert.equal(runIn(folder, store), { read: ['helper.py', 'other.py'], needed: undefined });
  assert.equal(runIn(folder, store), { read: [], needed: undefined });
});

test('what is kept is the same for every runtime and every layer', () => {
  const store = temporaryFolder();
  const folder = folderOf({
    'cdk.json': '{}',
    'pyproject.toml': PROJECT,
    'fn/h.py': 'import helper\n',
    'fn/helper.py': 'import distutils\nimport yaml\n',
  });
  const needs = (changes: object): string | undefined => {
    const kept = keptOuterImports(store, 'app');
    const request = requestFor(path.join(folder, 'fn/h.py'), {
      definingFiles: [path.join(folder, 'app.ts')],
      ...changes,
    });
    const { needed } = survey(request, surveyMemory(undefined, kept))();
    kept.save();
    return needed?.module;
  };
  assert.is(needs({ runtime: { prop: 'python3.12' } }), 'distutils');
  assert.is(needs({ runtime: { prop: 'python3.11' } }), 'yaml');
  assert.is(needs({ runtime: { prop: 'python3.11' }, layerModules: ['pyyaml'] }), undefined);
});

/** Whether a project that was found further up may give something, by its manifest. */
const gives = (
  file: string,
  text: string,
  asked: { groups?: readonly string[]; extras?: readonly string[] } = {},
) =>
  declaresAny(
    {
      kind: file === 'Pipfile' ? 'pipenv' : 'uv',
      source: { file: '/app/lock', text: '' },
      manifest: file === '' ? null : { file: `/app/${file}`, text },
      localPackages: [],
    },
    { groups: [], extras: [], ...asked },
  );

test('a project counts where it has dependencies, where they are not known, and where some are asked for', () => {
  const EMPTY = '[project]\nname = "a"\nversion = "1"\n';
  assert.is(gives('pyproject.toml', EMPTY), false);
  assert.is(gives('pyproject.toml', `${EMPTY}dependencies = ["six"]\n`), true);
  assert.is(gives('pyproject.toml', `${EMPTY}dynamic = ["dependencies"]\n`), true);
  assert.is(gives('pyproject.toml', `${EMPTY}dynamic = ["readme"]\n`), false);
  assert.is(gives('pyproject.toml', `${EMPTY}[tool.uv]\ndefault-groups = ["lambda"]\n`), true);
  assert.is(gives('pyproject.toml', EMPTY, { groups: ['lambda'] }), true);
  assert.is(gives('pyproject.toml', EMPTY, { extras: ['lambda'] }), true);
  assert.is(gives('pyproject.toml', '[project'), true);
  assert.is(gives('Pipfile', '[dev-packages]\nsix = "*"\n'), false);
  assert.is(gives('Pipfile', '[packages]\nsix = "*"\n'), true);
  assert.is(gives('', ''), true);
  assert.is(declaresAny(null, { groups: [], extras: [] }), true);
});

test.run();
