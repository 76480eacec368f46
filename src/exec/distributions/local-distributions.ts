import * as fs from 'node:fs';
import * as path from 'node:path';
import { byText, sha256 } from '../../plan/values/hash';
import type { LocalPart } from '../../plan/parts/local-part';
import { normalizeName } from '../../plan/packaging/requirement/package-name';
import { clashesIn } from './clashes';
import type { InstalledDistribution } from './recorded-files';
import { installedDistributions } from './recorded-files';
import { textOf } from '../files/requirement-texts';

/** The owners of the files of a tree. */
export interface Ownership {
  /** Whether a file belongs to a local package. */
  readonly isOf: (part: LocalPart, file: string) => boolean;
  /** Whether a file belongs to something else. */
  readonly isOther: (file: string) => boolean;
}

const NATIVE = /\.(so|pyd|dylib)(\.|$)/;

/**
 * Separates the files of local packages from the other modules; undefined if that is not possible, or if a package has
 * native code, which is only checked together with the libraries beside it.
 */
export const ownershipOf = (tree: string, parts: readonly LocalPart[]): Ownership | undefined => {
  const distributions = installedDistributions(tree);
  if (clashesIn(tree, []).length > 0) return undefined;
  const own = new Map<string, Set<string>>();
  for (const part of parts) {
    const [found, ...more] = distributions.filter(({ name }) => normalizeName(name) === part.name);
    if (found === undefined || more.length > 0 || found.files.length === 0) return undefined;
    if (found.files.some((file) => NATIVE.test(file))) return undefined;
    own.set(part.name, filesOf(tree, found));
  }
  const locals = new Set([...own.values()].flatMap((files) => [...files]));
  const others = new Set(
    distributions
      .filter(({ name }) => !own.has(normalizeName(name)))
      .flatMap((distribution) => [...filesOf(tree, distribution)]),
  );
  return {
    isOf: ({ name }, file) => own.get(name)?.has(file) === true,
    isOther: (file) => others.has(file) || !locals.has(file),
  };
};

/** The files that a distribution lists, and its metadata, which it need not list. */
const filesOf = (tree: string, { folder, files }: InstalledDistribution): Set<string> =>
  new Set([
    ...files,
    ...fs
      .readdirSync(path.join(tree, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.split(path.sep).join('/')}`),
  ]);

/**
 * A digest of the needs of local packages in some trees, by their own metadata, which their builds may have computed.
 * Their versions count if a distribution of the trees requires certain versions of them.
 */
export const needsOf = (trees: readonly string[], parts: readonly LocalPart[]): string => {
  const names = new Set(parts.map(({ name }) => name));
  const all = trees.flatMap((tree) =>
    installedDistributions(tree).map(({ name, folder }) => ({
      name: normalizeName(name),
      lines: headersOf(path.join(tree, folder, 'METADATA')),
    })),
  );
  const versioned = new Set(all.flatMap(({ lines }) => lines.flatMap(askedVersion)));
  const counted = (name: string) => (versioned.has(name) ? WITH_VERSION : COUNTS);
  const needs = all
    .filter(({ name }) => names.has(name))
    .map(({ name, lines }) => ({
      name,
      lines: lines.filter((line) => counted(name).test(line)).sort(byText),
    }))
    .sort((a, b) => byText(a.name, b.name));
  return sha256(JSON.stringify(needs.map(({ name, lines }) => [name, lines])));
};

const COUNTS = /^(Name|Requires-Dist|Provides-Extra|Requires-Python):/i;
const WITH_VERSION = /^(Name|Version|Requires-Dist|Provides-Extra|Requires-Python):/i;

/** The distribution of which a line requires certain versions. */
const askedVersion = (line: string): readonly string[] => {
  const [, name] = /^Requires-Dist:\s*([\w.-]+)\s*(?:\[[^\]]*\]\s*)?\(?\s*[<>=!~]/i.exec(line) ?? [];
  return name === undefined ? [] : [normalizeName(name)];
};

const headersOf = (file: string): readonly string[] =>
  (textOf(file).split(/\r?\n\r?\n/)[0] ?? '').split(/\r?\n/);
