import type { SyntaxNode } from '@lezer/common';
import { children } from './import-blocks';
import type { BoundNames } from './bound-names';
import { argumentsOf } from './call-arguments';
import type { PossibleTexts } from './text-starts';
import {
  anyOf,
  COMPUTED,
  concat,
  concatAll,
  cut,
  isOwn,
  LONGEST,
  MOST,
  NOTHING,
  ofString,
  OWN,
  start,
} from './text-starts';

/** The names by which a module knows itself and its package. */
const OWN_NAME = /^(?:__name__|__package__|__spec__|__path__|__file__)$/;

/** Deeper expressions are not followed. */
const DEEPEST = 40;

/** `{}`, `{0}`, `{name}` and `{name!r:>3}`; `%s` and `%(name)s`. */
const FORMAT_FIELD = /\{([^{}]*)\}/;
const PERCENT_FIELD = /%(?:\(([^()]*)\))?[a-z]/;

/** Functions that return the elements of a list, and methods that return those of a dictionary. */
const SAME_ELEMENTS =
  /^(?:sorted|set|list|tuple|frozenset|reversed|enumerate|iter|next|zip|dict|str|intern)$/;
const PARTS = /^(?:values|keys|items|copy)$/;
const FINDS_MODULES = /^(?:iter_modules|walk_packages)$/;
const WITH_DEFAULT = /^(?:get|getenv|pop|setdefault)$/;

