import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { survey } from '../../src/exec/survey/survey';
import { plan } from '../../src/plan/plan';
import { folderOf, requestFor } from '../exec/support/requests';
import { listTree } from '../support/temporary';
import { unpack } from '../support/unpack';
import { cli } from './support/command';

const test = suite('cli: a plan of a layer');

test('what it is run into has the prefix, as a zip and as a folder', async () => {
  const folder = folderOf({ 'words.py': '', 'requirements.txt': 'six==1.17.0\n' });
  const request = requestFor(folder, { kind: 'layer', prefix: 'python', executor: 'host' });
  const planned = plan(request, survey(request)());
  if (isLeft(planned)) throw new Error(JSON.stringify(planned.left));
  const cwd = folderOf({ 'plan.json': JSON.stringify(planned.right) });
  for (const out of ['layer.zip', 'layer']) {
    const { code, stderr } = await cli(['run', 'plan.json', '--out', out], { cwd });
    assert.is(code, 0, stderr);
    const bundle = path.join(cwd, out);
    assert.equal(fs.readdirSync(unpack(bundle)), ['python']);
    const files = listTree(unpack(bundle)).map((file) => file.path);
    assert.equal(
      files.filter((file) => !file.includes('.dist-info/')),
      ['python/six.py', 'python/words.py'],
    );
  }
});

test.run();
