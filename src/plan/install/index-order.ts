import type { DeclaredContent } from '../model/declared-content';
import type { WhatToInstall } from './installer-argv';
import { isPinned } from './installer-argv';
import type { Values } from '../variables/installer-environment';
import { has } from '../variables/installer-environment';
import { AS_PIP } from '../target/install-choice';

/** Variables that name indexes besides the default index. */
export const FURTHER_INDEXES: readonly string[] = ['UV_INDEX', 'UV_EXTRA_INDEX_URL', 'PIP_EXTRA_INDEX_URL'];

/** The source of an index whose order counts: a line of the requirements, the `pip.conf` of an image, or a variable. */
export type OrderedBy = 'line' | 'pip.conf' | 'UV_INDEX' | 'UV_EXTRA_INDEX_URL' | 'PIP_EXTRA_INDEX_URL';

/**
 * Finds the source of an index whose order counts; undefined if the order does not matter. uv takes a package from the
 * first index that has its name. pip takes the best version of all indexes, and has no option to change that.
 *
 * @param values all variables of the installer
 * @param own the variables among them that are set themselves, and not derived from other variables
 */
export const orderedBy = (
  what: Pick<WhatToInstall, 'isLocked' | 'isHashed' | 'isOrdered' | 'installer'>,
  values: Values,
  own: Values,
): OrderedBy | undefined => {
  // A user who asks for pip also accepts how pip chooses.
  if (what.installer === 'pip' || isPinned(what)) return undefined;
  if (values['UV_INDEX_STRATEGY'] === AS_PIP) return undefined;
  if (what.isOrdered === true) return 'line';
  return FURTHER_INDEXES.find((name): name is OrderedBy => has(values, name) && has(own, name));
};

/** Whether the declaration, or a variable of the app, adds an index whose order counts. */
export const declaresOrder = (
  install: Pick<WhatToInstall, 'isLocked' | 'isHashed' | 'isOrdered'> & {
    readonly declared: Pick<DeclaredContent, 'variables'>;
  },
): boolean =>
  !isPinned(install) &&
  (install.isOrdered === true ||
    FURTHER_INDEXES.some((name) => install.declared.variables?.names.includes(name)));
