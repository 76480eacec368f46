import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  extrasAndMarker,
  isLocal,
  isRemote,
  pathOfUrl,
  readLocal,
} from '../../../../src/plan/packaging/local/local-reference';

const test = suite('local reference');

test('a URL is remote, and so is a repository; a path and a file URL are not', () => {
  const remote = [
    'https://h/x.whl',
    'HTTP://h',
    'git+ssh://git@h/x.git@v1',
    'git+file:///srv/x',
    'git+git@github.com:o/r.git',
    's3://b/x',
    'GIT+git@h:x',
  ];
  const local = [
    './x',
    '/x',
    'file:///x',
    'FILE:///x',
    './https://h',
    './git+x/y',
    'C:\\x',
    'C:/x',
    'x/y',
    'name',
    'a://'.slice(1),
  ];
  assert.equal([...remote, ...local].filter(isRemote), remote);
});

test('a file URL is a path, decoded, without query and fragment', () => {
  const paths: Readonly<Record<string, string>> = {
    'file:///srv/x': '/srv/x',
    'file://localhost/srv/x': '/srv/x',
    'file:/srv/x': '/srv/x',
    'FILE:///srv/x': '/srv/x',
    'file:../x': '../x',
    'file:///a%20b/%C3%A4?q#egg=x': '/a b/ä',
    'file:///100%/x': '/100%/x',
  };
  assert.equal(Object.fromEntries(Object.keys(paths).map((url) => [url, pathOfUrl(url)])), paths);
});

const parts: Readonly<Record<string, readonly [target: string, rest: string, marked: boolean]>> = {
  '../y': ['../y', '', false],
  '../y[a,b]': ['../y', '[a,b]', false],
  '../y [a]': ['../y', '[a]', false],
  '../y ; python_version > "3"': ['../y', ' ; python_version > "3"', true],
  '../y[a];python_version>"3"': ['../y', '[a] ; python_version>"3"', true],
  '../y --hash=sha256:0 --hash=sha256:1': ['../y', ' --hash=sha256:0 --hash=sha256:1', false],
  '../y[a] ; os_name == "nt" --hash=sha256:0': ['../y', '[a] ; os_name == "nt" --hash=sha256:0', true],
  '../my lib': ['../my lib', '', false],
  '../[a]/y': ['../[a]/y', '', false],
  '../y;': ['../y', '', false],
  'file:///srv/y': ['/srv/y', '', false],
  'file:///srv/a;b/y': ['/srv/a;b/y', '', false],
  'file:///srv/y ; os_name == "nt"': ['/srv/y', ' ; os_name == "nt"', true],
  'file:///srv/y; os_name == "nt"': ['/srv/y', ' ; os_name == "nt"', true],
  './file:a%20b': ['./file:a%20b', '', false],
  'FILE:../y': ['../y', '', false],
  ' ../y ; os_name == "nt" ': ['../y', ' ; os_name == "nt"', true],
  '../a\u2028b#egg=y': ['../a\u2028b', '', false],
  'file:///srv#egg=y[a]&subdirectory=s': ['/srv/s', '[a]', false],
  'file:../y#egg=y': ['../y', '', false],
  'file:../y#egg=y[a]': ['../y', '[a]', false],
  'file:///srv#egg=y&subdirectory=a/y': ['/srv/a/y', '', false],
  'file:///srv/#subdirectory=y': ['/srv/y', '', false],
  'file:///srv/x.whl#sha256=00': ['/srv/x.whl', '', false],
  '../y#egg=y': ['../y', '', false],
  '../c#/y': ['../c#/y', '', false],
  '../100%25': ['../100%25', '', false],
  '..\\y': ['..\\y', '', false],
  'C:\\libs\\y[a]': ['C:\\libs\\y', '[a]', false],
};

for (const [text, [target, rest, marked]] of Object.entries(parts)) {
  test(`${text} is ${target} and ${JSON.stringify(rest)}`, () => {
    assert.equal(readLocal(text), { target, rest, marked });
  });
}

test('extras of the name before an @ count before those of the path', () => {
  assert.is(readLocal('file:///srv/y', '[b]').rest, '[b]');
  assert.is(readLocal('file:///srv/y#egg=y[a]', '[b]').rest, '[b]');
});

test('a leading dot, a slash, a file URL or the name of an archive make a path', () => {
  const local = [
    '.',
    './x',
    '../x',
    '.[a]',
    '.hidden',
    '/srv/x',
    '~/x',
    'libs/x',
    'my libs/x',
    'libs\\x',
    'C:\\x',
    'file:x',
    'x-1.0-py3-none-any.whl',
    'x-1.0.tar.gz',
    'x-1.0.zip ; os_name == "nt"',
    'X.TAR.BZ2 --hash=sha256:0',
    'requests/',
  ];
  const named = [
    'requests',
    'requests==2.0',
    'requests[security]>=2',
    'ruamel.yaml',
    'x ; platform_version == "a/b"',
    'x --hash=sha256:a/b',
    'https://h/x.whl',
    'git+https://h/x',
    'x == 1.zip',
    'x.zipper',
  ];
  assert.equal([...local, ...named].filter(isLocal), local);
});

test('the extras and the marker of what is read', () => {
  const of = (text: string) => extrasAndMarker(readLocal(text).rest);
  assert.equal(of('../y'), { extras: [], marker: null });
  assert.equal(of('../y[a, b]; os_name == "nt" --hash=sha256:0'), {
    extras: ['a', 'b'],
    marker: 'os_name == "nt"',
  });
  assert.equal(of('../y --hash=sha256:0'), { extras: [], marker: null });
});

test.run();
