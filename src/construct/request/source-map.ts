import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import type { SourceMapPayload } from 'node:module';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

/** A place in a file that Node.js runs. Line and column begin at 1, as in V8. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The functions of the disk that source maps need. */
export interface Files {
  /** The file's text; throws if there is no such file. */
  readonly read: (file: string) => string;
  readonly exists: (file: string) => boolean;
}

const disk: Files = { read: (file) => readFileSync(file, 'utf8'), exists: existsSync };

/** The value, or undefined if making it throws: an unreadable map counts as no map. */
export const attempt = <A>(make: () => A): A | undefined => {
  try {
    return make();
  } catch {
    return undefined;
  }
};

/** The text after the last `//# sourceMappingURL=`; an earlier one may be in a string of bundled code. */
export const mappingUrl = (code: string): string | undefined => {
  const comment = '//# sourceMappingURL=';
  const start = code.lastIndexOf(comment);
  return start < 0 ? undefined : /^.*/.exec(code.slice(start + comment.length))?.[0].trim();
};

/** Percent-decoded; unchanged if it was not encoded (`100% sure`). */
export const decoded = (text: string): string => attempt(() => decodeURIComponent(text)) ?? text;

/**
 * The absolute paths that a URL in a map may mean, likelier one first. In a relative path, esbuild encodes `100%` as
 * `100%25`, as in URLs, and tsc does not, so both readings are given. Empty for `webpack:`, `https:` …
 */
export const pathsOf = (url: string, folder: string): readonly string[] => {
  if (/^file:/i.test(url)) return [attempt(() => fileURLToPath(url)) ?? []].flat();
  if (/^[a-z][a-z0-9+.-]+:/i.test(url)) return [];
  return [...new Set([decoded(url), url].map((relative) => path.resolve(folder, relative)))];
};

interface SimpleMap {
  readonly sourceRoot?: string;
  readonly sources: readonly (string | null)[];
}
interface IndexMap {
  readonly sections: readonly { readonly map: SimpleMap }[];
}

/** `sourceRoot` goes before a source that is not absolute (a path, or a URL with a scheme). */
const rooted = (map: SimpleMap): SimpleMap => {
  const root = (map.sourceRoot ?? '').replace(/([^/])$/, '$1/');
  const isAbsolute = (source: string): boolean => /^([a-z][a-z0-9+.-]*:|[\\/])/i.test(source);
  return {
    ...map,
    sources: map.sources.map((source) =>
      source === null || isAbsolute(source) ? source : `${root}${source}`,
    ),
  };
};

/** Node's {@link SourceMap} ignores `sourceRoot`. In an index map, each section has its own. */
const withRoots = (map: SimpleMap | IndexMap): SimpleMap | IndexMap =>
  'sections' in map
    ? { ...map, sections: map.sections.map((section) => ({ ...section, map: rooted(section.map) })) }
    : rooted(map);

const textOfData = (url: string): string => {
  const comma = url.indexOf(',');
  const body = url.slice(comma + 1);
  return url.slice(0, comma).endsWith(';base64')
    ? Buffer.from(body, 'base64').toString('utf8')
    : decodeURIComponent(body);
};

/** A map, and the folder that its sources are relative to. */
interface LocatedMap {
  readonly map: SourceMap;
  readonly folder: string;
}

const parsed = (text: string, folder: string): LocatedMap => ({
  map: new SourceMap(withRoots(JSON.parse(text) as SimpleMap | IndexMap) as unknown as SourceMapPayload),
  folder,
});

const mapOf = (file: string, { read, exists }: Files): LocatedMap | undefined => {
  const folder = path.dirname(file);
  const url = mappingUrl(read(file));
  if (url === undefined) return undefined;
  if (/^data:/i.test(url)) return parsed(textOfData(url), folder);
  const mapFile = pathsOf(url, folder).find(exists);
  return mapFile === undefined ? undefined : parsed(read(mapFile), path.dirname(mapFile));
};

/**
 * Gives the source of a place in compiled JavaScript, as far as a map has it. A file without a JavaScript extension is
 * a source itself: tsx and ts-node report their originals. Each file is read at most once.
 */
export const originalSources = (files: Files = disk): ((position: Position) => string | undefined) => {
  const maps = new Map<string, LocatedMap | undefined>();
  return ({ file, line, column }) => {
    if (!/\.[cm]?js$/.test(file)) return undefined;
    const read = (): LocatedMap | undefined => mapOf(file, files);
    if (!maps.has(file)) maps.set(file, attempt(read));
    const located = maps.get(file);
    if (located === undefined) return undefined;
    const { originalSource } = located.map.findEntry(line - 1, column - 1) as {
      originalSource?: string | null;
    };
    const candidates = originalSource ? pathsOf(originalSource, located.folder) : [];
    return candidates.find(files.exists) ?? candidates[0];
  };
};
