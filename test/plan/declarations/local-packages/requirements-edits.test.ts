import * as path from 'node:path';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gatheredLayout } from '../../../../src/plan/declarations/local-packages/gathered-layout';
import { sha256 } from '../../../../src/plan/values/hash';
import {
  applyEdits,
  lineEdits,
  requirementsDigest,
} from '../../../../src/plan/declarations/local-packages/requirements-edits';
import { readRequirements } from '../../../../src/plan/declarations/lines/requirements-file';
import type { LocalPackage } from '../../../../src/plan/model/source-snapshot';
import { archive, folder, requirements } from '../../support/world';

const test = suite('requirements edits');

const FILE = '/app/fn/requirements.txt';
const PACKAGES: readonly LocalPackage[] = [
  folder('y', '/app/y'),
  folder('my y', '/app/my y'),
  folder('x', '/app/fn/libs/x'),
  folder('fn', '/app/fn'),
  folder('z', '/srv/z'),
  archive('/app/fn/x-1.whl'),
];

/** The packages that a text names. */
const namedIn = (text: string): readonly LocalPackage[] => {
  const targets = readRequirements(text).map((line) =>
    'target' in line ? path.resolve('/app/fn', line.target) : '',
  );
  return PACKAGES.filter((local) => targets.includes(local.path));
};

/** What the installer reads in place of a text. */
const edited = (text: string, other: Readonly<Record<string, string>> = {}): string => {
  const seen = requirements({ [FILE]: text, ...other }, namedIn(text));
  return applyEdits(text, lineEdits(seen.texts[0], '/app/fn', gatheredLayout(seen)));
};

const becomes = (expected: Readonly<Record<string, string>>): void => {
  assert.equal(Object.fromEntries(Object.keys(expected).map((text) => [text, edited(text)])), expected);
};

test('-e goes; extras, markers and options stay', () => {
  becomes({
    '-e ../y': '../y',
    '-e ../y[extra] ; python_version > "3"': '../y[extra] ; python_version > "3"',
    '--editable=../y[a];os_name=="nt"': '../y[a] ; os_name=="nt"',
    "-e '../my y'[a]": '../my y[a]',
    '-e ../y --config-settings a=b': '../y --config-settings a=b',
    '-e ../y # ours': '../y',
    '-e file:../y#egg=y[a]': '../y[a]',
    '-e y': './y',
  });
});

test('-e goes before a URL as well, which gets its name', () => {
  becomes({
    '-e git+https://h/x.git@0123#egg=x': 'x @ git+https://h/x.git@0123',
    '--editable=git+https://h/x.git#egg=x[a]&subdirectory=py ; os_name == "nt"':
      'x[a] @ git+https://h/x.git#subdirectory=py ; os_name == "nt"',
    '-e git+https://h/x.git': 'git+https://h/x.git',
    '-e x @ git+https://h/x.git@main # ours': 'x @ git+https://h/x.git@main',
    'git+https://h/x.git#egg=x': 'git+https://h/x.git#egg=x',
  });
});

test('no plan says an editable URL, which may hold a password', () => {
  const text = 'six\n-e git+https://u:p@h/x.git@v1#egg=x\n';
  const seen = requirements({ [FILE]: text });
  assert.equal(lineEdits(seen.texts[0], '/app/fn', gatheredLayout(seen)), []);
  assert.is(applyEdits(text, []), 'six\nx @ git+https://u:p@h/x.git@v1\n');
  assert.is(requirementsDigest(text, []), sha256('six\nx @ git+https://h/x.git@v1\n'));
});

test('paths of this machine become relative ones', () => {
  becomes({
    '/app/fn/libs/x/': './libs/x',
    '/app/fn/libs/x[a] ; os_name == "nt"': './libs/x[a] ; os_name == "nt"',
    'file:///app/fn/libs%2Fx': './libs/x',
    'x @ file:///app/fn/libs/x': './libs/x',
    'x[a] @ file:///app/fn/libs/x ; os_name == "nt"': './libs/x[a] ; os_name == "nt"',
    '-e /app/fn': '.',
    '-r /app/fn/base.txt': '-r base.txt',
    '-c file:///app/fn/my%20base.txt': '-c "my base.txt"',
    '--find-links /app/fn/wheels': '--find-links wheels',
  });
});

