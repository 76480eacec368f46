import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseRequirement } from '../../../../src/plan/packaging/requirement/requirement';
import type { Section } from '../../../../src/plan/packaging/project/uv-sources';
import { applySources } from '../../../../src/plan/packaging/project/uv-sources';

const test = suite('uv sources');

const NOWHERE: Section = { extra: null, group: null };

const apply = (source: unknown, text = 'My_Lib[x]>=1', section = NOWHERE): unknown => {
  const parsed = parseRequirement(text);
  if (parsed._tag === 'Left') throw new Error(parsed.left);
  return applySources({ tool: { uv: { sources: { 'my.lib': source } } } }, parsed.right, section);
};

const text = (value: string) => [{ _tag: 'Text', text: value }];

const fetched = (value: string) => [{ _tag: 'Fetched', text: value }];

const indexed = (index: string, name: string, value: string) => [
  { _tag: 'Indexed', text: value, name, index },
];

test('Git repositories, URLs and indexes become requirements', () => {
  const git = 'https://host.example/r';
  assert.equal(apply({ git }), fetched(`My_Lib[x] @ git+${git}`));
  assert.equal(apply({ git: `git+${git}`, rev: 'c0ffee' }), fetched(`My_Lib[x] @ git+${git}@c0ffee`));
  assert.equal(
    apply({ git, branch: 'main', subdirectory: 's' }),
    fetched(`My_Lib[x] @ git+${git}@main#subdirectory=s`),
  );
  assert.equal(apply({ git, tag: 'v1' }), fetched(`My_Lib[x] @ git+${git}@v1`));
  assert.equal(
    apply({ url: 'https://host.example/a.zip', subdirectory: 's' }),
    fetched('My_Lib[x] @ https://host.example/a.zip#subdirectory=s'),
  );
  assert.equal(apply({ index: 'own' }), indexed('own', 'My_Lib', 'My_Lib[x] >=1'));
});

test('folders and members of the workspace do not', () => {
  assert.equal(apply({ path: '../lib' }, 'my-lib[x]; os_name == "posix"'), [
    { _tag: 'Local', name: 'my-lib', extras: ['x'], marker: 'os_name == "posix"', path: '../lib' },
  ]);
  assert.equal(apply({ workspace: true }), [
    { _tag: 'Workspace', name: 'My_Lib', extras: ['x'], marker: null },
  ]);
});

test('a source may be meant for an extra or a group', () => {
  const source = [
    { path: 'a', extra: 'One_X' },
    { path: 'b', group: 'Two_X' },
  ];
  const local = (path: string) => [{ _tag: 'Local', name: 'My_Lib', extras: ['x'], marker: null, path }];
  assert.equal(apply(source), text('My_Lib[x] >=1'));
  assert.equal(apply(source, undefined, { extra: 'one-x', group: null }), local('a'));
  assert.equal(apply(source, undefined, { extra: null, group: 'two-x' }), local('b'));
});

test('a requirement that has a URL already stays as it is', () => {
  assert.equal(
    apply({ path: 'a' }, 'my-lib @ https://host.example/a.zip'),
    text('my-lib @ https://host.example/a.zip'),
  );
});

test('no other package is meant', () => {
  assert.equal(apply({ path: 'a' }, 'other'), text('other'));
  assert.equal(apply('odd'), text('My_Lib[x] >=1'));
});

test('where all sources have a marker, it comes from an index elsewhere, if that can be said', () => {
  assert.equal(apply([{ path: 'a', marker: `python_version ~= '3.9'` }], 'my-lib'), [
    { _tag: 'Local', name: 'my-lib', extras: [], marker: `python_version ~= '3.9'`, path: 'a' },
  ]);
  assert.equal(apply([{ index: 'a', marker: `os_name == 'nt'` }, { index: 'b' }], 'my-lib'), [
    ...indexed('a', 'my-lib', `my-lib ; os_name == 'nt'`),
    ...indexed('b', 'my-lib', 'my-lib'),
  ]);
});

test.run();
