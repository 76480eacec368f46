import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { notAsDeclared } from '../../../src/exec/install/declared-inputs-check';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import type { InstallPlan } from '../../../src/plan/model/install-plan';
import { planOf } from '../support/plans';
import { folderOf, HANDLER } from '../support/requests';

const test = suite('what is there when a plan is run');

const installOf = (
  changes: Partial<BundleRequest>,
  requirements = 'six\n',
  more: Readonly<Record<string, string>> = {},
): InstallPlan => {
  const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': requirements, ...more });
  const { install } = planOf(folder, changes);
  if (install === null) throw new Error('no install');
  return install;
};

test('variables with other values are told by name, and no value is', () => {
  const install = installOf({ variables: { STAGE: 'dev', PLACE: 'here' } });
  assert.is(notAsDeclared(install, { STAGE: 'dev', PLACE: 'here', OTHER: 'x' }), undefined);
  const error = notAsDeclared(install, { STAGE: 'prod', PLACE: 'here' });
  assert.equal(error, { _tag: 'VariablesChanged', names: ['PLACE', 'STAGE'] });
  assert.is(
    error && showExecutionError(error),
    'PLACE, STAGE must have the values of the synthesis, or the bundle does not match its hash. Set the variables that `bundling.environment` and `bundling.buildArgs` named then, or synthesize again. Publish functions with different values of one variable in separate runs.',
  );
});

test('a local index holds something else, by a line or by a variable', () => {
  const index = folderOf({ 'simple/six/a.whl': '1' });
  const byLine = installOf({}, `-i file://${index}/simple\nsix\n`);
  const variables = { PIP_INDEX_URL: `file://${index}/simple` };
  const byVariable = installOf({ variables });
  assert.is(notAsDeclared(byLine, {}), undefined);
  assert.is(notAsDeclared(byVariable, variables), undefined);
  assert.not.match(JSON.stringify(byVariable), index);
  fs.writeFileSync(path.join(index, 'simple/six/a.whl'), '2');
  const changed = { _tag: 'PlaceChanged', path: `${index}/simple` } as const;
  assert.equal(notAsDeclared(byLine, {}), changed);
  assert.equal(notAsDeclared(byVariable, variables), changed);
  assert.is(
    showExecutionError(changed),
    `${index}/simple does not have the same content as when the bundle was planned. Synthesize again once the folder is right.`,
  );
});

test('a volume of the project holds something else', () => {
  const project = folderOf({
    'package.json': '{}',
    'fn/index.py': HANDLER,
    'fn/requirements.txt': 'six\n',
    'model/m.txt': '1',
  });
  const hostPath = path.join(project, 'model');
  const volumes = [{ hostPath, containerPath: '/model', readOnly: true }];
  const { install } = planOf(path.join(project, 'fn'), {
    executor: 'docker',
    docker: { environment: [], volumes },
  });
  if (install === null) throw new Error('no install');
  assert.is(notAsDeclared(install, {}), undefined);
  fs.writeFileSync(path.join(hostPath, 'm.txt'), '2');
  assert.equal(notAsDeclared(install, {}), { _tag: 'PlaceChanged', path: hostPath });
});

test.run();
