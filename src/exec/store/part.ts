import * as fs from 'node:fs';
import * as path from 'node:path';
import * as t from 'io-ts';
import { closed, Digest, Natural, RelativePath, withOptional } from '../../plan/values/codecs';
import { sha256 } from '../../plan/values/hash';
import { InstallerUsed } from '../errors/installer-used';
import { isUntouched, look, stamp } from '../files/stamp';

/** A file of a {@link Part}. */
export interface PartFile {
  /** Path in the part, with `/`. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly executable: boolean;
  /** SHA-256 of the content. */
  readonly digest: string;
}

/** A part's description of itself, in a file beside its tree. */
export interface PartRecord {
  readonly files: readonly PartFile[];
  /** Size of the zip in bytes; null without one. */
  readonly zip: number | null;
  /**
   * Whether the tree's files belong to the store alone. An installer may have linked them from its own cache, to which
   * no bundle may link.
   */
  readonly own: boolean;
  /**
   * Whether the tree has only the metadata of distributions (`*.dist-info`), and the zip has all files. This saves a
   * thousand folders for each part that an edit combines from others.
   *
   * @default false
   */
  readonly metadataOnly?: boolean;
  /** The installers of the files. @default - none, or unknown */
  readonly installers?: readonly InstallerUsed[];
}

/**
 * Files that go into bundles as they are: the modules of a set of requirements, or their bytecode. The store keeps them
 * as a tree, and as a zip that is compressed once for all bundles.
 */
export interface Part extends PartRecord {
  /** Absolute path of its folder. */
  readonly folder: string;
}

const RECORD = 'part.json';

/** The file with the record of a part. */
export const recordOf = ({ folder }: Pick<Part, 'folder'>): string => path.join(folder, RECORD);

export const treeOf = ({ folder }: Pick<Part, 'folder'>): string => path.join(folder, 'tree');
export const zipOf = ({ folder }: Pick<Part, 'folder'>): string => path.join(folder, 'part.zip');

const StoredRecord: t.Type<PartRecord & { readonly bytes: number }> = withOptional(
  closed(
    {
      bytes: Natural,
      files: t.readonlyArray(
        closed({ path: RelativePath, size: Natural, executable: t.boolean, digest: Digest }, 'PartFile'),
      ),
      zip: t.union([Natural, t.null]),
      own: t.boolean,
    },
    'PartRecord',
  ),
  { metadataOnly: t.boolean, installers: t.readonlyArray(InstallerUsed) },
);

const METADATA = /^[^/]+\.dist-info\//;

/** The files of a part that lie in its tree. */
export const filesInTree = <A extends { readonly path: string }>(
  files: readonly A[],
  { metadataOnly = false }: Pick<PartRecord, 'metadataOnly'>,
): readonly A[] => (metadataOnly ? files.filter((file) => METADATA.test(file.path)) : files);

/** The installers of a part, as a field for another part; absent without installers. */
export const installersOf = ({
  installers = [],
}: Pick<PartRecord, 'installers'>): Pick<PartRecord, 'installers'> =>
  installers.length === 0 ? {} : { installers };

/** The total bytes of all files. */
export const sizeOfPart = ({ files }: Pick<PartRecord, 'files'>): number =>
  files.reduce((sum, { size }) => sum + size, 0);

/** The size comes first, so that hundreds of parts are measured without reading their lists of files. */
const HEAD = /^\{"bytes":(\d+),/;
const HEAD_SIZE = 32;

export const writePartRecord = (folder: string, record: PartRecord): void => {
  const bytes = sizeOfPart({ files: filesInTree(record.files, record) }) + (record.zip ?? 0);
  const file = recordOf({ folder });
  fs.writeFileSync(file, JSON.stringify({ bytes, ...record }));
  stamp(file);
};

/** The bytes of a part in all its forms; undefined if the folder is not a part. */
export const bytesOfPart = (folder: string): number | undefined => {
  try {
    const descriptor = fs.openSync(recordOf({ folder }), 'r');
    try {
      const head = Buffer.alloc(HEAD_SIZE);
      fs.readSync(descriptor, head);
      const [, bytes] = HEAD.exec(head.toString('latin1')) ?? [];
      return bytes === undefined ? undefined : Number(bytes);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
};

/**
 * Reads a part; undefined if the folder is not a valid part. A record that was written to does not count: the manifests
 * of bundles take their digests from it.
 *
 * @param digest sealed SHA-256 of the record. By default, the record is not sealed yet
 */
export const readPart = (folder: string, digest?: string): Part | undefined => {
  try {
    if (!isUntouched(look(recordOf({ folder })))) return undefined;
    const content = fs.readFileSync(recordOf({ folder }));
    if (digest !== undefined && sha256(content) !== digest) return undefined;
    const record: unknown = JSON.parse(content.toString());
    // `is` and not `decode`: no message is needed, and thousands of files take a fraction of the time.
    if (!StoredRecord.is(record)) return undefined;
    const { files, zip, own, metadataOnly } = record;
    return {
      files,
      zip,
      own,
      ...(metadataOnly === true ? { metadataOnly } : {}),
      ...installersOf(record),
      folder,
    };
  } catch {
    return undefined;
  }
};

/** Whether a part has its zip, unchanged since it was finished. */
export const hasZip = (part: Part): boolean => part.zip !== null && isUntouched(look(zipOf(part)), part.zip);

/**
 * Whether all files are in the tree with their recorded sizes. After a power cut, files that were not flushed are
 * shorter or empty.
 */
export const isTreeWhole = (part: Part): boolean =>
  part.metadataOnly !== true &&
  part.files.every(({ path: file, size }) => {
    const stats = fs.statSync(path.join(treeOf(part), file), { throwIfNoEntry: false });
    return stats?.isFile() === true && stats.size === size;
  });

/** Whether a folder has all files, unchanged since they were finished. */
export const areFinished = (files: readonly PartFile[], folder: string): boolean =>
  files.every(({ path: file, size, executable }) => {
    const stats = look(path.join(folder, file));
    return isUntouched(stats, size) && (((stats?.mode ?? 0) & 0o111) !== 0) === executable;
  });

/** Whether a part has its tree, unchanged since it was finished, and bundles may link to the files. */
export const hasTree = (part: Part): boolean =>
  part.own && part.metadataOnly !== true && areFinished(part.files, treeOf(part));
