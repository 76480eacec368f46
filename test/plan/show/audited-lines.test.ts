import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { auditLines, notListed, showFinding } from '../../../src/plan/show/audited-lines';
import type { AuditedLine } from '../../../src/plan/show/audited-lines';
import { readRequirements } from '../../../src/plan/declarations/lines/requirements-file';
import { DEFAULT_INDEX } from '../../../src/plan/packaging/requirement/package-indexes';

const test = suite('audit');

const HASH = `--hash=sha256:${'0'.repeat(64)}`;

const lines = (text: string, isConstraint = false): readonly AuditedLine[] =>
  readRequirements(text).map((line) => ({ line, file: '/r.txt', at: line.at.from, isConstraint }));

const found = (text: string, allowed: readonly string[] = [], constraints = ''): readonly string[] =>
  auditLines([...lines(text), ...lines(constraints, true)], allowed).map(
    ({ kind, subject, line }) => `${line ?? '-'} ${kind} ${subject}`,
  );

test('pinned with a hash is in order; each that lacks one of them is named', () => {
  assert.equal(found(`six==1.17.0 ${HASH}\nidna === 3.10 ${HASH}\n`), []);
  assert.equal(found(`six==1.17.0\nidna>=3 ${HASH}\nattrs\nflask==3.*\n`), [
    '1 not-hashed six==1.17.0',
    '2 not-pinned idna>=3',
    '3 not-pinned attrs',
    '3 not-hashed attrs',
    '4 not-pinned flask==3.*',
    '4 not-hashed flask==3.*',
  ]);
});

test('a constraint pins as well, and installs nothing itself', () => {
  assert.equal(found('Flask.Login\n', [], `flask-login==1 ${HASH}\nother>1\n`), []);
  assert.equal(found('six\n', [], 'six==1\n'), ['1 not-hashed six']);
});

test('Git, URLs and folders of this machine, without passwords', () => {
  const commit = 'a'.repeat(40);
  assert.equal(
    found(
      [
        `x @ git+https://u:p@h/x.git@${commit}`,
        'y @ git+https://h/y.git@main',
        'z @ https://u:p@h/z.whl',
        `w @ https://h/w.whl#sha256=${'0'.repeat(64)}`,
        '-e ../shared',
        '-r https://u:p@h/r.txt',
      ].join('\n'),
    ),
    [
      `1 from-git x @ git+https://h/x.git@${commit}`,
      '2 from-git y @ git+https://h/y.git@main',
      '2 not-pinned y @ git+https://h/y.git@main',
      '3 from-url z @ https://h/z.whl',
      '3 not-hashed z @ https://h/z.whl',
      `4 from-url w @ https://h/w.whl#sha256=${'0'.repeat(64)}`,
      '5 local -e ../shared',
      '6 remote-include https://h/r.txt',
    ],
  );
});

test('indexes that are not expected: without a list all but the default one, else all but those of it', () => {
  const six = `six==1 ${HASH}\n`;
  assert.equal(found(`--index-url ${DEFAULT_INDEX}/\n${six}`), []);
  assert.equal(found(`-i https://u:p@i.example/simple\n--extra-index-url=https://e.example/s\n${six}`), [
    '1 unexpected-index https://i.example/simple',
    '2 unexpected-index https://e.example/s',
  ]);
  const allowed = ['https://i.example/simple'];
  assert.equal(found(`-i https://u:p@i.example/simple/\n${six}`, allowed), []);
  assert.equal(found(six, allowed), [`- unexpected-index ${DEFAULT_INDEX}`]);
  assert.equal(found(`--extra-index-url https://i.example/simple\n${six}`, allowed), [
    `- unexpected-index ${DEFAULT_INDEX}`,
  ]);
  assert.equal(found(`--find-links https://l.example\n--no-index\n${six}`, allowed), [
    '1 unexpected-index https://l.example',
  ]);
});

test('what was installed and no line names', () => {
  const installed = [
    { name: 'Flask_Login', version: '1' },
    { name: 'six', version: '1.17.0' },
  ];
  assert.equal(notListed(lines('flask-login\n'), installed), [
    { kind: 'not-listed', subject: 'six==1.17.0', file: null, line: null },
  ]);
});

test('as a person reads it', () => {
  const [pinned, hashed] = auditLines(lines('six\n'), []);
  assert.is(pinned && showFinding(pinned), '/r.txt:1: six is not pinned to one version');
  assert.is(hashed && showFinding(hashed), '/r.txt:1: six has no hash');
  assert.is(
    showFinding({ kind: 'unexpected-index', subject: 'https://i', file: null, line: null }),
    'https://i is an index that is not expected',
  );
});

test.run();
