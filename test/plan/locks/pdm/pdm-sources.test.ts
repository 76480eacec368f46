import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pdmSourceOf, pdmSources } from '../../../../src/plan/locks/pdm/pdm-sources';

const test = suite('indexes of a PDM project');

const CORP = 'https://${USER}:${TOKEN}@c.example/simple';
const corp = { name: 'corp', url: CORP };
const of = (name: string, source: readonly object[], files: readonly string[] = []) => {
  const { url, others } = pdmSourceOf(name, pdmSources({ tool: { pdm: { source } } }), files);
  return [url, ...(others ?? [])];
};

test('PyPI, or what has its name', () => {
  assert.equal(of('six', []), [null]);
  assert.equal(of('six', [{ name: 'pypi', url: 'https://p.example' }]), ['https://p.example']);
  assert.equal(of('six', [{ name: 'links', url: 'https://l.example', type: 'find_links' }]), [null]);
});

test('where nothing says which, all are asked', () => {
  assert.equal(of('six', [corp]), [null, CORP]);
  assert.equal(of('six', [corp, { name: 'pypi', url: 'https://p.example' }]), ['https://p.example', CORP]);
});

test('packages that an index includes come from it, and those that it excludes do not', () => {
  const only = { ...corp, include_packages: ['corp-*'], exclude_packages: ['*'] };
  assert.equal(of('Corp_Core', [only]), [CORP]);
  assert.equal(of('six', [only]), [null]);
  assert.equal(of('corpcore', [only]), [null]);
});

test('the URLs of the files tell which it was', () => {
  assert.equal(of('a', [corp], ['https://c.example/files/a.whl']), [CORP]);
  assert.equal(of('a', [corp], ['https://files.pythonhosted.org/a.whl']), [null]);
  assert.equal(of('a', [corp], ['https://cdn.example/a.whl']), [null, CORP]);
});

test.run();
