import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Distribution } from '../../../src/plan/parts/omitted-distributions';
import { leavesOut, omittedNames, readMetadata } from '../../../src/plan/parts/omitted-distributions';

const test = suite('what is left out of the modules');

const one = (name: string, needs: readonly string[] = [], mayNeed: readonly string[] = []): Distribution => ({
  name,
  needs,
  mayNeed,
});

const AWS = [
  one('boto3', ['botocore', 'jmespath', 's3transfer']),
  one('botocore', ['jmespath', 'python-dateutil', 'urllib3']),
  one('s3transfer', ['botocore']),
  one('jmespath'),
  one('python-dateutil', ['six']),
  one('six'),
  one('urllib3'),
];
const REQUESTS = [one('requests', ['urllib3', 'idna'], ['pysocks']), one('idna')];

const omitted = (
  installed: readonly Distribution[],
  omit: readonly string[],
  requested: readonly string[] = [],
): readonly string[] => omittedNames(installed, { omit, requested });

test('a distribution goes with what only it needs', () => {
  assert.equal(omitted([...AWS, ...REQUESTS], ['boto3']), [
    'boto3',
    'botocore',
    'jmespath',
    'python-dateutil',
    's3transfer',
    'six',
  ]);
  assert.equal(omitted(AWS, ['boto3']), AWS.map(({ name }) => name).sort());
});

test('names are compared as PEP 503 has them', () => {
  assert.equal(omitted([one('python-dateutil', ['six']), one('six')], ['Python_DateUtil']), [
    'python-dateutil',
    'six',
  ]);
});

test('what is asked for by name stays, with what it needs', () => {
  assert.equal(omitted(AWS, ['boto3'], ['boto3', 'python-dateutil']), [
    'boto3',
    'botocore',
    'jmespath',
    's3transfer',
    'urllib3',
  ]);
  assert.equal(omitted(AWS, ['boto3', 'python-dateutil'], ['python-dateutil', 'boto3']).length, 7);
});

test('what another distribution may need for an extra stays; what only extras need does not go with it', () => {
  assert.equal(omitted([...REQUESTS, one('pysocks'), one('proxy', ['pysocks'])], ['proxy']), ['proxy']);
  assert.equal(omitted([one('pandas', ['numpy'], ['lxml']), one('numpy'), one('lxml')], ['pandas']), [
    'numpy',
    'pandas',
  ]);
});

test('what is needed by what is left out and by what stays, both named', () => {
  assert.equal(omitted([...AWS, ...REQUESTS], ['boto3', 'urllib3']).includes('urllib3'), true);
  assert.equal(omitted([...AWS, ...REQUESTS], ['boto3', 'urllib3']).includes('idna'), false);
});

test('circles, and what is not installed', () => {
  assert.equal(omitted([one('a', ['b']), one('b', ['a', 'gone'])], ['a']), ['a', 'b']);
  assert.equal(omitted(AWS, ['django']), []);
  assert.equal(omitted(AWS, []), []);
});

test('the header of METADATA', () => {
  assert.equal(
    readMetadata(
      'Metadata-Version: 2.1\r\nName: My.Pkg\r\nRequires-Dist: Some_Thing[x] (>=1,<2) ; python_version < "3"\r\n' +
        "Requires-Dist: urllib3<3,>=1.21\r\nRequires-Dist: PySocks!=1.5.7; extra == 'socks'\r\nRequires-Dist: at @ https://x\r\n" +
        '\r\nRequires-Dist: prose\r\n',
    ),
    { name: 'my-pkg', needs: ['some-thing', 'urllib3', 'at'], mayNeed: ['pysocks'] },
  );
  assert.equal(readMetadata(''), { name: '', needs: [], mayNeed: [] });
});

test('patterns as git reads them, but metadata stays', () => {
  const isOut = leavesOut(['tests/', '*.pyi', '*.txt', '!keep.txt']);
  assert.is(isOut('numpy/core/tests/x.py'), true);
  assert.is(isOut('numpy/core/tests'), false);
  assert.is(isOut('a.pyi'), true);
  assert.is(isOut('a/b.txt'), true);
  assert.is(isOut('a/keep.txt'), false);
  assert.is(isOut('a-1.dist-info/top_level.txt'), false);
  assert.is(isOut('vendored/a-1.dist-info/top_level.txt'), true);
  assert.is(leavesOut([])('tests/x.py'), false);
});

test.run();
