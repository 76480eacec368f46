import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ExternalSymlinks } from '../../plan/request/bundle-request';
import { sha256 } from '../../plan/values/hash';
import type { PlanError } from '../../plan/errors/plan-error';
import type { SnapshotEntry } from '../../plan/model/source-snapshot';
import type { Content } from '../files/digest';
import { reasonOf, unreadable } from '../files/file-kind';
import type { FoundEntry } from '../lookup/find-entry';
import { readTextBytes } from '../files/read-text';
import { inside } from '../files/real-path';
import type { Walked } from './walk';

/** An entry and the content of its file, from one reading. */
export interface EntryFile {
  readonly entry: SnapshotEntry & Pick<FoundEntry, 'path'>;
  readonly content: Content | { readonly problem: PlanError };
}

/** Python's own rule for other encodings (PEP 263) does not affect the names that an entry defines. */
const utf8 = new TextDecoder();

export const readEntry = ({ root, path: relative }: FoundEntry): EntryFile => {
  const file = path.join(root, relative);
  try {
    const bytes = readTextBytes(file);
    return {
      entry: { root, path: relative, source: utf8.decode(bytes) },
      content: { digest: sha256(bytes), size: bytes.length },
    };
  } catch (error) {
    return {
      entry: { root, path: relative, source: `# ${reasonOf(error)}` },
      content: { problem: unreadable(file, error) },
    };
  }
};

/**
 * An entry that the walk left out: it goes in, whatever the rules say about its name (`stack.my_handler.py`) or its
 * folder.
 */
export const unlistedEntry = ({ entry, content }: EntryFile, external: ExternalSymlinks): Walked => {
  const { root, path: relative } = entry;
  const file = path.join(root, relative);
  const problem = (found: PlanError): Walked => ({ files: [], problems: [found] });
  try {
    const target = fs.realpathSync(file);
    if (external === 'refuse' && target !== file && inside(root, target) === undefined) {
      return problem({ _tag: 'SymlinkOutsideRoot', path: file, target, root });
    }
    if ('problem' in content) return problem(content.problem);
    const executable = (fs.statSync(file).mode & 0o100) !== 0;
    return { files: [{ path: relative, executable, ...content }], problems: [] };
  } catch (error) {
    return problem(unreadable(file, error));
  }
};
