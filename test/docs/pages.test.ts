import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { OTHER_VERSION_IN_LAYER } from '../../src/construct/checks/layer-version-warnings';
import { LAYERS_CLASH } from '../../src/construct/checks/layer-clash-warnings';
import { IMPORT_NOT_FOUND } from '../../src/plan/show/import-warning';
import type { PlanWarning } from '../../src/plan/errors/plan-warning';
import { warningId } from '../../src/plan/errors/plan-warning';

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

test('links to files lead into the package', () => {
  const root = path.dirname(docs);
  const outside = pages.flatMap((page) =>
    [...fs.readFileSync(page, 'utf8').matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)]
      .map(([, link = '']) => path.relative(root, path.resolve(path.dirname(page), link)))
      .filter(
        (file) => !/^(?:docs\/|README\.md$|LICENSE$)/.test(file) || !fs.existsSync(path.join(root, file)),
      )
      .map((file) => `${path.relative(root, page)}: ${file}`),
  );
  assert.equal(outside, []);
});

/** One that the compiler asks for where there is a new kind. */
const WARNINGS: Readonly<Record<PlanWarning['_tag'], true>> = {
  DefaultRuntime: true,
  RetiredRuntime: true,
  HandlerNotDefined: true,
  RemoteInclude: true,
  DeclarationNotUsed: true,
  ComputedImport: true,
  NotPinned: true,
  BuildReadsAbove: true,
  GitNotPinned: true,
  VolumeNotCounted: true,
  UndeclaredVariable: true,
  UncountedVariable: true,
  OutputHash: true,
};

test('the table of warnings has each id that can be acknowledged', () => {
  const page = fs.readFileSync(path.join(docs, 'troubleshooting.md'), 'utf8');
  const told = [...page.matchAll(/^\| `(cdk-lambda-python:\w+)` +\|/gm)].map(([, id = '']) => id);
  const ids = Object.keys(WARNINGS).map((_tag) => warningId({ _tag } as PlanWarning));
  assert.equal([...told].sort(), [IMPORT_NOT_FOUND, LAYERS_CLASH, OTHER_VERSION_IN_LAYER, ...ids].sort());
});

test.run();
