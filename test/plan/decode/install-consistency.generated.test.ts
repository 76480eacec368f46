import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { installInconsistencies } from '../../../src/plan/decode/install-consistency';
import type { GeneratedFile, InstallPlan } from '../../../src/plan/model/install-plan';
import { file, folder, planned, request, requiring } from '../support/world';

const test = suite('install consistency: generated files');

const plan = planned(
  request({ runtime: { prop: '3.11' } }),
  requiring('six\n-e ../y\n', folder('y', '/app/y', [file('setup.py'), file('y.py')])),
);
const { install } = plan;
if (install === null) throw new Error('no install');

const errors = (changes: Partial<InstallPlan>): readonly string[] =>
  installInconsistencies({ ...install, ...changes }, plan).map(({ path, message }) => `${path}: ${message}`);

test('a generated file names packages, indexes and inputs, and nothing else', () => {
  const at = (text: string): readonly string[] => {
    const file: GeneratedFile = { path: `${install.workingDirectory}/generated.txt`, text };
    return errors({ generated: [file] });
  };
  const lines = [
    '--index-url https://${TOKEN}@i.example/simple',
    '--extra-index-url https://e.example/simple',
    '--find-links https://l.example/page',
    '--no-index',
    '--trusted-host e.example:8443',
    '--no-binary six',
    'six==1.16.0 --hash=sha256:00',
    'x @ git+ssh://git@g.example/x@main',
    '-r requirements.txt',
    '../y',
  ];
  assert.equal(at(lines.join('\n')), []);
  for (const line of [
    '--find-links /etc',
    '-r /etc/passwd',
    '-r ../../../x.txt',
    '/etc/x',
    '--find-links file:///etc',
    '--no-binary :all:',
    '--trusted-host ${HOST}',
    '--pre',
    '-r requirements.txt --find-links /etc',
    '-r ${HOME}/x.txt',
    '${HOME}/x',
    '${HOME}',
    'six @ ${HOME}/x',
    '-r file:/etc/passwd',
    '..\\..\\..\\x',
  ]) {
    assert.equal(at(line), [
      `/install/generated/0/text: ${JSON.stringify(line)} is neither a requirement, nor an index, nor an input`,
    ]);
  }
  for (const line of ['six\u2028--find-links /', 'six\u0085-e /', 'six \\']) {
    assert.ok(
      at(line).some((error) => error.endsWith('is not one line for every installer')),
      line,
    );
  }
  for (const line of ['--index-url https://u:p@i.example', 'x @ https://u:p@x.example/x.whl']) {
    assert.equal(at(line), ['/install/generated/0/text: has a user name or a password in a URL']);
  }
});

test('each requirements file is in one run, in the order of the plan', () => {
  const { requirements } = install;
  const message = '/install/runs: must have each of the requirements once, in their order';
  assert.equal(errors({ runs: [requirements] }), []);
  for (const runs of [[], [[]], [requirements, requirements], [[...requirements, 'other.txt']]])
    assert.is(errors({ runs })[0], message, JSON.stringify(runs));
});

test.run();
