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
 * What a finished bundle holds, in a file beside it: it would ship inside. Nothing of where or when it was made.
 *
 * @since 0.1.0
 */
export interface BundleManifest {
  readonly version: 3;
  /** The key of the content in the store: the hash of the content, unless this machine has a say in it. */
  readonly key: string;
  /** Bytes of the bundle's zip; null of a folder. */
  readonly zip: number | null;
  /** Bytes of the bill of materials beside the bundle; null where none was asked for. */
  readonly sbom: number | null;
  /** The asset hash. */
  readonly asset: string;
  /** The hash of all that decides what the bundle holds; the same, unless the user chose another for the asset. */
  readonly content: string;
  /** How many files there are. */
  readonly count: number;
  /** Bytes of all files together. */
  readonly size: number;
  /** What was resolved and installed, as its metadata folders name it; ordered by name. */
  readonly distributions: readonly ManifestDistribution[];
  /** What installed them; several where an edited local package was installed later. Empty where a command of the user's did. */
  readonly installers: readonly InstallerUsed[];
  /** Ordered by path; none is there twice. */
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

/** The path of a bundle without what says that it is a zip. */
export const withoutZip = (bundle: string): string => bundle.replace(/\.zip$/, '');

/** Where the manifest of a bundle lies. */
export const manifestPath = (bundle: string): string => `${withoutZip(bundle)}${ENDING}`;

/** The bundle of a manifest, without what says that it is a zip; undefined for a file that is called otherwise. */
export const bundleOfManifest = (file: string): string | undefined =>
  file.endsWith(ENDING) ? file.slice(0, -ENDING.length) : undefined;

/** The distributions whose metadata are among files; a copy that a package has of another lies deeper. */
const distributionsIn = (paths: readonly string[]): readonly ManifestDistribution[] =>
  paths
    .flatMap((path): ManifestDistribution | readonly [] => {
      const [, name, version] = /^([^/-]+)-([^/]+)\.dist-info\/METADATA$/.exec(path) ?? [];
      return name === undefined || version === undefined ? [] : { name: normalizeName(name), version };
    })
    .sort((a, b) => byText(a.name, b.name));

/**
 * What a bundle that is put together from parts and files of its own will hold.
 *
 * @param zip bytes of the bundle's zip; null of a folder
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

/** A file a line, so that any tool can compare two manifests. What tells whether a bundle is whole stands before them. */
export const manifestText = ({ files, ...manifest }: BundleManifest): string => {
  const { version, key, zip, sbom, asset, content, count, size, distributions, installers } = manifest;
  const sizes = { zip, sbom, asset, content, count, size };
  const head = JSON.stringify({ version, key, ...sizes, distributions, installers });
  const lines = files.map((file) => JSON.stringify(file)).join(',\n');
  return `${head.slice(0, -1)},"files":[\n${lines}${MANIFEST_END}`;
};

/** The text of a manifest, as that of an asset with the same content and another hash, or with a bill of materials. */
export const withBeside = (text: string, asset: string, sbom: number | null): string =>
  text
    .replace(/"sbom":(?:\d+|null)/, `"sbom":${sbom}`)
    .replace(/"asset":"[0-9a-f]{64}"/, `"asset":"${asset}"`);

/**
 * Reads a manifest, whoever wrote it; undefined for anything else.
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

/** How every manifest ends. A file that was cut, or whose last blocks were never written, ends otherwise. */
export const MANIFEST_END = '\n]}\n';
