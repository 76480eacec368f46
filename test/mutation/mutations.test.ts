import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder } from '../support/temporary';
import { MUTATIONS } from './guards';

const test = suite('the tests bite');
const { row, run } = reliabilityTable(test, 'mutations');

const repository = path.resolve(__dirname, '../..');

/** A copy that may be broken: the tests of another run, and the work of a person, never see it. */
let copy: string;
test.before(() => {
  copy = temporaryFolder('mutations-');
  for (const name of ['src', 'test', 'package.json', 'tsconfig.json']) {
    fs.cpSync(path.join(repository, name), path.join(copy, name), { recursive: true });
  }
  for (const name of ['node_modules', '.cache']) {
    fs.symlinkSync(path.join(repository, name), path.join(copy, name));
  }
});

const start = promisify(execFile);

/** Whether all tests of a file of the copy pass. One that runs none, or cannot be loaded for its syntax, tells nothing. */
const passes = async (file: string): Promise<boolean> => {
  const name = `^${path.basename(file).replaceAll('.', '\\.')}$`;
  const uvu = path.join(copy, 'node_modules/uvu/bin.js');
  const loader = path.join(copy, 'test/runner/loader.cjs');
  const ended = await start(process.execPath, [uvu, '-r', loader, path.dirname(file), name], {
    cwd: copy,
    env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', UPDATE_DOCS: undefined },
  }).then(
    ({ stdout }) => ({ isWell: true, stdout }),
    (error: { readonly stdout: string }) => ({ isWell: false, stdout: error.stdout }),
  );
  assert.match(ended.stdout, /Total: +[1-9]/, `no test of ${file} was run:\n${ended.stdout}`);
  return ended.isWell;
};

const unbroken = new Map<string, Promise<boolean>>();

for (const { what, file, from, to, test: testFile } of MUTATIONS) {
  row(what, `\`${testFile}\` fails, and passes as it is`, async (tryCase) => {
    await tryCase('as it is', async () => {
      const known = unbroken.get(testFile) ?? passes(testFile);
      unbroken.set(testFile, known);
      assert.ok(await known, `${testFile} fails without the break`);
    });
    await tryCase('broken', async () => {
      const target = path.join(copy, file);
      const text = fs.readFileSync(target, 'utf8');
      assert.is(text.split(from).length, 2, `${JSON.stringify(from)} is not in ${file} once`);
      fs.writeFileSync(
        target,
        text.replace(from, () => to),
      );
      try {
        assert.not(await passes(testFile), `${testFile} notices nothing`);
      } finally {
        fs.writeFileSync(target, text);
      }
    });
  });
}

run();
