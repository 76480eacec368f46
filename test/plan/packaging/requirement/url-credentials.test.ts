import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hasCredentials } from '../../../../src/plan/packaging/requirement/url-credentials';

const test = suite('url credentials');

test('a user name or password that is written out', () => {
  const urls = [
    'https://user:secret@index.example/simple',
    'https://token@index.example/simple',
    'https://:secret@index.example/simple',
    'https://user:a${PASS}@index.example/simple',
    'https://${USER}:secret@index.example/simple',
    'https://${USER}:se@cret@index.example/simple',
    'https://$USER@index.example/simple',
    'git+https://token@index.example/a.git',
    'ssh://git:secret@index.example/a.git',
  ];
  assert.equal(urls.filter(hasCredentials), urls);
});

test('variables are none, nor is a user name beside one, the user of an SSH address or an @ elsewhere', () => {
  const urls = [
    'https://${USER}:${PASS}@index.example/simple',
    'https://aws:${TOKEN}@index.example/simple',
    'https://${TOKEN}@index.example/simple',
    'https://index.example/simple',
    'https://index.example/a@b',
    'https://index.example/?a=b@c',
    'https://index.example/#a@c',
    'ssh://git@index.example/a.git',
    'git+ssh://git@index.example/a.git@v1',
    'git@index.example:a/b.git',
    '../lib@2',
  ];
  assert.equal(urls.filter(hasCredentials), []);
});

test.run();