test('they hold in included files, packages from the folder of the first', () => {
  const text = '-r /app/fn/libs/x\n-r ../fn/base.txt\n-f /app/fn/w\n-e /app/fn/y\n';
  const other = { file: '/app/shared/more.txt', text, digest: '' };
  const seen = requirements({ [FILE]: '-r ../shared/more.txt\n', [other.file]: text });
  assert.is(
    applyEdits(text, lineEdits(other, '/app/fn', gatheredLayout(seen))),
    '-r ../fn/libs/x\n-r ../fn/base.txt\n--find-links ../fn/w\n./y\n',
  );
});

test('an absolute path out of the tree leads to a folder of its own', () => {
  becomes({
    '-e /srv/z[a]': '../absolute/1[a]',
    'file:///app/my%20y': '../absolute/1',
    '-e /srv/z\n-e ../y': '../../absolute/1\n../y',
    '-e /app/y\n-e ../y': '../y\n../y',
  });
  assert.is(edited('-r /srv/c/base.txt\n', { '/srv/c/base.txt': 'six\n' }), '-r ../absolute/1/base.txt\n');
});

test('spellings that only uv or only pip reads become those that both read', () => {
  becomes({
    '-rbase.txt': '-r base.txt',
    '-r=base.txt': '-r base.txt',
    '-r my base.txt': '-r "my base.txt"',
    '-r say"hi".txt': '-r \'say"hi".txt\'',
    '--constraint=c.txt': '-c c.txt',
    '-f../w': '--find-links ../w',
    'libs/x': './libs/x',
    'y @ ../y': '../y',
    '../y;os_name=="nt"': '../y ; os_name=="nt"',
    'x-1.whl': './x-1.whl',
    '../\\\ny': '../y',
    './x-1.whl \\\n  --hash=sha256:0': './x-1.whl --hash=sha256:0',
    'file:..#subdirectory=y': '../y',
  });
});

test('all other lines stay as they are', () => {
  const text = [
    '# ours',
    '',
    '  requests==2.32.3 \\',
    '      --hash=sha256:0  # why',
    '-r base.txt',
    '-c ../c.txt',
    '-r https://u:p@h/base.txt',
    '--find-links wheels',
    './libs/x',
    '../y[a] ; os_name == "nt"',
    '-i https://u:p@h/simple',
    'x @ https://h/x.whl',
    '',
  ].join('\n');
  assert.is(edited(text), text);
  assert.is(edited(text.replaceAll('\n', '\r\n')), text.replaceAll('\n', '\r\n'));
});

test('edits keep the lines around them; continued ones become one; CRLF and a byte order mark go', () => {
  assert.is(
    edited('\ufeff# a\r\n-e \\\r\n  ../y \\\r\n  ; os_name == "nt"\r\nsix # b\r\n'),
    '# a\n../y ; os_name == "nt"\nsix # b\n',
  );
  assert.is(edited('\ufeff-e ../y'), '../y');
  assert.is(edited('-e \\\n../y \\'), '../y');
});

test('without edits a text is untouched', () => {
  assert.is(applyEdits('\ufeffa\r\nb', []), '\ufeffa\r\nb');
});

test('each edit replaces its lines and no others', () => {
  const edits = [
    { from: 2, to: 3, text: 'X' },
    { from: 5, to: 5, text: 'Y' },
  ];
  assert.is(applyEdits('1\n2\n3\n4\n5\n6', edits), '1\nX\n4\nY\n6');
});

test('what was edited is not edited again, and means the same', () => {
  const line = fc.constantFrom(
    '-e ../y[a]',
    '/app/fn/libs/x ; os_name == "nt"',
    '-rbase.txt',
    '-c "my c.txt"',
    'six # a',
    'file:///app/fn/libs/x',
    './libs/\\\nx --hash=sha256:0',
    '-f=/app/fn/w',
    '# c',
    '',
  );
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const once = edited(lines.join(end));
      const kinds = (text: string): readonly string[] => readRequirements(text).map(({ _tag }) => _tag);
      assert.equal(kinds(once), kinds(lines.join(end)));
      assert.is(edited(once), once);
    }),
  );
});

test('what counts is the edited text without credentials', () => {
  const text = '-i https://u:p@h/simple\n-e ../y\n';
  const edits = [{ from: 2, to: 2, text: '../y' }];
  assert.is(requirementsDigest(text, edits), sha256('-i https://h/simple\n../y\n'));
  assert.is(requirementsDigest('six\n', []), sha256('six\n'));
});

test.run();
