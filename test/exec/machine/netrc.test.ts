import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findNetrc } from '../../../src/exec/machine/netrc';
import { folderOf, makePipe } from '../support/requests';

const test = suite('netrc');

test('that of the home folder, where it is there', () => {
  const home = folderOf({ '.netrc': '' });
  assert.is(findNetrc({}, home), path.join(home, '.netrc'));
  assert.is(findNetrc({}, folderOf({ _netrc: '' }))?.endsWith('/_netrc'), true);
  assert.is(findNetrc({}, folderOf({})), undefined);
  assert.is(findNetrc({}, undefined), undefined);
});

test('the one that is named, and then no other', () => {
  const home = folderOf({ '.netrc': '', named: '' });
  assert.is(findNetrc({ NETRC: path.join(home, 'named') }, home), path.join(home, 'named'));
  assert.is(findNetrc({ NETRC: path.join(home, 'missing') }, home), undefined);
  assert.is(findNetrc({ NETRC: '' }, home), path.join(home, '.netrc'));
});

test('a file and nothing else, under its real name', () => {
  const home = folderOf({ 'real/netrc': '', '.netrc/x': '' });
  assert.is(findNetrc({}, home), undefined);
  makePipe(path.join(home, 'pipe'));
  assert.is(findNetrc({ NETRC: path.join(home, 'pipe') }, home), undefined);
  fs.symlinkSync('real/netrc', path.join(home, 'link'));
  assert.is(findNetrc({ NETRC: path.join(home, 'link') }, home), path.join(home, 'real/netrc'));
});

test.run();
