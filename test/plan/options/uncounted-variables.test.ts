import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { uncountedVariables } from '../../../src/plan/options/uncounted-variables';
import { planned, request } from '../support/world';

const test = suite('variables that commands read and no hash has');

const NAMES = ['GITHUB_TOKEN', 'apiToken', 'MAX_TOKENS', 'UV_INDEX_CORP_PASSWORD', 'MIRROR', 'PIP_INDEX_URL'];

const docker = { environment: NAMES, volumes: [] };

/** Those of which a URL has a user name and a password. */
const withCredentials = ['MIRROR', 'PIP_INDEX_URL'];

const told = (command: string, changes: Partial<BundleRequest> = {}) =>
  uncountedVariables(
    request({ hooks: { before: [command], after: [] }, docker, withCredentials, ...changes }),
  ).map(({ names, urls }) => [names, urls]);

test('they are named, however they are written', () => {
  for (const command of [
    'echo $GITHUB_TOKEN',
    'echo "${GITHUB_TOKEN:-none}" > {output}/t.txt',
    'echo %GITHUB_TOKEN%',
    `python3 -c 'import os; print(os.environ["GITHUB_TOKEN"])'`,
  ])
    assert.equal(told(command), [[['GITHUB_TOKEN'], []]], command);
  assert.equal(told('echo $MIRROR $apiToken $GITHUB_TOKEN'), [[['GITHUB_TOKEN', 'apiToken'], ['MIRROR']]]);
});

test('in a hook after the modules, in a command and in an entrypoint as well, here and in a container', () => {
  const none = { before: [], after: [] };
  const expected = [[['GITHUB_TOKEN'], []]];
  assert.equal(told('', { hooks: { before: [], after: ['echo $GITHUB_TOKEN'] } }), expected);
  for (const executor of ['host', 'auto', 'docker', 'buildkit'] as const)
    assert.equal(told('echo $GITHUB_TOKEN', { executor }), expected, executor);
  const argv = ['bash', '-c', 'echo $GITHUB_TOKEN'];
  assert.equal(told('', { hooks: none, docker: { ...docker, command: argv } }), expected);
  assert.equal(told('', { hooks: none, docker: { ...docker, entrypoint: argv } }), expected);
});

test('not a variable that counts, that is an index, or that opens one', () => {
  for (const command of [
    'echo $MAX_TOKENS',
    'pip install -i $PIP_INDEX_URL x',
    'echo $UV_INDEX_CORP_PASSWORD',
    'pip install -i https://user:$GITHUB_TOKEN@index.example/simple x',
    'pip install -i "https://${GITHUB_TOKEN}@index.example/simple" x',
    'echo $OTHER_TOKEN',
    'GITHUB_TOKEN=none; echo $GITHUB_TOKEN',
    "echo '$GITHUB_TOKEN'",
    'echo GITHUB_TOKEN $GITHUB_TOKENS',
  ])
    assert.equal(told(command), [], command);
});

test('a plan has the warning', () => {
  const asked = request({
    runtime: { prop: 'python3.12' },
    hooks: { before: ['echo $GITHUB_TOKEN'], after: [] },
    docker,
  });
  assert.equal(planned(asked).warnings, [{ _tag: 'UncountedVariable', names: ['GITHUB_TOKEN'], urls: [] }]);
});

test.run();
