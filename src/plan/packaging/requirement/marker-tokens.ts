import type { Either } from 'fp-ts/Either';
import { left, right } from 'fp-ts/Either';

/** A word of a marker, with the text as it is written. */
export type MarkerToken = { readonly written: string } & (
  | { readonly _tag: 'Text'; readonly text: string }
  | { readonly _tag: 'Variable'; readonly name: string }
  | { readonly _tag: 'Operator'; readonly operator: string }
  | { readonly _tag: 'And' | 'Or' | 'Open' | 'Close' }
);

const VARIABLES = new Set([
  'implementation_name',
  'implementation_version',
  'os_name',
  'platform_machine',
  'platform_python_implementation',
  'platform_release',
  'platform_system',
  'platform_version',
  'python_full_version',
  'python_version',
  'sys_platform',
  'extra',
  'extras',
  'dependency_groups',
]);

/** Names from before PEP 508 that tools still read. */
const LEGACY = new Map([
  ['os.name', 'os_name'],
  ['sys.platform', 'sys_platform'],
  ['platform.version', 'platform_version'],
  ['platform.machine', 'platform_machine'],
  ['platform.python_implementation', 'platform_python_implementation'],
  ['python_implementation', 'platform_python_implementation'],
]);

/** One token after white space. Each alternative begins with another character, so nothing is tried twice. */
const TOKEN = /\s*(?:("[^"]*"|'[^']*')|(===|==|~=|!=|<=|>=|<|>)|([()])|(not\s+in(?![\w.])|[A-Za-z_][\w.]*))/y;

const wordToken = (word: string): MarkerToken | undefined => {
  if (word === 'and') return { _tag: 'And', written: word };
  if (word === 'or') return { _tag: 'Or', written: word };
  if (word === 'in') return { _tag: 'Operator', operator: 'in', written: word };
  if (/^not\s/.test(word)) return { _tag: 'Operator', operator: 'not in', written: 'not in' };
  const name = LEGACY.get(word) ?? word;
  return VARIABLES.has(name) ? { _tag: 'Variable', name, written: word } : undefined;
};

const tokenOf = (found: RegExpExecArray): MarkerToken | undefined => {
  const [, quoted, operator, parenthesis, word] = found;
  if (quoted !== undefined) return { _tag: 'Text', text: quoted.slice(1, -1), written: quoted };
  if (operator !== undefined) return { _tag: 'Operator', operator, written: operator };
  if (parenthesis !== undefined)
    return { _tag: parenthesis === '(' ? 'Open' : 'Close', written: `"${parenthesis}"` };
  return wordToken(word ?? '');
};

/** The words of a marker; on the left the part that is not a word. */
export const markerTokens = (text: string): Either<string, readonly MarkerToken[]> => {
  const end = text.trimEnd().length;
  const tokens: MarkerToken[] = [];
  for (let at = 0; at < end;) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (found === null) return left(`${JSON.stringify(excerpt(text.slice(at, end)))} cannot be read`);
    const token = tokenOf(found);
    if (token === undefined) return left(`${JSON.stringify(found[4])} is no variable`);
    tokens.push(token);
    at = TOKEN.lastIndex;
  }
  return right(tokens);
};

const excerpt = (text: string): string => {
  const trimmed = text.trimStart();
  return trimmed.length > 20 ? `${trimmed.slice(0, 20)}…` : trimmed;
};
