import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import * as E from 'fp-ts/Either';
import { gatherInputs } from '../../src/exec/gather-inputs';
import { temporaryFolder } from '../support/temporary';
import { planWith } from './plans';

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

test('passwords stay, as the installer needs them', async () => {
  const text = '--index-url https://u:p@h/simple\r\nsix\r\n';
  assert.is(await gathered(text), text);
});

test.run();
