import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { partsOf, pathsOfPart } from '../../../../src/plan/packaging/local/named-places';

const test = suite('places that a value names');

test('the parts of a list as pip and as uv write it, and the value as a whole', () => {
  assert.equal(partsOf(''), []);
  assert.equal(partsOf(' /a '), ['/a']);
  assert.equal(partsOf('/f l,/g'), ['/f', 'l', '/g', 'l,/g', '/f l', '/f l,/g']);
  assert.equal(partsOf('own=file:///a name=/b x=https://h'), [
    'file:///a',
    '/b',
    'x=https://h',
    'file:///a name=/b x=https://h',
  ]);
});

test('paths, with the user’s home as pip writes it', () => {
  const paths = (part: string, home = '/home/me') => pathsOfPart(part, home);
  assert.equal(paths('/a'), ['/a']);
  assert.equal(paths('C:\\a'), ['C:\\a']);
  assert.equal(paths('~/w'), ['/home/me/w']);
  assert.equal(paths('~'), ['/home/me']);
  assert.equal(paths('~/w', ''), []);
  assert.is(paths('~other/w'), undefined);
  for (const part of ['a', './a', 'https://h/simple', 'git+file:///a']) assert.equal(paths(part), []);
});

test('`file:` URLs, as each of the two installers reads them', () => {
  const paths = (url: string) => pathsOfPart(url, '');
  assert.equal(paths('file:///a%20b?q#f'), ['/a b']);
  assert.equal(paths('FILE://localhost/a'), ['/a']);
  assert.equal(paths('file:/a'), ['/a']);
  assert.equal(paths('file:///100% sure'), ['/100% sure', '/100%%20sure']);
  assert.equal(paths('file:///a/../b'), ['/a/../b', '/b']);
  assert.equal(paths('file:///C:/a'), ['/C:/a', 'C:/a']);
});

test.run();
