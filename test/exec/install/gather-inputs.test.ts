import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as E from 'fp-ts/Either';
import { gatherInputs } from '../../../src/exec/install/gather-inputs';
import { temporaryFolder } from '../../support/temporary';
import { planWith } from '../support/plans';

const test = suite('gather inputs');

const gathered = async (requirements: string): Promise<string> => {
  const { install } = planWith(requirements);
  if (install === null) throw new Error('nothing to install');
  const folder = temporaryFolder();
  assert.ok(E.isRight(await gatherInputs(install, folder)));
  return fs.readFileSync(path.join(folder, 'requirements.txt'), 'utf8');
};

test('an editable URL is written anew, though the plan has no edit that says it', async () => {
  assert.is(await gathered('-e git+https://h/x.git@v1#egg=x\n'), 'x @ git+https://h/x.git@v1\n');
});

test('no copy has a password: the installer gets it in a variable', async () => {
  const { install } = planWith('--index-url https://u:p@h/simple\r\nsix\r\n');
  if (install === null) throw new Error('nothing to install');
  const folder = temporaryFolder();
  assert.equal(await gatherInputs(install, folder), E.right({ CDK_LAMBDA_PYTHON_URL_0_0: 'u:p' }));
  assert.is(
    fs.readFileSync(path.join(folder, 'requirements.txt'), 'utf8'),
    '--index-url https://${CDK_LAMBDA_PYTHON_URL_0_0}@h/simple\r\nsix\r\n',
  );
  assert.ok(install.docker.environment.includes('CDK_LAMBDA_PYTHON_URL_0_0'));
});

test('what has none is copied byte by byte', async () => {
  const text = '--index-url https://h/simple\r\nsix\r\n';
  assert.is(await gathered(text), text);
});

test.run();
