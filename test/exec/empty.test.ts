import * as fs from 'node:fs';
import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { finishModules } from '../../src/exec/parts/finish-modules';
import { makeBundle } from '../../src/exec/bundle/make-bundle';
import { survey } from '../../src/exec/survey/survey';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { plan } from '../../src/plan/plan';
import { temporaryFolder, writeTree } from '../support/temporary';
import { planWith } from './support/plans';
import { folderOf, requestFor, runFolders } from './support/requests';
import { newStore, putPart } from './support/stores';

const test = suite('nothing is empty without a word');

const NONE = "colorama; sys_platform == 'win32'\n";

const layerOf = (folder: string): BundlePlan => {
  const request = requestFor(folder, { kind: 'layer', prefix: 'python' });
  const planned = plan(request, survey(request)());
  if (isLeft(planned)) throw new Error(JSON.stringify(planned.left));
  return planned.right;
};

for (const packaging of ['zip', 'directory'] as const) {
  test(`${packaging}: a layer without a file is refused, with what was looked for`, async () => {
    const folder = folderOf({ 'requirements.txt': NONE });
    const made = layerOf(folder);
    const layer = { ...made, output: { ...made.output, packaging }, sources: [] };
    const store = newStore();
    const modules = await putPart(store, 'none', {});
    const result = makeBundle(store, layer, { modules, bytecode: null });
    assert.is(
      isLeft(result) && showExecutionError(result.left),
      `The bundle for Python 3.11 on x86_64 (glibc 2.26) would be empty. Looked for: files of ${folder}; modules that ${folder}/requirements.txt asks for there. Add modules, correct the options that leave files out, or remove the construct.`,
    );
    assert.not(fs.existsSync(layer.output.path));
  });
}

/** The notes of an install that left these files. */
const notesOf = async (
  requirements: string,
  files: Readonly<Record<string, string>>,
  changes: Partial<BundleRequest> = {},
): Promise<unknown> => {
  const made = planWith(requirements, changes);
  if (made.install === null) throw new Error('nothing to install');
  const folders = runFolders(temporaryFolder());
  fs.mkdirSync(folders.output);
  writeTree(folders.output, files);
  const task = { plan: made, install: made.install, folders, environment: {} };
  const result = await finishModules(task, { by: 'host', tool: 'pip', output: '' });
  const root = made.entry.root;
  return isLeft(result) ? result.left._tag : result.right.map((note) => note.replace(root, ''));
};

test('requirements of which nothing was installed are told of, whether markers or options leave all of it out', async () => {
  const note =
    'nothing that /requirements.txt asks for is in the bundle of Stack/Function: looked for distributions for Python 3.11 on x86_64 (glibc 2.26) that no marker and no `dependencies.omit` leaves out';
  assert.equal(await notesOf(NONE, {}), [note]);
  const six = {
    'six.py': '',
    'six-1.dist-info/METADATA': 'Name: six\n',
    'six-1.dist-info/RECORD': 'six.py,,\nsix-1.dist-info/METADATA,,\nsix-1.dist-info/RECORD,,\n',
  };
  const dependencies = { ...DEFAULT_DEPENDENCIES, omit: ['six'] };
  assert.equal(await notesOf('six\n', six, { dependencies }), [note]);
  assert.equal(await notesOf('six\n', six), []);
  assert.is(await notesOf('six\n', {}), 'NothingInstalled');
});

test.run();
