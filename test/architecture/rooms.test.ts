import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { temporaryFolder } from '../support/temporary';
import { circleIn, importsIn, roomOf, wrongArrows } from '../support/source-imports';

const test = suite('rooms');

const root = path.resolve(__dirname, '../..');
const imports = importsIn(path.join(root, 'src'));

/** The list of rooms in docs/architecture.md, lowest first. */
const [, list = ''] = fs
  .readFileSync(path.join(root, 'docs/architecture.md'), 'utf8')
  .split('## The rooms, lowest first');
const ROOMS = [...list.matchAll(/^\| `src\/([\w/-]+)` +\| /gm)].map(([, room = '']) => room);

const filesByRoom = new Map<string, string[]>();
for (const file of imports.keys())
  filesByRoom.set(roomOf(file), [...(filesByRoom.get(roomOf(file)) ?? []), file]);

test('no files import each other in a circle', () => {
  assert.is(circleIn(imports)?.join(' → '), undefined);
});

test('a room imports only rooms that stand before it in docs/architecture.md', () => {
  assert.equal(wrongArrows(imports, ROOMS), []);
});

test('each listed room is there, has a README.md of 5 to 20 lines and at most 25 files', () => {
  const wrong = ROOMS.flatMap((room) => {
    const files = filesByRoom.get(room)?.length ?? 0;
    const readme = path.join(root, 'src', room, 'README.md');
    const lines = fs.existsSync(readme) ? fs.readFileSync(readme, 'utf8').trimEnd().split('\n').length : 0;
    return [
      ...(files === 0 || files > 25 ? [`${room} has ${files} files`] : []),
      ...(lines < 5 || lines > 20 ? [`${room}/README.md has ${lines} lines`] : []),
    ];
  });
  assert.equal(wrong, []);
});

/** A paragraph in lines of at most 120 characters. */
const wrapped = (text: string): string =>
  text
    .split(' ')
    .reduce<readonly string[]>((lines, word) => {
      const last = lines.at(-1);
      return last === undefined || last.length + 1 + word.length > 120
        ? [...lines, word]
        : [...lines.slice(0, -1), `${last} ${word}`];
    }, [])
    .join('\n');

/** The room's imports as its README.md says them: `plan` (values, model), `exec` (files). */
const importedRooms = (room: string): string => {
  const names = new Set(
    (filesByRoom.get(room) ?? []).flatMap((file) => (imports.get(file) ?? []).map(roomOf)),
  );
  const among = ROOMS.filter((other) => other !== room && names.has(other));
  const tops = ['plan', 'exec', 'construct'].flatMap((top) => {
    const rooms = among.filter((other) => other === top || other.startsWith(`${top}/`));
    const inner = rooms.map((other) => (other === top ? 'its own files' : other.slice(top.length + 1)));
    return rooms.length === 0 ? [] : [`\`${top}\` (${inner.join(', ')})`];
  });
  return tops.length === 0 ? 'no other room.' : `${tops.join(', ')}.`;
};

test('each README.md names the rooms that its room imports, and only files that are there', () => {
  const wrong = ROOMS.flatMap((room) => {
    const file = path.join(root, 'src', room, 'README.md');
    const text = fs.readFileSync(file, 'utf8');
    const written = /^Imports: ([^]*?)\n\n/m.exec(text)?.[0] ?? '';
    const right = wrapped(`Imports: ${importedRooms(room)}`);
    if (process.env['UPDATE_DOCS'] === '1' && written !== '')
      fs.writeFileSync(file, text.replace(written, `${right}\n\n`));
    const gone = [...text.matchAll(/`([\w./-]+\.ts|[\w./-]*\bpython\/\w+\.py)`|\]\(([\w./-]+\.ts)\)/g)]
      .map(([, inText, inLink]) => inText ?? inLink ?? '')
      .filter(
        (name) =>
          ![path.dirname(file), path.join(root, 'src'), root].some((from) =>
            fs.existsSync(path.join(from, name)),
          ),
      );
    return [
      ...(written.trimEnd() === right ? [] : [`${room}/README.md: ${right}`]),
      ...gone.map((name) => `${room}/README.md names ${name}, which is not there`),
    ];
  });
  assert.equal(wrong, []);
});

test('rooms lie at most two levels below src/plan and src/exec', () => {
  assert.equal(
    ROOMS.filter((room) => room.split('/').length > 3),
    [],
  );
});

test('a circle, an arrow that runs up and an unlisted room are found', () => {
  const circle = new Map([
    ['a/x', ['b/y']],
    ['b/y', ['b/z']],
    ['b/z', ['a/x']],
  ]);
  assert.equal(circleIn(circle), ['a/x', 'b/y', 'b/z', 'a/x']);
  assert.equal(wrongArrows(circle, ['a']), ['b is not in the list of rooms']);
  assert.equal(wrongArrows(circle, ['a', 'b']), ['a/x imports b/y, which lies in a room above']);
});

test('all forms of imports count', () => {
  const folder = temporaryFolder('imports-');
  const text =
    "import type { A } from './a';\nexport { b } from './b';\nconst c = require('./c');\nconst d = () => import('./d');\n";
  fs.writeFileSync(path.join(folder, 'index.ts'), text);
  for (const name of ['a', 'b', 'c', 'd']) fs.writeFileSync(path.join(folder, `${name}.ts`), '');
  assert.equal([...(importsIn(folder).get('index') ?? [])].sort(), ['a', 'b', 'c', 'd']);
});

test.run();
