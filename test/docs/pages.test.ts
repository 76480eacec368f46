import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const test = suite('pages of the documentation');

const root = path.resolve(__dirname, '../..');
const docs = path.join(root, 'docs');

const pages = [
  path.join(root, 'README.md'),
  ...fs
    .readdirSync(docs, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join(docs, file)),
];

/** As Git writes them, and as a formatter of Markdown leaves them. */
const CONFLICT = /^(?:<{7}|\|{7}|={7}|>{7}|(?:> ?){7}|\| ={7} )/m;

test('no page holds the marks of a merge conflict', () => {
  assert.ok(pages.length > 20, String(pages.length));
  assert.equal(
    pages.filter((page) => CONFLICT.test(fs.readFileSync(page, 'utf8'))),
    [],
  );
});

test.run();
