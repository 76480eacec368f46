import * as path from 'node:path';
import { isLeft, right } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import type { Install, InstallTask } from '../../../src/exec/install/install';
import { withUrlVariables } from '../../../src/exec/variables/url-variables';
import { DEFAULT_DEPENDENCIES } from '../../../src/plan/request/bundle-request';
import { planOf } from '../support/plans';
import { folderOf } from '../support/requests';

const test = suite('a variable in the URL of an index that is not set');

const URL = 'https://me:${CORP_TOKEN}@corp.example/simple';

const HASH = `sha256:${'a'.repeat(64)}`;

const PIPENV = {
  'Pipfile.lock': [
    '{"_meta": {"pipfile-spec": 6, "sources": [',
    `{"name": "corp", "url": "${URL}"}]},`,
    `"default": {"corp": {"version": "==1", "index": "corp", "hashes": ["${HASH}"]}}, "develop": {}}`,
  ].join('\n'),
};

const PDM = {
  'pdm.lock': [
    '[metadata]\ngroups = ["default"]\nstrategy = ["inherit_metadata"]\nlock_version = "4.5.0"',
    '[[metadata.targets]]\nrequires_python = ">=3.9"',
    '[[package]]\nname = "corp"\nversion = "1"\ngroups = ["default"]',
    `files = [{file = "corp-1-py3-none-any.whl", hash = "${HASH}"}]\n`,
  ].join('\n'),
  'pyproject.toml': [
    '[project]\nname = "orders"\nversion = "1"\ndependencies = ["corp"]',
    `[[tool.pdm.source]]\nname = "pypi"\nurl = "${URL}"\n`,
  ].join('\n'),
};

const install: Install = () => Promise.resolve(right('installed') as never);

type Values = Readonly<Record<string, string>>;

/** The folder, and the message or `installed`. */
const said = async (files: Values, own: Values, declared: Values = {}): Promise<[string, string]> => {
  const folder = folderOf({ 'index.py': '', ...files });
  const plan = planOf(folder);
  if (plan.install === null) throw new Error('nothing to install');
  const task = { plan, install: plan.install, folders: {}, environment: declared } as unknown as InstallTask;
  const result = await withUrlVariables(own, install)(task);
  return [folder, isLeft(result) ? showExecutionError(result.left) : 'installed'];
};

for (const [files, place] of [
  [PIPENV, 'Pipfile.lock:2'],
  [PDM, 'pyproject.toml:7'],
] as const)
  test(`${place}: its name, file and line are told before anything is installed`, async () => {
    for (const own of [{}, { CORP_TOKEN: '' }] as readonly Values[]) {
      const [folder, text] = await said(files, own);
      assert.is(
        text,
        `${path.join(folder, place)} has \${CORP_TOKEN} in a URL, and the variable is not set. Set it on this machine, or give it in \`bundling.environment\`.`,
      );
    }
    assert.is((await said(files, { CORP_TOKEN: 't' }))[1], 'installed');
    assert.is((await said(files, {}, { CORP_TOKEN: 't' }))[1], 'installed');
  });

test('a requirements file, and one that it includes', async () => {
  const tree = {
    'requirements.txt': `-r more.txt\n--index-url ${URL}\nsix==1\n`,
    'more.txt': 'corp @ https://${USER_OF_CORP}:x@corp.example/corp-1-py3-none-any.whl\n',
  };
  const folder = folderOf({ 'index.py': '', ...tree });
  const plan = planOf(folder);
  if (plan.install === null) throw new Error('nothing to install');
  const run = (environment: Values) => {
    const task = { plan, install: plan.install, folders: { input: folder }, environment };
    return withUrlVariables({}, install)(task as unknown as InstallTask);
  };
  const result = await run({});
  const text = isLeft(result) ? showExecutionError(result.left) : '';
  assert.match(text, `${path.join(folder, 'requirements.txt')}:2 has \${CORP_TOKEN} in`);
  assert.match(text, `${path.join(folder, 'more.txt')}:1 has \${USER_OF_CORP} in`);
  assert.not.ok(isLeft(await run({ CORP_TOKEN: 'a', USER_OF_CORP: 'b' })));
});

test('an index of the app stands in its option', async () => {
  const URL_OF_APP = 'https://${KI}@corp.example/simple';
  for (const [option, dependencies] of [
    ['index', { index: URL_OF_APP }],
    ['extraIndexes', { extraIndexes: [URL_OF_APP] }],
  ] as const) {
    const folder = folderOf({ 'index.py': '', 'requirements.txt': 'six==1\n' });
    const plan = planOf(folder, { dependencies: { ...DEFAULT_DEPENDENCIES, ...dependencies } });
    if (plan.install === null) throw new Error('nothing to install');
    const task = { plan, install: plan.install, folders: { input: folder }, environment: {} };
    const result = await withUrlVariables({}, install)(task as unknown as InstallTask);
    assert.is(
      isLeft(result) ? showExecutionError(result.left) : '',
      `\`dependencies.${option}\` has \${KI} in a URL, and the variable is not set. Set it on this machine, or give it in \`bundling.environment\`.`,
    );
  }
});

test.run();
