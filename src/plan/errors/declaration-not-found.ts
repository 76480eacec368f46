import { nearest } from '../values/nearest-name';
import { list } from '../values/message-text';
import { FROM_BESIDE, FROM_NOTHING, FROM_SCRIPT, FROM_VALUES } from '../request/declaration-files';

/** `dependencies.from` names a declaration that does not exist. */
export interface DeclarationNotFound {
  readonly _tag: 'DeclarationNotFound';
  readonly from: string;
  /** Absolute paths; empty if no declaration can have this name. */
  readonly looked: readonly string[];
  /** The context key that names it. @default - the option names it */
  readonly key?: string;
}

export const showNotFound = ({ from, looked, key }: DeclarationNotFound): string => {
  const given = `${key === undefined ? '`dependencies.from`' : `The context key \`${key}\``} is ${JSON.stringify(from)}`;
  if (looked.length > 0) return `${given}, but there is no such declaration. Looked for:${list(looked)}`;
  const meant = nearest(from, [FROM_SCRIPT, FROM_BESIDE, FROM_NOTHING]);
  return `${given}, which is not the name of a known declaration. ${meant === undefined ? '' : `Perhaps "${meant}" is meant. `}Use ${FROM_VALUES}.`;
};
