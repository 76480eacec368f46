import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import type { PartForms } from './make-part';
import { makePart } from './make-part';
import type { Part } from '../store/part';
import { treeOf } from '../store/part';
import type { PartKind, Store } from '../store/store';
import { discard } from '../store/store';
import { wholeTree } from './whole-tree';

/**
 * Makes forms that a part of the store lacks, or has lost: the zip of a tree, or a tree whose files are the store's
 * own. If the part's files have changed since it was finished, the part is discarded, and the answer is undefined.
 */
export const remakePart = async (
  store: Store,
  kind: PartKind,
  key: string,
  part: Part,
  wanted: PartForms,
): Promise<Part | undefined> =>
  store.temporary(async (temporary) => {
    const tree = path.join(temporary, 'tree-of-old');
    const whole = part.metadataOnly === true ? wholeTree(part, temporary) : treeOf(part);
    if (whole === undefined) {
      discard(part.folder, store.temporaries);
      return undefined;
    }
    await fs.cp(whole, tree, { recursive: true, mode: fs.constants.COPYFILE_FICLONE });
    const forms = { zip: wanted.zip || part.zip !== null, tree: wanted.tree || part.own };
    const made = await makePart(tree, path.join(temporary, 'part'), forms, false, undefined, part.installers);
    if (JSON.stringify(made.files) === JSON.stringify(part.files)) return store.addPart(kind, key, made);
    discard(part.folder, store.temporaries);
    return undefined;
  });
