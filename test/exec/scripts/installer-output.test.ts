import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  lastLines,
  mismatchedHash,
  missingRequirement,
  pipComplaints,
  saysDiskFull,
  uvComplaints,
} from '../../../src/exec/scripts/installer-output';

const test = suite('what installers print');

test('the last twenty lines, without colours, progress bars, empty lines and credentials', () => {
  const lines = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`);
  assert.is(lastLines(lines.join('\n')), lines.slice(10).join('\n'));
  assert.is(lastLines('a\r\n\n\n  b  \r\n'), 'a\n  b');
  assert.is(lastLines('10 %\r50 %\rdone\n'), 'done');
  assert.is(lastLines('\u001b[31merror\u001b[0m: no\u001b[K\n'), 'error: no');
  assert.is(
    lastLines('Looking in indexes: https://me:s3cr3t@example.com/simple'),
    'Looking in indexes: https://example.com/simple',
  );
  assert.is(lastLines(''), '');
});

test('the line of uv about the interpreter that it runs with is left out', () => {
  for (const line of [
    'Using Python 3.12.1 environment at: /opt/venv',
    'Using CPython 3.13.0 interpreter at: /usr/bin/python3',
    'Using CPython 3.14.0rc1',
  ]) {
    assert.is(lastLines(`${line}\nerror: it failed`), 'error: it failed');
  }
  assert.is(lastLines('Using Python 3.12.1 and two tools'), 'Using Python 3.12.1 and two tools');
});

const NOTHING = { withoutWheel: [], unbuildable: undefined };

test('uv: what has no wheel, in the words of 0.13 and of 0.9', () => {
  const hint =
    'hint: Wheels are required for `docopt` because building from source is disabled for all packages (i.e., with `--no-build`)';
  const wrapped =
    '  ╰─▶ Because docopt==0.6.2 has no usable wheels\n\n      hint: Wheels are required for\n      `docopt` because building from source is\n      disabled for all packages';
  const drawn = '  │ hint: Wheels are required for\n  │ `docopt` because';
  for (const output of [hint, wrapped, drawn]) {
    assert.equal(uvComplaints(output), { withoutWheel: ['docopt'], unbuildable: undefined }, output);
  }
  const two = `${hint}\n${hint}\n${hint.replace('docopt', 'hdfs')}`;
  assert.equal(uvComplaints(two).withoutWheel, ['docopt', 'hdfs']);
  assert.equal(
    uvComplaints('error: Building source distributions is disabled, but attempted to build `my-lib`'),
    { withoutWheel: ['my-lib'], unbuildable: undefined },
  );
});

test('uv: what cannot be built, with its version and without its place', () => {
  const failed = (what: string) => uvComplaints(`error: Failed to build \`${what}\`\n  cause: …`).unbuildable;
  assert.is(failed('psutil==5.0.0'), 'psutil==5.0.0');
  assert.is(failed('my-lib @ file:///a/b'), 'my-lib');
  assert.is(
    uvComplaints('error: Building source distributions is disabled\n').unbuildable,
    '(a local package that does not write down its name)',
  );
});

test('uv: what is not about a build', () => {
  const outputs = [
    'Because there is no version of six==99.0 and you require six==99.0, …',
    'error: Failed to download and build `docopt==0.6.2`\n  cause: Hash mismatch for `docopt==0.6.2`',
    'error: Failed to fetch: `https://example.com/simple/six/`',
  ];
  for (const output of outputs) assert.equal(uvComplaints(output), NOTHING, output);
});

test('pip: what has no wheel', () => {
  const missing = (output: string) => pipComplaints(output).withoutWheel;
  assert.equal(missing('ERROR: No matching distribution found for docopt==0.6.2\n'), ['docopt==0.6.2']);
  assert.equal(missing('ERROR: No matching distribution found for docopt (from hdfs)\n'), ['docopt']);
  assert.equal(missing('ERROR: No matching distribution found for a[b]>=1,<2\r\nWARNING: old\n'), [
    'a[b]>=1,<2',
  ]);
  assert.equal(missing('ERROR: No matching distribution found for --index-url=x\n'), []);
});

test('pip: what cannot be built, in the words of several versions', () => {
  const unbuildable = (output: string) => pipComplaints(output).unbuildable;
  assert.is(unbuildable('  ERROR: Failed building wheel for psutil\nFailed to build psutil\n'), 'psutil');
  assert.is(
    unbuildable("ERROR: Failed to build 'numpy' when getting requirements to build wheel\n"),
    'numpy',
  );
  assert.is(
    unbuildable('Collecting a==1 (from x)\nProcessing ./libs/c\nerror: metadata-generation-failed\n'),
    './libs/c',
  );
  assert.is(
    unbuildable('error: subprocess-exited-with-error\n'),
    '(a local package that does not write down its name)',
  );
  assert.is(
    unbuildable('ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n'),
    undefined,
  );
});

