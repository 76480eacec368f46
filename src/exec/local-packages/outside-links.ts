import * as fs from 'node:fs';
import * as path from 'node:path';
import { isOutside } from '../../plan/values/paths';
import { isPage, localLinks } from './page-links';

/**
 * Why the content of the pages of a local index or of `--find-links` is not enough: a page links to a local file
 * outside the folder that is read. Undefined without such a link.
 *
 * @param root absolute path of the folder that is read; null for a page alone
 * @param files absolute paths; only pages are looked at
 */
export const outsideLink = (root: string | null, files: readonly string[]): string | undefined => {
  for (const page of files.filter(isPage)) {
    const found = localLinks(fs.readFileSync(page, 'utf8'), page).find(
      ({ target }) => root === null || target === undefined || isOutside(root, target),
    );
    if (found === undefined) continue;
    return root === null
      ? `${path.basename(page)} links to ${found.written}, and a page is read alone: name the folder`
      : `${path.relative(root, page)} links to ${found.written}, outside the folder`;
  }
  return undefined;
};