/** Finds the possible texts of expressions of a module. Each name is evaluated once. */
export const possibleTexts = (
  bound: BoundNames,
  text: (node: SyntaxNode) => string,
): ((node: SyntaxNode) => PossibleTexts) => {
  const names = new Map<string, PossibleTexts>();

  const ofName = (name: string, depth: number): PossibleTexts => {
    const known = names.get(name);
    if (known !== undefined) return known;
    // A name in its own value has no known text.
    names.set(name, COMPUTED);
    const bindings = bound.get(name) ?? [];
    const [first] = bindings;
    const possible = bindings.map((binding): PossibleTexts => {
      if (binding._tag === 'Unknown') return COMPUTED;
      if (binding._tag === 'Imported')
        return binding.name === '' ? COMPUTED : { ...NOTHING, references: [binding], isSure: true };
      return anyOf(binding.nodes.map((node) => of(node, depth + 1)));
    });
    const all = first === undefined ? COMPUTED : anyOf(possible);
    const isPlain = first?._tag === 'Imported' || (first?._tag === 'Value' && first.isPlain);
    const found = { ...all, isSure: all.isSure && isPlain };
    names.set(name, found);
    return found;
  };

  const ofTemplate = (
    written: string,
    field: RegExp,
    valueOf: (field: string, index: number) => SyntaxNode | undefined,
    depth: number,
  ): PossibleTexts => {
    const [whole] = ofString(written).starts;
    const pieces = (whole?.text ?? '').split(field);
    return concatAll(
      pieces.map((piece, index) => {
        if (index % 2 === 0) return start(piece, index < pieces.length - 1 || whole?.isWhole === true);
        const value = valueOf(piece ?? '', (index - 1) / 2);
        return value === undefined ? COMPUTED : of(value, depth + 1);
      }),
    );
  };

  const ofCall = (node: SyntaxNode, depth: number): PossibleTexts => {
    const callee = node.firstChild;
    const object = callee?.name === 'MemberExpression' ? callee.firstChild : null;
    const last = callee?.name === 'MemberExpression' ? callee.lastChild : callee;
    const name = last === null ? '' : text(last);
    const { plain, named } = argumentsOf(node, text);
    const [first, second] = plain;
    if (object?.name === 'String' && name === 'format')
      return ofTemplate(
        text(object),
        FORMAT_FIELD,
        (field, index) => {
          const [key = ''] = field.split(/[!:.[]/, 1);
          return key === '' ? plain[index] : /^\d+$/.test(key) ? plain[Number(key)] : named.get(key);
        },
        depth,
      );
    const isList = first !== undefined && /^(?:Tuple|Array)Expression$/.test(first.name);
    if (object !== null && name === 'join' && isList) {
      const between = of(object, depth + 1);
      return concatAll(
        children(first)
          .filter(isValue)
          .flatMap((part, index) => [...(index === 0 ? [] : [between]), of(part, depth + 1)]),
      );
    }
    if (object?.name === 'String' && name === 'split') {
      const words = ofString(text(object)).starts.flatMap((one) => one.text.split(/[\s,;|]+/));
      return anyOf([NOTHING, ...words.filter((word) => word !== '').map((word) => start(word, true))]);
    }
    if (WITH_DEFAULT.test(name) && second !== undefined) return anyOf([COMPUTED, of(second, depth + 1)]);
    if (object !== null && PARTS.test(name) && plain.length === 0) return of(object, depth + 1);
    if (object === null && SAME_ELEMENTS.test(name) && plain.length > 0)
      return anyOf([NOTHING, ...plain.map((one) => of(one, depth + 1))]);
    if (object !== null && name === 'format') return cut(of(object, depth + 1), '{');
    if (FINDS_MODULES.test(name) && first !== undefined) {
      const prefix = second ?? named.get('prefix');
      return prefix === undefined ? OWN : concat(of(prefix, depth + 1), COMPUTED);
    }
    return [object, ...plain].some((one) => one !== null && isOwn(of(one, depth + 1))) ? OWN : COMPUTED;
  };

  const ofMember = (node: SyntaxNode, depth: number): PossibleTexts => {
    const object = node.firstChild;
    const last = node.lastChild;
    // `names['key']` and `names[0]`.
    if (last?.name !== 'PropertyName')
      return object === null ? COMPUTED : anyOf([NOTHING, of(object, depth + 1)]);
    const name = text(last);
    const dotted = node.to - node.from > LONGEST ? '' : text(node).replaceAll(/\s+/g, '');
    const [top = '', ...rest] = dotted.split('.');
    const [binding, ...others] = bound.get(top) ?? [];
    if (binding?._tag === 'Imported' && others.every(({ _tag }) => _tag === 'Imported')) {
      // A statement imports the module, and that statement counts.
      if (OWN_NAME.test(name)) return OWN;
      const module = [binding.module, binding.name, ...rest.slice(0, -1)]
        .filter((part) => part !== '')
        .join('.');
      return { ...NOTHING, references: [{ ...binding, module, name }], isSure: true };
    }
    const whole = object === null ? COMPUTED : of(object, depth + 1);
    // Texts made from `__file__`, and names of modules that were found on disk.
    if (isOwn(whole) || name === 'name') return whole;
    const attribute = [name, `.${name}`].filter((key) => bound.has(key));
    return attribute.length === 0
      ? COMPUTED
      : { ...anyOf(attribute.map((key) => ofName(key, depth + 1))), isSure: false };
  };

  const of = (node: SyntaxNode, depth: number): PossibleTexts => {
    if (depth > DEEPEST) return COMPUTED;
    switch (node.name) {
      case 'String':
        return ofString(text(node));
      case 'FormatString': {
        const parts = node.getChildren('FormatReplacement');
        const opening = /^[a-z]{0,2}("""|'''|"|')/i.exec(text(node))?.[0].length ?? 0;
        const quote = opening === 0 ? 0 : /"""|'''/.test(text(node).slice(0, opening)) ? 3 : 1;
        let at = node.from + opening;
        const pieces: PossibleTexts[] = [];
        for (const part of parts.slice(0, MOST)) {
          const inner = part.firstChild?.nextSibling ?? null;
          pieces.push(
            start(textBetween(at, part.from), true),
            inner === null ? COMPUTED : of(inner, depth + 1),
          );
          at = part.to;
        }
        return concatAll([...pieces, start(textBetween(at, node.to - quote), parts.length <= MOST)]);
      }
      case 'ContinuedString':
        return concatAll(
          children(node)
            .slice(0, MOST)
            .map((child) => of(child, depth + 1)),
        );
      case 'ParenthesizedExpression':
        return anyOf(
          children(node)
            .filter(isValue)
            .map((child) => of(child, depth + 1)),
        );
      case 'NamedExpression':
        return node.lastChild === null ? COMPUTED : of(node.lastChild, depth + 1);
      case 'ConditionalExpression':
        return anyOf(
          [node.firstChild, node.lastChild].map((child) =>
            child === null ? COMPUTED : of(child, depth + 1),
          ),
        );
      case 'BinaryExpression':
        return ofBinary(node, depth);
      case 'CallExpression':
        return ofCall(node, depth);
      case 'VariableName':
        return OWN_NAME.test(text(node)) ? OWN : ofName(text(node), depth);
      case 'MemberExpression':
        return ofMember(node, depth);
      case 'ArrayExpression':
      case 'TupleExpression':
      case 'SetExpression':
      case 'DictionaryExpression':
        return anyOf([
          NOTHING,
          ...children(node)
            .filter(isValue)
            .slice(0, MOST)
            .map((child) => of(child, depth + 1)),
        ]);
      case 'None':
      case 'Boolean':
      case 'Number':
        return NOTHING;
      default:
        return COMPUTED;
    }
  };

  const textBetween = (from: number, to: number): string => text({ from, to } as SyntaxNode);

  const ofBinary = (node: SyntaxNode, depth: number): PossibleTexts => {
    const [left, right] = [node.firstChild, node.lastChild];
    const operator = left?.nextSibling == null ? '' : text(left.nextSibling);
    if (left === null || right === null) return COMPUTED;
    if (operator === '+') {
      const isList = /^(?:Array|Tuple)Expression$/.test(right.name);
      const both = [of(left, depth + 1), of(right, depth + 1)] as const;
      return isList ? anyOf(both) : concat(...both);
    }
    if (operator === 'or' || operator === '|') return anyOf([of(left, depth + 1), of(right, depth + 1)]);
    if (operator === '%' && left.name !== 'String') return cut(of(left, depth + 1), '%');
    if (operator !== '%') return isOwn(of(left, depth + 1)) ? OWN : COMPUTED;
    const values = right.name === 'TupleExpression' ? children(right).filter(isValue) : [right];
    return ofTemplate(
      text(left),
      PERCENT_FIELD,
      (key, index) => (key === '' ? values[index] : undefined),
      depth,
    );
  };

  return (node) => of(node, 0);
};

const isValue = (node: SyntaxNode): boolean => /^[A-Z]/.test(node.name) && node.name !== 'Comment';
