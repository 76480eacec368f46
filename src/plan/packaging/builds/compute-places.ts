import type { SyntaxNode } from '@lezer/common';
import { children } from '../../python-source/import-blocks';
import type { ComputedPlace } from './computed-place';
import { above, fromPlace, PACKAGE_FOLDER, somewhereIn, UNKNOWN_PLACE } from './computed-place';

/** A possible value of an expression: a text, or a place. */
export type Computed = string | ComputedPlace;

/**
 * The possible values of a script's variables, by name. A variable that is assigned but not understood yet has an empty
 * list.
 */
export type Assigned = ReadonlyMap<string, readonly Computed[]>;

interface Script {
  readonly text: (node: SyntaxNode) => string;
  readonly assigned: Assigned;
  /** The place of the script itself. */
  readonly file: ComputedPlace;
}

/** Functions and methods that return the same place in another form. */
const SAME = /^(?:abspath|realpath|normpath|normcase|fspath|str|expanduser|resolve|absolute|as_posix)$/;

const PATH_CLASS = /^(?:Pure)?(?:Posix|Windows)?Path$/;

const CWD = /^(?:getcwd|getcwdu|cwd)$/;

/** Deeper expressions are not followed. */
const DEEPEST = 60;

/** More values of one expression are not followed. */
const MOST_VALUES = 16;

const UNKNOWN: readonly Computed[] = [UNKNOWN_PLACE];

/** Whether an expression is unknown. */
export const isUnknown = (values: readonly Computed[]): boolean => values === UNKNOWN;

/** The place that a text names, relative to the package's folder. */
export const asPlace = (value: Computed): ComputedPlace => {
  if (typeof value !== 'string') return value;
  return value.startsWith('/') ? UNKNOWN_PLACE : fromPlace(PACKAGE_FOLDER, value);
};

/** Joins a path to a place. */
const joined = (base: ComputedPlace, part: Computed): ComputedPlace => {
  if (typeof part === 'string') return part.startsWith('/') ? UNKNOWN_PLACE : fromPlace(base, part);
  if (part === UNKNOWN_PLACE) return somewhereIn(base);
  return part.up > 0 ? part : { up: base.up, down: [...base.down, ...part.down] };
};

const joinedAll = (parts: readonly (readonly Computed[])[]): readonly Computed[] => {
  const [first = [''], ...rest] = parts;
  return rest.reduce<readonly ComputedPlace[]>(
    (bases, values) =>
      bases.flatMap((base) => values.map((value) => joined(base, value))).slice(0, MOST_VALUES),
    first.map(asPlace),
  );
};

