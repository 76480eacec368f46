import * as fs from 'node:fs';
import * as path from 'node:path';
import * as ts from 'typescript';

/** The files of a folder that each of its files imports, by their paths in it without `.ts`. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** The imports of one file: `import`, `import type`, `export … from`, `import()` and `require()`. */
const specifiersOf = (text: string): readonly string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);

/** @param folder absolute path */
export const importsIn = (folder: string): Imports => {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.replace(/\.ts$/, '').split(path.sep).join('/'));
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const imported = specifiersOf(fs.readFileSync(path.join(folder, `${file}.ts`), 'utf8'))
        .filter((name) => name.startsWith('.'))
        .map((name) => path.posix.join(path.posix.dirname(file), name))
        .filter((name) => known.has(name));
      return [file, [...new Set(imported)]] as const;
    }),
  );
};

/** A circle of files, each of which imports the next; undefined where there is none. */
export const circleIn = (imports: Imports): readonly string[] | undefined => {
  const done = new Set<string>();
  const circleFrom = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of imports.get(file) ?? []) {
      const found = circleFrom(next, [...way, file]);
      if (found !== undefined) return found;
    }
    done.add(file);
    return undefined;
  };
  for (const file of imports.keys()) {
    const found = circleFrom(file, []);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The room of a file: its folder. */
export const roomOf = (file: string): string => path.posix.dirname(file);

/**
 * The imports that run up, and the rooms that have no place in the order.
 *
 * @param order rooms, each of which may import those before it
 */
export const wrongArrows = (imports: Imports, order: readonly string[]): readonly string[] => {
  const floor = new Map(order.map((room, index) => [room, index]));
  const missing = [...new Set([...imports.keys()].map(roomOf))].filter((room) => !floor.has(room));
  const up = [...imports].flatMap(([file, imported]) =>
    imported
      .filter((other) => (floor.get(roomOf(other)) ?? 0) > (floor.get(roomOf(file)) ?? 0))
      .map((other) => `${file} imports ${other}, which lies in a room above`),
  );
  return [...missing.map((room) => `${room} is not in the list of rooms`), ...up];
};
