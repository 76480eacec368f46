import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readPoetryLock } from '../../../../src/plan/locks/poetry/poetry-lock';
import { question, setOf } from '../../support/questions';

const test = suite('poetry package');

test('lock version 1.1: files of all versions at the end', () => {
  const lock = `[[package]]
name = "a"
version = "1.0"
optional = false
python-versions = "*"

[[package]]
name = "b"
version = "1.0"
category = "main"
optional = false
python-versions = "*"

[package.dependencies]
a = "1.0"

[[package]]
name = "a"
version = "1.0.1"
optional = false
python-versions = "*"

[metadata]
lock-version = "1.1"
python-versions = "*"

[metadata.files]
a = [
    {file = "a-1.0-py3-none-any.whl", hash = "sha256:aa"},
    {file = "a-1.0.1-py3-none-any.whl", hash = "sha256:bb"},
    {file = "a-1.0.tar.gz", hash = "sha256:cc"},
]
b = []
`;
  const manifest = '[tool.poetry.dependencies]\npython = "*"\na = "*"\nb = "*"\n';
  const set = setOf(readPoetryLock, question(lock, manifest));
  assert.equal(
    set.packages.map(({ name, version, hashes, files }) => [name, version, hashes, files]),
    [
      ['a', '1.0', ['sha256:aa', 'sha256:cc'], ['a-1.0-py3-none-any.whl', 'a-1.0.tar.gz']],
      ['b', '1.0', [], null],
    ],
  );
});

test('the first locks list digests only', () => {
  const lock = `[[package]]
name = "a"
version = "1.0"

[metadata]
lock-version = "1.0"

[metadata.hashes]
a = ["aa"]
`;
  const set = setOf(readPoetryLock, question(lock, '[tool.poetry.dependencies]\na = "*"\n'));
  assert.equal(
    set.packages.map(({ hashes, files }) => [hashes, files]),
    [[['sha256:aa'], null]],
  );
});

test.run();
