import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { InstalledComponent, InstalledComponents } from '../../plan/show/installed-components';

type Library = typeof import('@cyclonedx/cyclonedx-library');
type Purl = typeof import('packageurl-js');

/** Loaded only when a bill is requested: that takes as long (40 ms) as loading most of this package. */
const library = (): Library =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import statement would load it at once
  require('@cyclonedx/cyclonedx-library') as Library;

const packageUrls = (): Purl =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the same
  require('packageurl-js') as Purl;

const purlOf = ({ name, version, url }: InstalledComponent): string => {
  const isGit = url?.startsWith('git+') === true;
  const qualifiers = url === null ? undefined : { [isGit ? 'vcs_url' : 'download_url']: url };
  return new (packageUrls().PackageURL)('pypi', undefined, name, version, qualifiers).toString();
};

/** CycloneDX's names of hashes, by pip's names. */
const algorithms = ({ Enums }: Library) => ({
  md5: Enums.HashAlgorithm.MD5,
  sha1: Enums.HashAlgorithm['SHA-1'],
  sha256: Enums.HashAlgorithm['SHA-256'],
  sha384: Enums.HashAlgorithm['SHA-384'],
  sha512: Enums.HashAlgorithm['SHA-512'],
});

/** An expression needs no check of its own: publishing included one (PEP 639). */
const licensesOf = ({ Models, SPDX }: Library, { license }: InstalledComponent) => {
  const named = (name: string) => {
    const id = SPDX.fixupSpdxId(name);
    return id === undefined ? new Models.NamedLicense(name) : new Models.SpdxLicense(id);
  };
  if (license._tag === 'Names') return license.names.map(named);
  return SPDX.fixupSpdxId(license.expression) === undefined
    ? [new Models.LicenseExpression(license.expression)]
    : [named(license.expression)];
};

/** A file that the lock allows has no address there, so it is identified by its distribution. */
const filesOf = (cdx: Library, { hashes }: InstalledComponent, purl: string) => {
  const { Models, Enums } = cdx;
  const known = Object.entries(algorithms(cdx));
  return hashes.flatMap(({ algorithm, digest }) => {
    const found = known.find(([name]) => name === algorithm)?.[1];
    if (found === undefined) return [];
    return new Models.ExternalReference(purl, Enums.ExternalReferenceType.Distribution, {
      hashes: new Models.HashDictionary([[found, digest]]),
      comment: 'a file that the lock allows',
    });
  });
};

/**
 * A bill of materials in CycloneDX 1.6: the installed distributions of a bundle. It has neither a time nor a random
 * number, so the same plan gives the same bytes.
 *
 * @see https://cyclonedx.org/docs/1.6/json/
 */
export const cycloneDx = (
  { kind, hash, runtime }: Pick<BundlePlan, 'kind' | 'hash' | 'runtime'>,
  { components, direct }: InstalledComponents,
): string => {
  const cdx = library();
  const { Models, Enums, Serialize, Spec } = cdx;
  const made = new Map(
    components.map((one) => {
      const purl = purlOf(one);
      const component = new Models.Component(Enums.ComponentType.Library, one.name, {
        bomRef: purl,
        version: one.version,
        purl,
        licenses: new Models.LicenseRepository(licensesOf(cdx, one)),
        externalReferences: new Models.ExternalReferenceRepository(filesOf(cdx, one, purl)),
      });
      return [one.key, component];
    }),
  );
  const refsOf = (keys: readonly string[]) => keys.flatMap((key) => made.get(key)?.bomRef ?? []);
  for (const { key, needs } of components) {
    refsOf(needs).forEach((ref) => made.get(key)?.dependencies.add(ref));
  }
  const root = new Models.Component(Enums.ComponentType.Application, `lambda-${kind}`, {
    bomRef: `lambda-${kind}`,
    version: hash.content,
    dependencies: new Models.BomRefRepository(refsOf(direct)),
    properties: new Models.PropertyRepository([
      new Models.Property('cdk-lambda-python:asset', hash.asset),
      new Models.Property('cdk-lambda-python:architecture', runtime.architecture),
      new Models.Property('cdk-lambda-python:runtime', runtime.name),
    ]),
  });
  const tool = new Models.Component(Enums.ComponentType.Application, 'cdk-lambda-python');
  const bom = new Models.Bom({
    metadata: new Models.Metadata({
      component: root,
      tools: new Models.Tools({ components: new Models.ComponentRepository([tool]) }),
    }),
    components: new Models.ComponentRepository(made.values()),
  });
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));
  return `${serializer.serialize(bom, { sortLists: true, space: 2 })}\n`;
};
