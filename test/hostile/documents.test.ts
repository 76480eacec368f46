import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { survey } from '../../src/exec/survey/survey';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { pointer } from '../../src/plan/values/field-error';
import { plan } from '../../src/plan/plan';
import { showPlanError } from '../../src/plan/errors/plan-error';
import { folderOf, HANDLER, requestFor } from '../exec/support/requests';
import type { Json, Path } from '../plan/support/mutations';
import { changed, isObject, valueAt, widened } from '../plan/support/mutations';
import type { RealDocument } from '../support/real-documents';
import { REAL_DOCUMENTS } from '../support/real-documents';
import { reliabilityTable } from '../support/reliability-table';

const test = suite('documents with values of any type');
const { row, run } = reliabilityTable(test, 'hostile: documents');

const VALUES: readonly Json[] = [
  ...['', '\u0000', '${A}', 'x'.repeat(20_000)],
  ...[0, 1.5, true],
  ...[[], {}, [{ a: 1 }], [1, 'x', [true]], ['x'], { name: { a: 1 } }, [{ name: [1] }]],
];

/** No text can be made of it, for it inherits no method. */
const OBJECT: Json = { a: 1 };

const NAMES = ['__proto__', 'constructor', 'toString'];

/** A folder with a function and the document, and what comes of it as its text changes. */
const reading = ({ name, files, write, value, dependencies }: RealDocument) => {
  const folder = folderOf({ 'index.py': HANDLER, ...files, [name]: write(value) });
  fs.mkdirSync(path.join(folder, '.git'));
  const request = requestFor(path.join(folder, 'index.py'), {
    executor: 'host',
    dependencies: { ...DEFAULT_DEPENDENCIES, ...dependencies },
  });
  return (changedValue: Json) => {
    const text = write(changedValue);
    // A new file: where a file is overwritten, some file systems wait for the disk.
    fs.rmSync(path.join(folder, name));
    fs.writeFileSync(path.join(folder, name), name === 'index.py' ? `${text}${HANDLER}` : text);
    return { planned: plan(request, survey(request)()), text, folder };
  };
};

/** A plan, or errors of which each says a file, and a line that it has. */
const isPlanOrError = ({ planned, folder }: ReturnType<ReturnType<typeof reading>>): void => {
  if (!isLeft(planned)) return;
  assert.ok(planned.left.length > 0);
  for (const error of planned.left) {
    const said = showPlanError(error);
    assert.not.match(said, /\[object|undefined|NaN/);
    if (!('file' in error) || typeof error.file !== 'string') throw new Error(`no file: ${said}`);
    if (!('line' in error) || typeof error.line !== 'number') continue;
    const lines = fs.readFileSync(path.resolve(folder, error.file), 'utf8').split('\n').length;
    assert.ok(error.line >= 1 && error.line <= lines, said);
  }
};

const shown = (at: Path, value: Json): string => `${pointer(at)} = ${JSON.stringify(value).slice(0, 60)}`;

const OF_ANOTHER_TYPE: readonly (readonly [string, Path, string])[] = [
  [
    'uv.lock',
    ['package', '6', 'resolution-markers', '0'],
    'uv.lock:147 cannot be read: package[6].resolution-markers[0] is not a text.',
  ],
  [
    'uv.lock',
    ['package', '6', 'wheels', '0', 'hash'],
    'uv.lock:160 cannot be read: package[6].wheels[0].hash is not a text.',
  ],
  [
    'uv.lock',
    ['package', '5', 'dependencies', '3', 'marker'],
    'uv.lock:94 cannot be read: package[5].dependencies[3].marker is not a text.',
  ],
  [
    'uv.lock',
    ['package', '6', 'dependencies'],
    'uv.lock:148 cannot be read: package[6].dependencies is not a list.',
  ],
  ['pylock.toml', ['environments', '0'], 'pylock.toml:8 cannot be read: environments[0] is not a text.'],
  [
    'pylock.toml',
    ['packages', '0', 'wheels', '0', 'hashes', 'sha256'],
    'pylock.toml:32 cannot be read: packages[0].wheels[0].hashes.sha256 is not a text.',
  ],
  [
    'poetry.lock of Poetry 1',
    ['metadata', 'content-hash'],
    'poetry.lock:429 cannot be read: metadata.content-hash is not a text.',
  ],
  [
    'poetry.lock of Poetry 2',
    ['package', '0', 'files', '0', 'hash'],
    'poetry.lock:12 cannot be read: package[0].files[0].hash is not a text.',
  ],
  [
    'poetry.lock of Poetry 2',
    ['package', '0', 'optional'],
    'poetry.lock:8 cannot be read: package[0].optional is not true or false.',
  ],
  ['pdm.lock', ['package', '0', 'groups'], 'pdm.lock:20 cannot be read: package[0].groups is not a list.'],
  [
    'pdm.lock',
    ['package', '0', 'files', '0', 'hash'],
    'pdm.lock:24 cannot be read: package[0].files[0].hash is not a text.',
  ],
  [
    'Pipfile.lock',
    ['default', 'colorama', 'hashes', '0'],
    'Pipfile.lock:18 cannot be read: default.colorama.hashes[0] is not a text.',
  ],
  [
    'Pipfile.lock',
    ['_meta', 'sources', '0', 'url'],
    'Pipfile.lock:8 cannot be read: _meta.sources[0].url is not a text.',
  ],
];

row(
  'a hash, a marker, a list or a source of a lock as a table, which a reader would take for none',
  'an error with the file, the line, the place and the type that it should have',
  async (tryCase) => {
    for (const [name, at, expected] of OF_ANOTHER_TYPE)
      await tryCase(pointer(at), () => {
        const document = REAL_DOCUMENTS[name];
        if (document === undefined) throw new Error(name);
        const { planned, folder } = reading(document)(changed(document.value, at, () => OBJECT));
        const said = isLeft(planned) ? planned.left.map(showPlanError) : [];
        assert.equal(
          said.map((each) => each.replace(`${folder}/`, '').replace(/ Fix it.*/, '')),
          [expected],
        );
      });
  },
);

for (const [name, document] of Object.entries(REAL_DOCUMENTS))
  row(
    `${name}, with each value of another type, empty, huge, or under another name`,
    'a plan, or errors with file and line',
    async (tryCase) => {
      const read = reading(document);
      const said = read(document.value).planned;
      await tryCase('as it is', () => assert.equal(isLeft(said) ? said.left.map(showPlanError) : [], []));
      for (const [index, at] of document.places.entries()) {
        if (at.length === 0) continue;
        const failures: string[] = [];
        const attempt = (what: string, value: Json): void => {
          try {
            isPlanOrError(read(value));
          } catch (error) {
            failures.push(`${what}: ${(error as Error).message}`);
          }
        };
        // Each place has half of them: that after it has the other half.
        for (const value of [OBJECT, ...VALUES.filter((_, which) => (which + index) % 2 === 0)])
          attempt(
            shown(at, value),
            changed(document.value, at, () => value),
          );
        attempt(
          `${pointer(at)} gone`,
          changed(document.value, at, () => undefined),
        );
        if (isObject(valueAt(document.value, at)))
          for (const each of NAMES) attempt(`${pointer(at)} ${each}`, widened(document.value, at, each));
        await tryCase(pointer(at), () => assert.is(failures.join('\n'), ''));
      }
    },
  );

run();
