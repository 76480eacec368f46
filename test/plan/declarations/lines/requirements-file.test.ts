import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RequirementsLine } from '../../../../src/plan/declarations/lines/requirements-file';
import { isRemote } from '../../../../src/plan/packaging/local/local-reference';
import { readRequirements } from '../../../../src/plan/declarations/lines/requirements-file';

const test = suite('requirements file');

const brief = (line: RequirementsLine): string => {
  switch (line._tag) {
    case 'Include':
      return `${line.flag} ${line.target}`;
    case 'FindLinks':
      return `links ${line.target}`;
    case 'LocalPackage':
      return `local ${line.target}${line.rest}`;
    case 'Named':
      return line.marked ? 'named, marked' : 'named';
    case 'Option':
      return 'option';
  }
};

const reads = (expected: Readonly<Record<string, string>>): void => {
  const found = Object.keys(expected).map((text) => [text, readRequirements(text).map(brief).join(' | ')]);
  assert.equal(Object.fromEntries(found), expected);
};

test('includes, in all spellings', () => {
  reads({
    '-r base.txt': '-r base.txt',
    '-rbase.txt': '-r base.txt',
    '-r=base.txt': '-r base.txt',
    '-r   ./a/../base.txt  ': '-r ./a/../base.txt',
    '  -r base.txt # ours': '-r base.txt',
    '--requirement base.txt': '-r base.txt',
    '--requirement=base.txt': '-r base.txt',
    '--requirement = base.txt': '-r base.txt',
    '-r "my base.txt"': '-r my base.txt',
    "--requirement='my base.txt'": '-r my base.txt',
    '-r my\\ base.txt': '-r my base.txt',
    '-r my base.txt': '-r my base.txt',
    '-r /srv/base.txt': '-r /srv/base.txt',
    '-r file:///srv/my%20base.txt': '-r /srv/my base.txt',
    '-r FILE:///srv/base.txt': '-r /srv/base.txt',
    '-r a%20b.txt': '-r a%20b.txt',
    '-r ./file:a%20b.txt': '-r ./file:a%20b.txt',
    '-r https://h/base.txt': '-r https://h/base.txt',
    '-r ..\\base.txt': '-r ..\\base.txt',
    '-r größe.txt': '-r größe.txt',
  });
});

test('constraints, in all spellings', () => {
  reads({
    '-c c.txt': '-c c.txt',
    '-cc.txt': '-c c.txt',
    '-c=c.txt': '-c c.txt',
    '--constraint c.txt': '-c c.txt',
    '--constraint=c.txt': '-c c.txt',
    '-c "c d.txt"': '-c c d.txt',
    '-c file:../c.txt': '-c ../c.txt',
    '-c https://h/c.txt': '-c https://h/c.txt',
  });
});

test('packages of this machine', () => {
  reads({
    '.': 'local .',
    './libs/x': 'local ./libs/x',
    'libs/x': 'local libs/x',
    './libs/x[a] ; python_version < "4"': 'local ./libs/x[a] ; python_version < "4"',
    './my libs/x': 'local ./my libs/x',
    './dist/x-1.0-py3-none-any.whl': 'local ./dist/x-1.0-py3-none-any.whl',
    'x-1.0-py3-none-any.whl': 'local x-1.0-py3-none-any.whl',
    'x-1.0.tar.gz --hash=sha256:0': 'local x-1.0.tar.gz --hash=sha256:0',
    '/srv/x': 'local /srv/x',
    'file:///srv/a%20b': 'local /srv/a b',
    'name @ file:///srv/x': 'local /srv/x',
    'name@file:///srv/x': 'local /srv/x',
    'name[a,b] @ file:///srv/x ; os_name == "nt"': 'local /srv/x[a,b] ; os_name == "nt"',
    'name @ ./x': 'local ./x',
    'name @ ./a\u2028b': 'local ./a\u2028b',
    './x@https:y': 'local ./x@https:y',
    './x@${Y}': 'local ./x@${Y}',
    'name @ x-1.0-py3-none-any.whl': 'local x-1.0-py3-none-any.whl',
    'name/with/slash': 'local name/with/slash',
    '..\\libs\\x': 'local ..\\libs\\x',
    'C:\\libs\\x': 'local C:\\libs\\x',
  });
});

