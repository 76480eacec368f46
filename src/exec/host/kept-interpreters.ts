import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Values } from '../../plan/variables/installer-environment';
import { homeOf } from '../files/home';
import { namesIn } from '../files/names-in';
import { likelyPython } from '../machine/uv-python';

/** With more records than this, asking a Python takes less time than a search. */
const MOST_RECORDS = 500;

/** uv's cache of this user (uv's reference, "Cache directory"). */
const cacheOf = (own: Values, platform: NodeJS.Platform): string =>
  own['UV_CACHE_DIR'] ??
  (platform === 'win32'
    ? path.join(own['LOCALAPPDATA'] ?? path.join(homeOf(own), 'AppData', 'Local'), 'uv', 'cache')
    : path.join(own['XDG_CACHE_HOME'] ?? path.join(homeOf(own), '.cache'), 'uv'));

/** A text in MessagePack, the format of the records. */
const packed = (text: string): Buffer => {
  const value = Buffer.from(text);
  return Buffer.concat([
    Buffer.from(value.length < 32 ? [0xa0 + value.length] : [0xd9, value.length]),
    value,
  ]);
};

const isList = (byte = 0): boolean => (byte >= 0x90 && byte <= 0x9f) || byte === 0xdc;

/**
 * Whether a record belongs to a Python: its path stands before the list of its modules' folders. A record of a virtual
 * environment has the path of its base Python elsewhere.
 */
const isOf = (record: Buffer, python: string): boolean => {
  const name = packed(python);
  for (let at = record.indexOf(name); at !== -1; at = record.indexOf(name, at + 1))
    if (isList(record[at + name.length])) return true;
  return false;
};

/** Absolute paths of the files in which uv keeps facts about Pythons. */
const recordsIn = (cache: string): readonly string[] =>
  namesIn(cache)
    .filter((name) => name.startsWith('interpreter-v'))
    .flatMap((bucket) =>
      namesIn(path.join(cache, bucket)).flatMap((machine) =>
        namesIn(path.join(cache, bucket, machine)).map((name) => path.join(cache, bucket, machine, name)),
      ),
    );

/**
 * Copies uv's record of its Python into a new cache, so that uv need not ask that Python again. Records of other
 * Pythons stay behind: their paths show a build where other projects are. uv itself checks that a record is up to date.
 *
 * @param own the variables of uv's other runs on this machine
 * @param target absolute path of the new cache
 */
export const takeInterpreter = (own: Values, platform: NodeJS.Platform, target: string): void => {
  const python = likelyPython(own);
  if (python === undefined) return;
  try {
    const cache = cacheOf(own, platform);
    const records = recordsIn(cache);
    if (records.length > MOST_RECORDS) return;
    for (const record of records) {
      const content = fs.readFileSync(record);
      if (!isOf(content, python)) continue;
      const copy = path.join(target, path.relative(cache, record));
      fs.mkdirSync(path.dirname(copy), { recursive: true });
      fs.writeFileSync(copy, content);
    }
  } catch {
    // uv asks the Python.
  }
};
