import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { unpack } from './unpack';

/** A secret like no other text; in it are letters that URLs write otherwise. */
export const CANARY = 'kan4ry/7Qx+9Vz=w3';

/** A secret of its own for what is named, with the same text in it. */
export const canaryFor = (name: string): string => `${name}-${CANARY}`;

/** Base64 of a text that begins at any of the three places of a group of letters, without what its neighbours decide. */
const inBase64 = [0, 1, 2].map((before) => {
  const encoded = Buffer.from(`${'x'.repeat(before)}${CANARY}`)
    .toString('base64')
    .replace(/=+$/, '');
  return encoded.slice(before === 0 ? 0 : before + 1, -2);
});

/** How it may be written: as it is, in a URL, in a header, in hexadecimal; a part is a trace as well. */
const SPELLINGS: readonly string[] = [
  CANARY,
  encodeURIComponent(CANARY),
  encodeURIComponent(CANARY).replace(/%../g, (code) => code.toLowerCase()),
  ...inBase64,
  Buffer.from(CANARY).toString('hex'),
  'kan4ry',
];

/** The secret as a text has it, each with what is around it. */
export const tracesIn = (text: string): readonly string[] =>
  SPELLINGS.flatMap((spelling) => {
    const at = text.indexOf(spelling);
    return at === -1 ? [] : [text.slice(Math.max(0, at - 60), at + 60)];
  });

/** All files below a folder, and what is in its zips, by their paths. */
const contents = function* (folder: string): Generator<readonly [string, Buffer]> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink() || !entry.isFile()) continue;
    const content = readFileSync(file);
    yield [file, content];
    if (content.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') yield* contents(unpack(file));
  }
};

/** The traces in the names and the content of all files below a folder, also of those in zips. */
export const tracesBelow = (folder: string): readonly string[] =>
  [...contents(folder)].flatMap(([file, content]) =>
    tracesIn(`${file}\n${content.toString('latin1')}`).map((trace) => `${file}: ${trace}`),
  );