const PLAIN_STRING = /^[rbu]{0,2}("""|'''|"|')([^]*)\1$/i;

/** The text of a Python string, without its quotes. */
export const stringText = (written: string): string => PLAIN_STRING.exec(written)?.[2] ?? '';

const isPunctuation = ({ name }: SyntaxNode): boolean => /^[^A-Za-z]+$/.test(name);

/** The positional arguments of a call. */
const argumentsOf = (call: SyntaxNode): readonly SyntaxNode[] =>
  children(call.getChild('ArgList') ?? call).filter(
    (node) =>
      !isPunctuation(node) &&
      node.name !== 'AssignOp' &&
      node.nextSibling?.name !== 'AssignOp' &&
      node.prevSibling?.name !== 'AssignOp',
  );

/** What an expression of a script may be. */
export const computed = (node: SyntaxNode, script: Script, depth = 0): readonly Computed[] => {
  if (depth > DEEPEST) return UNKNOWN;
  const { text, assigned, file } = script;
  const of = (inner: SyntaxNode | null): readonly Computed[] =>
    inner === null ? UNKNOWN : computed(inner, script, depth + 1);
  const aboveOf = (inner: SyntaxNode | null, steps = 1): readonly Computed[] =>
    of(inner).map((value) => Array.from({ length: steps }).reduce<ComputedPlace>(above, asPlace(value)));

  const ofCall = (): readonly Computed[] => {
    const callee = node.firstChild;
    const object = callee?.name === 'MemberExpression' ? callee.firstChild : null;
    const name = text(callee?.lastChild ?? callee ?? node);
    const given = argumentsOf(node);
    if (object?.name === 'String') return UNKNOWN;
    if (name === 'dirname') return aboveOf(given[0] ?? null);
    if (CWD.test(name)) return [PACKAGE_FOLDER];
    if (PATH_CLASS.test(name)) return joinedAll(given.map(of));
    if (name === 'join' && given.length > 0) return joinedAll(given.map(of));
    if (name === 'joinpath') return joinedAll([of(object), ...given.map(of)]);
    if (name === 'with_name') return joinedAll([aboveOf(object), ...given.map(of)]);
    return SAME.test(name) ? of(given[0] ?? object) : UNKNOWN;
  };

  const ofMember = (): readonly Computed[] => {
    const known = assigned.get(text(node));
    if (known !== undefined) return known;
    const object = node.firstChild;
    const property = node.getChild('PropertyName');
    const name = property === null ? '' : text(property);
    if (name === 'parent') return aboveOf(object);
    if (name === 'pardir') return ['..'];
    if (name === 'curdir') return ['.'];
    if (name === 'root') return [PACKAGE_FOLDER];
    const isParents = property === null && /\.\s*parents$/.test(object === null ? '' : text(object));
    const index = node.getChild('Number');
    return isParents && index !== null && Number(text(index)) < DEEPEST
      ? aboveOf(object?.firstChild ?? null, Number(text(index)) + 1)
      : UNKNOWN;
  };

  const ofBinary = (): readonly Computed[] => {
    const [left, right] = [of(node.firstChild), of(node.lastChild)];
    const operator = text(node.firstChild?.nextSibling ?? node);
    if (operator === '/') return joinedAll([left, right]);
    if (operator === 'or') return [...left, ...right].slice(0, MOST_VALUES);
    if (operator !== '+') return UNKNOWN;
    return left.flatMap((base) => right.map((more) => added(base, more))).slice(0, MOST_VALUES);
  };

  /** `f'{root}/VERSION'`. */
  const ofFormat = (): readonly Computed[] => {
    const written = text(node);
    const [opening = '', quote = ''] = /^[rf]{1,2}("""|'''|"|')/i.exec(written) ?? [];
    const replacement = node.getChild('FormatReplacement');
    if (replacement === null || replacement.from !== node.from + opening.length) return UNKNOWN;
    const rest = written.slice(replacement.to - node.from, -quote.length);
    if (!/^(?:[/\\]|$)/.test(rest)) return UNKNOWN;
    const parts = rest.split(/[/\\]/);
    return of(replacement.firstChild?.nextSibling ?? null).map((base) =>
      parts.reduce<ComputedPlace>(
        (place, part) => (part.includes('{') ? somewhereIn(place) : fromPlace(place, part)),
        asPlace(base),
      ),
    );
  };

  switch (node.name) {
    case 'String':
      return [stringText(text(node))];
    case 'FormatString':
      return ofFormat();
    case 'VariableName': {
      const name = text(node);
      if (name === '__file__') return [file];
      return assigned.get(name) ?? (name === 'pardir' ? ['..'] : UNKNOWN);
    }
    case 'CallExpression':
      return ofCall();
    case 'MemberExpression':
      return ofMember();
    case 'BinaryExpression':
      return ofBinary();
    case 'ParenthesizedExpression':
      return of(node.firstChild?.nextSibling ?? null);
    case 'ConditionalExpression':
      return [...of(node.firstChild), ...of(node.lastChild)];
    default:
      return UNKNOWN;
  }
};

/** `here + '/VERSION'`; a suffix without a slash makes another name in the same folder. */
const added = (base: Computed, more: Computed): Computed => {
  if (typeof base === 'string' && typeof more === 'string') return `${base}${more}`;
  if (typeof more === 'string' && /^[/\\]/.test(more)) return fromPlace(asPlace(base), more);
  return somewhereIn(above(asPlace(base)));
};
