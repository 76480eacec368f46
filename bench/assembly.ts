import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';

/** The code of one function, as the CDK CLI would upload it. */
export interface Bundle {
  /** The asset's hash; of a bundle of another tool, its path. */
  readonly asset: string;
  /** Absolute path of a folder, or of a zip file. */
  readonly place: string;
  /** Lambda's handler string. */
  readonly handler: string;
}

interface Template {
  readonly Resources?: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Properties?: { readonly Handler?: string; readonly Code?: { readonly S3Key?: string } };
      }
    >
  >;
}

interface AssetManifest {
  readonly files?: Readonly<
    Record<string, { readonly source: { readonly path: string; readonly packaging: string } }>
  >;
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const filesThatEnd = (folder: string, end: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => path.join(folder, name));

/** The bundles in a cloud assembly by the construct's id, which is how its logical id begins. */
export const bundlesIn = (assembly: string): ReadonlyMap<string, Bundle> => {
  const sources = new Map<string, string>();
  for (const file of filesThatEnd(assembly, '.assets.json')) {
    for (const [asset, { source }] of Object.entries((read(file) as AssetManifest).files ?? {}))
      sources.set(asset, path.join(assembly, source.path));
  }
  const bundles = new Map<string, Bundle>();
  for (const file of filesThatEnd(assembly, '.template.json')) {
    for (const [logicalId, { Type, Properties }] of Object.entries(
      (read(file) as Template).Resources ?? {},
    )) {
      const key = Properties?.Code?.S3Key;
      if (Type !== 'AWS::Lambda::Function' || key === undefined) continue;
      const asset = key.replace(/\.zip$/, '');
      const place = sources.get(asset);
      if (place === undefined || !existsSync(place))
        throw new Error(`no asset of ${logicalId} in the assembly`);
      bundles.set(logicalId.slice(0, -8), { asset, place, handler: Properties?.Handler ?? '' });
    }
  }
  return bundles;
};