test('editable ones', () => {
  reads({
    '-e .': 'local .',
    '-e ../y': 'local ../y',
    '-e../y': 'local ../y',
    '-e=../y': 'local ../y',
    '-e y': 'local y',
    '--editable ../y': 'local ../y',
    '--editable=../y': 'local ../y',
    '-e "../my y"': 'local ../my y',
    "-e '../y'[a]": 'local ../y[a]',
    '-e ../y[extra] ; python_version > "3"': 'local ../y[extra] ; python_version > "3"',
    '-e file:../y#egg=y': 'local ../y',
    '-e name @ file:///srv/y': 'local /srv/y',
    '-e git+https://h/y.git#egg=y': 'named',
    '-e git+ssh://git@h/y.git': 'named',
    '-e name @ git+https://h/y.git': 'named',
    '-e https://h/y.zip': 'named',
  });
});

test('named requirements, from the index or a URL', () => {
  reads({
    requests: 'named',
    'requests[security,socks]>=2.8.1,==2.8.*': 'named',
    'requests ; python_version < "2.7"': 'named, marked',
    'requests;python_version<"2.7"': 'named, marked',
    'requests==2.32.3 \\\n --hash=sha256:0 \\\n --hash=sha256:1': 'named',
    'urllib3 @ https://h/x.zip': 'named',
    'urllib3@https://h/x.zip': 'named',
    'urllib3 @ HTTPS://h/x.zip': 'named',
    'name @ foo': 'named',
    'urllib3 @ https://h/x;y.zip': 'named',
    'urllib3 @ https://h/x.zip ; os_name == "nt"': 'named, marked',
    'name @ git+ssh://git@github.com/o/r.git@v1#egg=name&subdirectory=a': 'named',
    'name @ ${URL}/x.whl': 'named',
    'git+ssh://git@h/x.git': 'named',
    'https://h/x.whl#sha256=0': 'named',
    'https://h/x.whl # ours': 'named',
  });
});

test('folders of wheels, and other options', () => {
  reads({
    '--find-links ./wheels': 'links ./wheels',
    '--find-links=./wheels': 'links ./wheels',
    '-f wheels': 'links wheels',
    '-fwheels': 'links wheels',
    '-f "my wheels"': 'links my wheels',
    '--find-links file:///srv/wheels': 'links /srv/wheels',
    '-f https://h/wheels': 'option',
    '-i https://u:p@h/simple': 'option',
    '--index-url https://h/simple': 'option',
    '--extra-index-url=https://h/simple': 'option',
    '--no-binary :all:': 'option',
    '--require-hashes': 'option',
    '--constraints-are-no-option x': 'option',
    '--pre': 'option',
  });
});

test('a whole file, with the lines that each stands on', () => {
  const text = '\ufeff# ours\r\n\r\n-r \\\r\n  base.txt\r\nsix # a\r\n./x \\\r\n  --hash=sha256:0\r\n';
  assert.equal(readRequirements(text), [
    { _tag: 'Include', flag: '-r', target: 'base.txt', text: '-r   base.txt', at: { from: 3, to: 4 } },
    { _tag: 'Named', marked: false, editable: false, text: 'six', at: { from: 5, to: 5 } },
    {
      _tag: 'LocalPackage',
      target: './x',
      rest: ' --hash=sha256:0',
      marked: false,
      text: './x   --hash=sha256:0',
      at: { from: 6, to: 7 },
    },
  ]);
  assert.equal(readRequirements(''), []);
});

test('remote targets are told apart here too', () => {
  assert.equal(['https://h/x', './x'].map(isRemote), [true, false]);
});

test.run();
