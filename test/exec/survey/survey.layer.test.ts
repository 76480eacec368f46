import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findEntry } from '../../../src/exec/lookup/find-entry';
import { showPlanError } from '../../../src/plan/errors/plan-error';
import { folderOf, paths, requestFor, surveyOf } from '../support/requests';

const test = suite('survey: layers');

test('all files of the folder that are not ignored, its requirements and its Python version', () => {
  const folder = folderOf({
    'words/__init__.py': '',
    'words/__pycache__/x.cpython-313.pyc': '',
    'requirements.txt': 'six\n',
    '.python-version': '3.12\n',
    'a.b.py': '',
    '.venv/x.py': '',
  });
  const seen = surveyOf(`${folder}/`, { kind: 'layer', outputDirectory: '/nowhere' });
  assert.equal(seen.entry, { root: folder, path: null, source: '' });
  assert.equal(paths(seen), ['.python-version', 'requirements.txt', 'words/__init__.py']);
  assert.equal(
    seen.requirements?.texts.map(({ text }) => text),
    ['six\n'],
  );
  assert.is(seen.pythonVersion?.text, '3.12\n');
  assert.equal(seen.problems, []);
});

test("CDK's own files stay out where the folder also defines the layer", () => {
  const folder = folderOf({ 'stack.ts': '', 'cdk.json': '{}', 'a.py': '' });
  const asked = {
    kind: 'layer',
    definingFiles: [path.join(folder, 'stack.ts')],
    outputDirectory: '/nowhere',
  } as const;
  assert.equal(paths(surveyOf(folder, asked)), ['a.py']);
});

test('a relative folder is looked for beside each defining file', () => {
  const [first, second] = [folderOf({ 'a.ts': '' }), folderOf({ 'shared/a.py': '' })];
  const request = requestFor('shared', {
    kind: 'layer',
    definingFiles: [first, second].map((folder) => path.join(folder, 'a.ts')),
  });
  assert.equal(findEntry(request), { root: path.join(second, 'shared'), path: null });
});

test('a file is told of as that, and a folder that is not there is no problem of the survey', () => {
  const folder = folderOf({ 'index.py': '' });
  const entry = path.join(folder, 'index.py');
  assert.equal(surveyOf(entry, { kind: 'layer' }).problems.map(showPlanError), [
    `The entry ${entry} is a file, not a folder. Set \`entry\` to the folder whose files and requirements go into the layer.`,
  ]);
  assert.is(findEntry(requestFor(path.join(folder, 'none'), { kind: 'layer' })), undefined);
});

test.run();