test('colours do not matter', () => {
  const red = (text: string) => `\u001b[1m\u001b[31m${text}\u001b[39m\u001b[0m`;
  assert.equal(
    pipComplaints(`${red('ERROR: No matching distribution found for docopt==0.6.2')}\n`).withoutWheel,
    ['docopt==0.6.2'],
  );
  assert.equal(uvComplaints(`Wheels are required for \`${red('docopt')}\` because`).withoutWheel, ['docopt']);
  assert.is(uvComplaints(`${red('error')}: Failed to build \`${red('a==1')}\``).unbuildable, 'a==1');
});

test('another file than the one that was locked: the requirement, and the hash that the file has', () => {
  const expected = Array.from({ length: 40 }, (_, index) => `${index}`.padStart(64, '0'));
  const found = { requirement: 'six==1.16.0', found: `sha256:8a${'0'.repeat(62)}` };
  const uv = (mark: string) =>
    [
      ' Failed to download `six==1.16.0`',
      `${mark}Hash mismatch for \`six==1.16.0\``,
      '',
      '         Expected:',
      ...expected.map((hash) => `           sha256:${hash}`),
      '',
      '         Computed:',
      `           ${found.found}`,
    ].join('\n');
  assert.equal(mismatchedHash(uv('  cause: ')), found);
  assert.equal(mismatchedHash(uv('  ╰─▶ ')), found);
  const pip = (what: string) =>
    [
      'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated …',
      `    ${what}:`,
      `        Expected sha256 ${expected[0] ?? ''}`,
      ...expected.slice(1).map((hash) => `        Expected     or ${hash}`),
      `             Got        8a${'0'.repeat(62)}`,
    ].join('\n');
  const url = 'https://h/six-1.16.0-py2.py3-none-any.whl';
  assert.equal(mismatchedHash(pip(`six==1.16.0 from ${url} (from -r r.txt (line 1))`)), found);
  assert.equal(mismatchedHash(pip(`six==1.16.0 from ${url}`)), found);
  assert.equal(mismatchedHash(pip('six==1.16.0 (from -r r.txt (line 1))')), found);
  assert.equal(
    mismatchedHash(pip('six@ https://me:pw@h/six.whl (from -r r.txt (line 1))'))?.requirement,
    'six',
  );
  assert.is(mismatchedHash('Because there is no version of six==99.0'), undefined);
});

test('what no index has, or has withdrawn', () => {
  const end = 'we can conclude that your requirements are unsatisfiable.';
  const said: Readonly<Record<string, string>> = {
    [`Because there is no version of six==99.0 and you require six==99.0, ${end}`]: 'six==99.0',
    [`  ╰─▶ Because there is no version of six==99.0 and you require six==99.0, we\n      can …`]:
      'six==99.0',
    [`Because there is no version of attrs[dev]==99 and you require attrs[dev]==99, ${end}`]:
      'attrs[dev]==99',
    [`Because six2 was not found in the package registry and you require six2==1, ${end}`]: 'six2==1',
    [`Because six2 was not found in the package\n      registry and a==1 depends on six2, ${end}`]: 'six2',
    [`Because only six<=1.17.0 is available and you require six>=99,<100, ${end}`]: 'six>=99,<100',
    'Because only a==0.1.0 is available and a==0.1.0 was yanked (reason: bad), we …': 'a==0.1.0',
    'ERROR: No matching distribution found for six==99.0\n': 'six==99.0',
    'ERROR: No matching distribution found for six==99.0 (from -r a.txt (line 1))\n': 'six==99.0',
  };
  for (const [output, requirement] of Object.entries(said)) {
    assert.is(missingRequirement(output), requirement, output);
  }
  const others = [
    'WARNING: Retrying (Retry(total=0)) after …\nERROR: No matching distribution found for six==1\n',
    'WARNING: 401 Error, Credentials not correct for https://h/\nERROR: No matching distribution found for six==1\n',
    'Because six was not found in the package registry …\nhint: An index could not be queried (401 Unauthorized).',
    'Because a==1 depends on b>=2 and you require b==1, we can conclude …',
    'error: Failed to fetch: `https://h/simple/six/`',
  ];
  for (const output of others) assert.is(missingRequirement(output), undefined, output);
});

test('a full disk', () => {
  assert.ok(saysDiskFull('failed to write to file `/x`: No space left on device (os error 28)'));
  assert.ok(saysDiskFull('OSError: [Errno 28] No space left on device'));
  assert.ok(saysDiskFull('Disk quota exceeded'));
  assert.not(saysDiskFull('No matching distribution found for no-space==28'));
});

test('a line that is longer than a screen is shown by its beginning', () => {
  assert.is(lastLines(`a\n${'x'.repeat(5000)}\n`), `a\n${'x'.repeat(2000)} …`);
});

test.run();
