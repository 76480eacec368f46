import * as path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decoded, mappingUrl, originalSources, pathsOf } from '../../../src/construct/request/source-map';
import type { Files } from '../../../src/construct/request/source-map';

const folder = path.resolve('/app/dist');
const app = (file: string): string => path.resolve('/app', file);
const js = path.join(folder, 'stack.js');

/** Files that are nowhere but here; what is asked for is noted. */
const memory = (texts: Readonly<Record<string, string>>): Files & { readonly reads: string[] } => {
  const reads: string[] = [];
  const contents = new Map(Object.entries(texts).map(([file, text]) => [app(file), text]));
  return {
    reads,
    exists: (file) => contents.has(file),
    read: (file) => {
      reads.push(file);
      const text = contents.get(file);
      if (text === undefined) throw new Error(`ENOENT: ${file}`);
      return text;
    },
  };
};

/** Line 1 comes from the first source up to column 8, from there on from the second. */
const twoSources = { version: 3, names: [], mappings: 'AAAA,QCAA' };
const oneSource = { version: 3, names: [], mappings: 'AAAA' };
const external = (map: unknown): Readonly<Record<string, string>> => ({
  'dist/stack.js': '//# sourceMappingURL=stack.js.map\n',
  'dist/stack.js.map': typeof map === 'string' ? map : JSON.stringify(map),
});
const original = (
  texts: Readonly<Record<string, string>>,
  column = 1,
  line = 1,
  file = js,
): string | undefined => originalSources(memory(texts))({ file, line, column });

test('the last mapping comment of a file counts, to the end of its line', () => {
  const comment = '//# sourceMappingURL=';
  assert.is(
    mappingUrl(`${comment}a.map\nconst b = '${comment}b.map';\n${comment}my app.map \r\n//`),
    'my app.map',
  );
  assert.is(mappingUrl('const a = 1;\n'), undefined);
});

test('percent signs that encode nothing stay', () => {
  assert.is(decoded('a%20b'), 'a b');
  assert.is(decoded('100% sure'), '100% sure');
});

test('a relative URL is read decoded and as it is', () => {
  assert.equal(pathsOf('../src/stack.ts', folder), [app('src/stack.ts')]);
  assert.equal(pathsOf('../100%25 sure/a.ts', folder), [app('100% sure/a.ts'), app('100%25 sure/a.ts')]);
  assert.equal(pathsOf('../100% sure/a.ts', folder), [app('100% sure/a.ts')]);
  assert.equal(pathsOf('/elsewhere/a.ts', folder), [path.resolve('/elsewhere/a.ts')]);
});

test('a file URL is one path, and other URLs are none', () => {
  assert.equal(pathsOf('file:///app/100%2525%20sure/a.ts?v=1', folder), ['/app/100%25 sure/a.ts']);
  assert.equal(pathsOf('file:///app/a%2Fb.ts', folder), []);
  assert.equal(pathsOf('file://server/share/a.ts', folder), []);
  assert.equal(pathsOf('webpack://app/./src/stack.ts', folder), []);
  assert.equal(pathsOf('https://example.com/stack.ts', folder), []);
});

test("the source is that of the frame's own column", () => {
  const texts = external({ ...twoSources, sources: ['../src/a.ts', '../src/b.ts'] });
  assert.is(original(texts, 1), app('src/a.ts'));
  assert.is(original(texts, 8), app('src/a.ts'));
  assert.is(original(texts, 9), app('src/b.ts'));
});

test("the source is that of the frame's own line", () => {
  const texts = external({ ...oneSource, mappings: 'AAAA;ACAA', sources: ['a.ts', 'b.ts'] });
  assert.is(original(texts, 1, 1), app('dist/a.ts'));
  assert.is(original(texts, 1, 2), app('dist/b.ts'));
});

test('a map may be in the file itself, as base64 or percent-encoded', () => {
  const map = JSON.stringify({ ...oneSource, sources: ['../src/ä, b.ts'] });
  const base64 = Buffer.from(map).toString('base64');
  for (const url of [
    `data:application/json;base64,${base64}`,
    `data:application/json;charset=utf-8;base64,${base64}`,
    `data:application/json,${encodeURIComponent(map)}`,
  ]) {
    assert.is(original({ 'dist/stack.js': `//# sourceMappingURL=${url}` }), app('src/ä, b.ts'));
  }
});

test('sources are relative to the map, not to the file', () => {
  const comment = '//# sourceMappingURL=../maps/my%20stack.js.map';
  const map = JSON.stringify({ ...oneSource, sources: ['stack.ts'] });
  assert.is(original({ 'dist/stack.js': comment, 'maps/my stack.js.map': map }), app('maps/stack.ts'));
  assert.is(original({ 'dist/stack.js': comment, 'maps/my%20stack.js.map': map }), app('maps/stack.ts'));
});

