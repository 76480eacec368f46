import * as fs from 'node:fs';
import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hasLocalIndex, localContent, refreshOption } from '../../../src/exec/local-packages/local-content';
import { localLinks } from '../../../src/exec/local-packages/page-links';
import { sha256 } from '../../../src/plan/values/hash';
import { folderOf, makePipe } from '../support/requests';

const test = suite('what local places of a value hold');

const HOME = '/nowhere/home';

/** Whether a change to the files of a place changes what is said of a value. */
const notices = (value: string, change: () => void, home = HOME): boolean => {
  const before = localContent(value, home);
  change();
  return JSON.stringify(before) !== JSON.stringify(localContent(value, home));
};

/** What tells one file from another that takes its place, beside its size and time. */
const changed = (file: string): string => {
  const { ctimeMs, ino } = fs.statSync(file);
  return `${ctimeMs} ${ino}`;
};

test('a place counts however a list names it', () => {
  const root = folderOf({ 'f l/a.whl': '1', 'g/a.whl': '1' });
  const folder = path.join(root, 'f l');
  let size = 1;
  const change = (): void => fs.writeFileSync(path.join(folder, 'a.whl'), 'x'.repeat((size += 1)));
  const values = [
    folder,
    `${folder},${root}/g`,
    `${root}/g , ${folder}`,
    pathToFileURL(folder).href,
    `https://h/simple ${pathToFileURL(folder).href}`,
    `name=${pathToFileURL(folder).href}`,
    `file:${folder}`,
  ];
  for (const value of values) assert.ok(notices(value, change), value);
  assert.ok(notices('/x ~/w', () => fs.writeFileSync(path.join(root, 'w'), '2'), root));
  assert.equal(localContent('https://h/simple ~', '/nowhere'), []);
});

test('each entry counts by itself, also one that cannot be read', () => {
  const root = folderOf({ 'f/b.whl': '1', 'real/c.whl': '1' });
  fs.symlinkSync('nowhere', path.join(root, 'f/a'));
  fs.symlinkSync('../real', path.join(root, 'f/linked'));
  fs.symlinkSync('..', path.join(root, 'f/up'));
  fs.utimesSync(path.join(root, 'f/b.whl'), 1, 1);
  fs.utimesSync(path.join(root, 'real/c.whl'), 1, 1);
  const folder = path.join(root, 'f');
  const lines = localContent(folder, HOME) ?? [];
  assert.equal(lines.slice(0, 5), [
    folder,
    'a is not there',
    `b.whl 1 1000 ${changed(path.join(root, 'f/b.whl'))}`,
    `linked/c.whl 1 1000 ${changed(path.join(root, 'real/c.whl'))}`,
    'linked/',
  ]);
  assert.ok(lines.includes('up/f leads back'), lines.join('\n'));
});

test('a file that was replaced by one of the same size and time counts as another one', () => {
  const root = folderOf({ 'f/a.whl': '1', 'other/a.whl': '2' });
  const file = path.join(root, 'f/a.whl');
  for (const each of [file, path.join(root, 'other/a.whl')]) fs.utimesSync(each, 1, 1);
  const inPlace = (): void => {
    // The clock of a file system has ticks of some milliseconds.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    fs.writeFileSync(file, '3');
    fs.utimesSync(file, 1, 1);
  };
  assert.ok(
    notices(`file://${root}/f`, () => fs.renameSync(path.join(root, 'other/a.whl'), file)),
    'another file',
  );
  assert.ok(notices(`file://${root}/f`, inPlace), 'the same file');
  assert.not(
    notices(`file://${root}/f`, () => fs.readFileSync(file)),
    'a file that was read',
  );
});

test('a page counts by its content and by what it links to', () => {
  const root = folderOf({ 'page.html': '<a href="files/x.whl">x</a>', 'files/x.whl': '1' });
  const page = path.join(root, 'page.html');
  const target = path.join(root, 'files/x.whl');
  fs.utimesSync(target, 1, 1);
  assert.equal(localContent(page, HOME), [
    page,
    sha256('<a href="files/x.whl">x</a>'),
    `${target} 1 1000 ${changed(target)}`,
    `${target}.metadata is not there`,
  ]);
  const index = folderOf({ 'corp/index.html': `<a href="${pathToFileURL(target).href}">x</a>` });
  assert.ok(notices(index, () => fs.writeFileSync(target, '22')));
});

test('what cannot be known is not said', () => {
  assert.is(localContent('~other/w', HOME), undefined);
  const folder = folderOf({ 'corp/index.html': '<a href="file://host/x.whl">x</a>' });
  assert.is(localContent(folder, HOME), undefined);
  const pipe = folderOf({});
  makePipe(path.join(pipe, 'p'));
  assert.is(localContent(path.join(pipe, 'p'), HOME), undefined);
});

test('the links of a page to distributions on this machine', () => {
  const linked = (html: string) => localLinks(html, '/i/corp/index.html').map(({ target }) => target);
  assert.equal(linked('<a href="../../f/x.whl#sha256=1">'), ['/f/x.whl']);
  assert.equal(linked("<A data-x='1'\nHREF = '&#46;./x%20y.tar.gz'>"), ['/i/x y.tar.gz']);
  assert.equal(linked('<a href=x.zip>'), ['/i/corp/x.zip']);
  assert.equal(linked('<base href="file:///b/"><a href="x.whl"><a href="/y.whl">'), ['/b/x.whl', '/y.whl']);
  assert.equal(linked('<base href="https://h/"><a href="x.whl">'), []);
  assert.equal(
    linked('<a href="../"><link href="/a.css"><a href="https://h/x.whl"><a href="//h:x/y.whl">'),
    [],
  );
  assert.equal(linked('<a href="/folder#egg=corp">'), ['/folder']);
  assert.equal(linked('<a href="file://host/x.whl">'), [undefined]);
});

test('whether an installer finds a place of this machine', () => {
  const folder = folderOf({});
  assert.is(hasLocalIndex({ UV_FIND_LINKS: `/nowhere,${folder}` }), true);
  assert.is(hasLocalIndex({ UV_INDEX: pathToFileURL(folder).href }), true);
  assert.is(hasLocalIndex({ UV_FIND_LINKS: '/nowhere', UV_CACHE_DIR: folder, UV_INDEX: 'https://h' }), false);
});

test('the option by which uv looks at such a place again, also offline', () => {
  const UV_FIND_LINKS = folderOf({});
  assert.equal(refreshOption({ UV_FIND_LINKS }), ['--refresh']);
  assert.equal(refreshOption({ UV_FIND_LINKS, UV_OFFLINE: '0' }), ['--refresh']);
  assert.equal(refreshOption({ UV_FIND_LINKS, UV_OFFLINE: 'true' }), ['--reinstall']);
  assert.equal(refreshOption({ UV_OFFLINE: '1' }), []);
});

test.run();
