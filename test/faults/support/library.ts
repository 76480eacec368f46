import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as assert from 'uvu/assert';
import { repository } from '../../support/consumer';
import { temporaryFolder } from '../../support/temporary';

/** A change of a built file: what is there once, and what is there instead. */
type Edit = readonly [file: string, from: string, to: string];

/** A newer version of this package, which differs in what is said; answers its folder. */
export const newerLibrary = (...edits: readonly Edit[]): string => {
  const folder = temporaryFolder();
  cpSync(path.join(repository, 'lib'), path.join(folder, 'lib'), { recursive: true });
  symlinkSync(path.join(repository, 'node_modules'), path.join(folder, 'node_modules'));
  const manifest = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as object;
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, version: '99.0.0' }));
  for (const [name, from, to] of edits) {
    const file = path.join(folder, 'lib', name);
    const text = readFileSync(file, 'utf8');
    assert.is(text.split(from).length, 2, `${name} says "${from}" once`);
    writeFileSync(
      file,
      text.replace(from, () => to),
    );
  }
  return folder;
};

/** One whose store has another layout. */
export const otherLayout = (): string =>
  newerLibrary(['exec/store/store-layout.js', "exports.LAYOUT = 'v4';", "exports.LAYOUT = 'v5';"]);

/** One that writes another list of a part's files, and reads no other, but has forgotten to say so in the layout. */
export const otherFormat = (): string =>
  newerLibrary(
    [
      'exec/store/part.js',
      'bytes: (codecs_1()).Natural,',
      'format: t.literal(2), bytes: (codecs_1()).Natural,',
    ],
    [
      'exec/store/part.js',
      'JSON.stringify({ bytes, ...record })',
      'JSON.stringify({ bytes, format: 2, ...record })',
    ],
  );
