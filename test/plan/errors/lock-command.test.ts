import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandsSeenFrom, lockCommandOf, uvScriptCommand } from '../../../src/plan/errors/lock-command';

const test = suite('the command that locks');

test('quotes what a shell would read as something else', () => {
  assert.is(lockCommandOf('/my app/r.txt'), "npx cdk-lambda-python lock '/my app/r.txt'");
  assert.is(lockCommandOf('/app/r.txt'), 'npx cdk-lambda-python lock /app/r.txt');
  assert.is(
    lockCommandOf('/app/r.txt', { index: 'https://${USER}:${PASSWORD}@h/simple?x', groups: ['a b'] }),
    "npx cdk-lambda-python lock /app/r.txt --group 'a b' --index 'https://${USER}:${PASSWORD}@h/simple?x'",
  );
});

test('names a file below the current folder as one types it there', () => {
  const seen = (folder: string, file: string): string =>
    commandsSeenFrom(folder)(`${file} is open. Run \`${lockCommandOf(file, { groups: ['a'] })}\`.`);
  assert.is(
    seen('/app', '/app/lib/r.txt'),
    '/app/lib/r.txt is open. Run `npx cdk-lambda-python lock lib/r.txt --group a`.',
  );
  assert.is(seen('/', '/r.txt'), '/r.txt is open. Run `npx cdk-lambda-python lock r.txt --group a`.');
  assert.is(
    seen('/my app', '/my app/r.txt'),
    "/my app/r.txt is open. Run `npx cdk-lambda-python lock 'r.txt' --group a`.",
  );
  for (const other of ['/ap', '/app/lib', '/other'])
    assert.match(seen(other, '/app/r.txt'), 'lock /app/r.txt --group a`');
  assert.is(commandsSeenFrom('/app')(`\`${uvScriptCommand('/app/fn.py')}\``), '`uv lock --script fn.py`');
});

test.run();
