import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { askedBy } from '../../../src/plan/show/asked-requirement';
import { readRequirements } from '../../../src/plan/declarations/lines/requirements-file';
import { installedComponents } from '../../../src/plan/show/installed-components';
import { markerEnvironment } from '../../../src/plan/packaging/tags/marker-environment';

const test = suite('what was installed, and what needs what');

const MARKERS = markerEnvironment({ python: '3.11' }, 'x86_64');

const metadata = (name: string, version: string, ...requires: readonly string[]): string =>
  [`Name: ${name}`, `Version: ${version}`, ...requires.map((one) => `Requires-Dist: ${one}`), '', ''].join(
    '\n',
  );

const installed = (texts: readonly string[], requirements = '') =>
  installedComponents(texts, readRequirements(requirements).flatMap(askedBy), MARKERS);

const relations = (texts: readonly string[], requirements = ''): readonly string[] => {
  const { components, direct } = installed(texts, requirements);
  return [direct, ...components.map(({ key, needs }) => [key, ...needs])].map((keys) => keys.join(' '));
};

test('by name, and what is needed on the target alone', () => {
  const texts = [
    metadata('Six', '1.0'),
    metadata(
      'app',
      '1',
      'SIX>=1 ; python_version >= "3.8"',
      'b; sys_platform == "win32"',
      'not-there',
      '???',
    ),
    metadata('b', '2'),
  ];
  assert.equal(relations(texts), ['app b', 'app six', 'b', 'six']);
});

test('an extra counts where something asks for it, also at the end of a chain', () => {
  const texts = [
    metadata('a', '1', 'c; extra == "x"', 'b[y]; extra == "x"'),
    metadata('b', '1', 'd; extra == "y"'),
    metadata('c', '1'),
    metadata('d', '1'),
  ];
  assert.equal(relations(texts, 'a'), ['a b c d', 'a', 'b', 'c', 'd']);
  assert.equal(relations(texts, 'A[X]'), ['a', 'a b c', 'b d', 'c', 'd']);
});

test('what needs each other is reached all the same', () => {
  const ring = [metadata('b', '1', 'a'), metadata('a', '1', 'b'), metadata('c', '1', 'c')];
  assert.equal(relations(ring), ['a c', 'a b', 'b a', 'c']);
});

test('files that a lock allows, for the version that is there; where it comes from, without secrets', () => {
  const lines = [
    'six==1.0 --hash=sha256:AB01 --hash=sha512:cd ; python_version > "3"',
    'old==1.0 --hash=sha256:00',
    'loose>=1 --hash=sha256:00',
    'g @ git+https://me:secret@example.invalid/g.git?token=1@abc#subdirectory=x',
    './local',
  ];
  const { components } = installed(
    ['six 1.0', 'old 2.0', 'loose 1', 'g 3'].map((one) => metadata(...(one.split(' ') as [string, string]))),
    lines.map((line) => line.replace(/( --hash.*) ;(.*)$/, ' ;$2$1')).join('\n'),
  );
  assert.equal(
    components.map(({ key, url, hashes }) => [
      key,
      url,
      hashes.map((one) => `${one.algorithm}:${one.digest}`),
    ]),
    [
      ['g', 'git+https://example.invalid/g.git#subdirectory=x', []],
      ['loose', null, []],
      ['old', null, []],
      ['six', null, ['sha256:ab01', 'sha512:cd']],
    ],
  );
});

test.run();
