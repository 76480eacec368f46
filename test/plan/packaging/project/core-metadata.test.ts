import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { licenseOf, metadataFields } from '../../../../src/plan/packaging/project/core-metadata';

const test = suite('core metadata');

test('fields of the header, whatever their case, and none of the description', () => {
  const fields = metadataFields('Name: a\r\nRequires-Dist: b\r\nrequires-dist:  c \r\n\r\nName: no\n');
  assert.equal([fields('Name'), fields('Requires-Dist'), fields('Version')], [['a'], ['b', 'c'], []]);
});

const names = (...lines: readonly string[]) => licenseOf(`Name: a\n${lines.join('\n')}\n\nLicense: no\n`);

test('the licence: an expression, a name, classifiers', () => {
  assert.equal(names('License-Expression: MIT OR Apache-2.0', 'License: x'), {
    _tag: 'Expression',
    expression: 'MIT OR Apache-2.0',
  });
  assert.equal(names('License: MIT', 'Classifier: License :: OSI Approved :: BSD License'), {
    _tag: 'Names',
    names: ['MIT'],
  });
  const classifiers = [
    'Classifier: License :: OSI Approved',
    'Classifier: License :: OSI Approved :: BSD License',
    'Classifier: Topic :: License',
    'Classifier: License :: Public Domain',
  ];
  const named = { _tag: 'Names', names: ['BSD License', 'Public Domain'] };
  assert.equal(names('License: UNKNOWN', ...classifiers), named);
  assert.equal(names(...classifiers), named);
  assert.equal(names('License: Copyright (c)', '        All rights', ...classifiers), named);
  assert.equal(names(`License: ${'x'.repeat(81)}`, ...classifiers), named);
  assert.equal(names(), { _tag: 'Names', names: [] });
});

test.run();