test('sourceRoot goes before relative sources only', () => {
  const of = (sourceRoot: string | null, source: string): string | undefined =>
    original(external({ ...oneSource, sourceRoot, sources: [source] }));
  assert.is(of('../src', 'stack.ts'), app('src/stack.ts'));
  assert.is(of('../src/', 'stack.ts'), app('src/stack.ts'));
  assert.is(of('/elsewhere', 'stack.ts'), path.resolve('/elsewhere/stack.ts'));
  assert.is(of('file:///my%20app/src', 'stack.ts'), '/my app/src/stack.ts');
  assert.is(of('../src', '/elsewhere/stack.ts'), path.resolve('/elsewhere/stack.ts'));
  assert.is(of('../src', 'file:///elsewhere/stack.ts'), '/elsewhere/stack.ts');
  assert.is(of('', 'stack.ts'), app('dist/stack.ts'));
  assert.is(of(null, 'stack.ts'), app('dist/stack.ts'));
});

test('each section of an index map has its own sources and root', () => {
  const section = (line: number, sourceRoot: string): unknown => ({
    offset: { line, column: 0 },
    map: { ...oneSource, sourceRoot, sources: ['stack.ts'] },
  });
  const texts = external({ version: 3, sections: [section(0, '../one'), section(4, '../two')] });
  assert.is(original(texts, 1, 1), app('one/stack.ts'));
  assert.is(original(texts, 1, 5), app('two/stack.ts'));
});

test('of two readings of a source the one that exists is taken, else the decoded one', () => {
  const texts = external({ ...oneSource, sources: ['../100%25 sure/stack.ts'] });
  assert.is(original(texts), app('100% sure/stack.ts'));
  assert.is(original({ ...texts, '100%25 sure/stack.ts': '' }), app('100%25 sure/stack.ts'));
  assert.is(
    original({ ...texts, '100%25 sure/stack.ts': '', '100% sure/stack.ts': '' }),
    app('100% sure/stack.ts'),
  );
});

test('a map that cannot be read is the same as none', () => {
  const sources = ['../src/stack.ts'];
  const bad: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'no file': {},
    'no comment': { 'dist/stack.js': 'const a = 1;' },
    'no map': { 'dist/stack.js': '//# sourceMappingURL=stack.js.map' },
    'a map on the network': { 'dist/stack.js': '//# sourceMappingURL=https://example.com/stack.js.map' },
    'a data URL without data': { 'dist/stack.js': '//# sourceMappingURL=data:application/json;base64' },
    'a malformed data URL': { 'dist/stack.js': '//# sourceMappingURL=data:application/json,%7' },
    'no JSON': external('<html>'),
    null: external('null'),
    'an empty object': external({}),
    'no mappings': external({ version: 3, sources }),
    'sources that are no list': external({ ...oneSource, sources: 'stack.ts' }),
    'a source that is null': external({ ...oneSource, sources: [null] }),
    'a source that is missing': external({ ...oneSource, sources: [] }),
    'a source of webpack': external({ ...oneSource, sources: ['webpack:///./src/stack.ts'] }),
    'code that comes from no source': external({ ...oneSource, mappings: 'A,QAAA', sources }),
    'code before the first mapping': external({ ...oneSource, mappings: ';;AAAA', sources }),
    'sections that are no list': external({ version: 3, sections: {} }),
  };
  for (const [name, texts] of Object.entries(bad)) assert.is(original(texts), undefined, name);
});

test('only JavaScript has a map', () => {
  for (const extension of ['js', 'cjs', 'mjs', 'ts', 'tsx', 'mts', 'cts', 'jsx', 'py']) {
    const map = JSON.stringify({ ...oneSource, sources: ['a.ts'] });
    const name = `dist/stack.${extension}`;
    const files = memory({ [name]: `//# sourceMappingURL=data:application/json,${map}` });
    const isJavaScript = ['js', 'cjs', 'mjs'].includes(extension);
    const found = originalSources(files)({ file: app(name), line: 1, column: 1 });
    assert.is(found, isJavaScript ? app('dist/a.ts') : undefined, extension);
    assert.equal(files.reads, isJavaScript ? [app(name)] : [], extension);
  }
});

test('a file and its map are read once, whether they can be used or not', () => {
  const good = memory(external({ ...twoSources, sources: ['a.ts', 'b.ts'] }));
  const bad = memory(external('<html>'));
  for (const files of [good, bad]) {
    const originalOf = originalSources(files);
    for (const column of [1, 9, 1]) originalOf({ file: js, line: 1, column });
    assert.equal(files.reads, [js, `${js}.map`]);
  }
});

test.run();
