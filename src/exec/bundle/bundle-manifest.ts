import * as t from 'io-ts';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { closed, Digest, Line, Natural, PackageName, RelativePath } from '../../plan/values/codecs';
import { byText } from '../../plan/values/hash';
import { normalizeName } from '../../plan/packaging/requirement/package-name';
import type { BundleContent } from './bundle-content';
import { allInstallers, InstallerUsed } from '../errors/installer-used';

/**
 * A file of a finished bundle.
 *
 * @since 0.1.0
 */
export interface ManifestFile {
  /** Path in the bundle, with `/`. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly mode: '644' | '755';
  /** SHA-256 of the content. */
  readonly sha256: string;
}

/**
 * A distribution that was installed.
 *
 * @since 0.1.0
 */
interface ManifestDistribution {
  /** Normalized (PEP 503). */
  readonly name: string;
  readonly version: string;
}

/**
 * The content of a finished bundle, in a file beside it: inside, it would ship. It does not depend on the place or time
 * of the run.
 *
 * @since 0.1.0
 */
export interface BundleManifest {
  readonly version: 3;
  /** The key of the content in the store: the content hash, unless the bundle also depends on this machine. */
  readonly key: string;
  /** Bytes of the bundle's zip; null for a folder. */
  readonly zip: number | null;
  /** Bytes of the bill of materials beside the bundle; null if none was requested. */
  readonly sbom: number | null;
  /** The asset hash. */
  readonly asset: string;
  /** The hash of everything that decides the bundle's content; equal to the asset hash, unless the user chose that. */
  readonly content: string;
  /** The number of files. */
  readonly count: number;
  /** Bytes of all files together. */
  readonly size: number;
  /** The resolved and installed distributions, as in their metadata folders; ordered by name. */
  readonly distributions: readonly ManifestDistribution[];
  /**
   * The programs that installed them; several if an edited local package was installed later. Empty if a command of the
   * user's did it.
   */
  readonly installers: readonly InstallerUsed[];
  /** Ordered by path, without duplicates. */
  readonly files: readonly ManifestFile[];
}

const ManifestFile: t.Type<ManifestFile> = closed(
  { path: RelativePath, size: Natural, mode: t.keyof({ '644': null, '755': null }), sha256: Digest },
  'ManifestFile',
);

const ManifestDistribution: t.Type<ManifestDistribution> = closed(
  { name: PackageName, version: Line },
  'ManifestDistribution',
);

const Shape: t.Type<BundleManifest> = closed(
  {
    version: t.literal(3),
    key: Digest,
    zip: t.union([Natural, t.null]),
    sbom: t.union([Natural, t.null]),
    asset: Digest,
    content: Digest,
    count: Natural,
    size: Natural,
    distributions: t.readonlyArray(ManifestDistribution),
    installers: t.readonlyArray(InstallerUsed),
    files: t.readonlyArray(ManifestFile),
  },
  'BundleManifest',
);

const ENDING = '.manifest.json';

/** The path of a bundle without `.zip`. */
export const withoutZip = (bundle: string): string => bundle.replace(/\.zip$/, '');

/** The path of a bundle's manifest. */
export const manifestPath = (bundle: string): string => `${withoutZip(bundle)}${ENDING}`;

/** The bundle of a manifest, without `.zip`; undefined for a file with another name. */
export const bundleOfManifest = (file: string): string | undefined =>
  file.endsWith(ENDING) ? file.slice(0, -ENDING.length) : undefined;

/** The distributions whose metadata are among the files; a package's vendored copy of another lies deeper. */
const distributionsIn = (paths: readonly string[]): readonly ManifestDistribution[] =>
  paths
    .flatMap((path): ManifestDistribution | readonly [] => {
      const [, name, version] = /^([^/-]+)-([^/]+)\.dist-info\/METADATA$/.exec(path) ?? [];
      return name === undefined || version === undefined ? [] : { name: normalizeName(name), version };
    })
    .sort((a, b) => byText(a.name, b.name));

/**
 * The manifest of a bundle that is put together from parts and its own files.
 *
 * @param zip bytes of the bundle's zip; null for a folder
 * @param key the key of the content in the store
 */
export const manifestOf = (
  { hash, output }: Pick<BundlePlan, 'hash' | 'output'>,
  { parts, own }: Pick<BundleContent, 'parts' | 'own'>,
  zip: number | null,
  key: string = hash.content,
): BundleManifest => {
  const files = [
    ...parts.flatMap((part) => part.files),
    ...own.map(({ path, content, executable, digest }) => ({
      path,
      size: content.length,
      executable,
      digest,
    })),
  ].map(({ path, size, executable, digest }): ManifestFile => ({
    path: output.prefix === '.' ? path : `${output.prefix}/${path}`,
    size,
    mode: executable ? '755' : '644',
    sha256: digest,
  }));
  return {
    version: 3,
    key,
    zip,
    sbom: null,
    asset: hash.asset,
    content: hash.content,
    count: files.length,
    size: files.reduce((sum, file) => sum + file.size, 0),
    distributions: distributionsIn(parts.flatMap((part) => part.files.map(({ path }) => path))),
    installers: allInstallers(parts.map((part) => part.installers)),
    files: files.sort((a, b) => byText(a.path, b.path)),
  };
};

/**
 * One line a file, so that any tool can compare two manifests. The fields that show whether a bundle is complete stand
 * before the files.
 */
export const manifestText = ({ files, ...manifest }: BundleManifest): string => {
  const { version, key, zip, sbom, asset, content, count, size, distributions, installers } = manifest;
  const sizes = { zip, sbom, asset, content, count, size };
  const head = JSON.stringify({ version, key, ...sizes, distributions, installers });
  const lines = files.map((file) => JSON.stringify(file)).join(',\n');
  return `${head.slice(0, -1)},"files":[\n${lines}${MANIFEST_END}`;
};

/** The text of a manifest for an asset with the same content and another hash, or with a bill of materials. */
export const withBeside = (text: string, asset: string, sbom: number | null): string =>
  text
    .replace(/"sbom":(?:\d+|null)/, `"sbom":${sbom}`)
    .replace(/"asset":"[0-9a-f]{64}"/, `"asset":"${asset}"`);

/**
 * Reads a manifest from any source; undefined for everything else.
 *
 * @since 0.1.0
 */
export const readManifest = (text: string): BundleManifest | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    if (!Shape.is(value)) return undefined;
    const { files } = value;
    const isSorted = files.every(
      ({ path }, index) => index === 0 || byText(files[index - 1]?.path ?? '', path) < 0,
    );
    const size = files.reduce((sum, file) => sum + file.size, 0);
    return isSorted && size === value.size && files.length === value.count ? value : undefined;
  } catch {
    return undefined;
  }
};

/** The end of every manifest. A truncated file, or one whose last blocks were never written, ends differently. */
export const MANIFEST_END = '\n]}\n';
