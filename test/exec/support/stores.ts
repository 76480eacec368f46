import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundleManifest } from '../../../src/exec/bundle/bundle-manifest';
import { manifestOf, manifestText } from '../../../src/exec/bundle/bundle-manifest';
import { makePart } from '../../../src/exec/parts/make-part';
import type { Part } from '../../../src/exec/store/part';
import type { PartKind, Store } from '../../../src/exec/store/store';
import { folderStore } from '../../../src/exec/store/store';
import type { ZippedFile } from '../../../src/exec/zip/zip-files';
import { zipFiles } from '../../../src/exec/zip/zip-files';
import { sha256 } from '../../../src/plan/values/hash';
import { temporaryFolder, writeTree } from '../../support/temporary';

export const DAY = 24 * 60 * 60 * 1000;

/** The time at which the tests' stores are pruned. */
export const NOW = Date.UTC(2026, 5, 1);

export const newStore = (): Store => folderStore(path.join(temporaryFolder(), 'store'));

type Files = Readonly<Record<string, string | Uint8Array>>;

/** Puts a part into a store, as an install does, under the key of a name or under one that is given. */
export const putPart = (
  store: Store,
  name: string | { readonly key: string },
  files: Files,
  kind: PartKind = 'modules',
  forms = { zip: true, tree: true },
): Promise<Part> =>
  store.temporary(async (temporary) => {
    const tree = path.join(temporary, 'output');
    fs.mkdirSync(tree);
    writeTree(tree, files);
    return store.addPart(
      kind,
      typeof name === 'string' ? sha256(name) : name.key,
      await makePart(tree, path.join(temporary, 'part'), forms, false),
    );
  });

export const zipped = (files: Readonly<Record<string, string>>): Buffer =>
  zipFiles(
    Object.entries(files).map(([name, text]): ZippedFile => ({
      path: name,
      content: Buffer.from(text),
      executable: false,
    })),
  );

/** Puts a finished zip into a store, with a manifest of these files; gives its path. */
export const putBundle = (
  store: Store,
  name: string,
  content: string | Uint8Array,
  files?: Readonly<Record<string, string>>,
): string =>
  store.temporarySync((temporary) => {
    const [zip, manifest] = [path.join(temporary, 'made.zip'), path.join(temporary, 'made.json')];
    fs.writeFileSync(zip, content);
    fs.writeFileSync(manifest, files === undefined ? '' : manifestText(manifestFor(files, content.length)));
    return store.addBundle(sha256(name), { zip, manifest }).zip;
  });

/** The same of a zip that holds these files. */
export const putFilesAsBundle = (
  store: Store,
  name: string,
  files: Readonly<Record<string, string>>,
): string => putBundle(store, name, zipped(files), files);

/** The manifest of a bundle with these files, none of which can be executed. */
export const manifestFor = (
  files: Readonly<Record<string, string>>,
  zip: number | null = null,
): BundleManifest =>
  manifestOf(
    {
      hash: { dependencies: null, bytecode: null, content: sha256('content'), asset: sha256('content') },
      output: { packaging: 'zip', path: '/out', prefix: '.', maximumSize: 0, sbom: false },
    },
    {
      parts: [],
      own: Object.entries(files).map(([name, text]) => ({
        path: name,
        content: Buffer.from(text),
        executable: false,
        digest: sha256(text),
      })),
    },
    zip,
  );

/** Writes a file of the store as it lies there. */
export const putFile = (store: Store, name: string, content: string): string => {
  writeTree(store.folder, { [name]: content });
  return path.join(store.folder, name);
};

/** Has an entry been used last so many milliseconds before NOW. */
export const usedBefore = (entry: string, age: number, now = NOW): void => {
  fs.utimesSync(entry, (now - age) / 1000, (now - age) / 1000);
};
