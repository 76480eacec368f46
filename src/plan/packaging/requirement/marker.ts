import type { Either } from 'fp-ts/Either';
import { isLeft, left, right } from 'fp-ts/Either';
import type { MarkerToken } from './marker-tokens';
import { markerTokens } from './marker-tokens';

/** One side of a comparison: a text in quotes, or a variable of the environment. */
export type MarkerOperand =
  { readonly _tag: 'Text'; readonly text: string } | { readonly _tag: 'Variable'; readonly name: string };

/**
 * An environment marker, such as `python_version < "3.10" and sys_platform == "win32"`.
 *
 * @see PEP 508, "Environment Markers"
 */
export type Marker =
  | {
      readonly _tag: 'Comparison';
      readonly left: MarkerOperand;
      /** One of `==`, `!=`, `<`, `<=`, `>`, `>=`, `~=`, `===`, `in` and `not in`. */
      readonly operator: string;
      readonly right: MarkerOperand;
    }
  | { readonly _tag: 'And' | 'Or'; readonly parts: readonly Marker[] };

/** Deeper parentheses than anyone writes; a limit, so that no text can exhaust the stack. */
const MAXIMUM_DEPTH = 100;

/** The tokens still to read, and the number of open parentheses. */
interface Rest {
  readonly tokens: readonly MarkerToken[];
  readonly at: number;
  readonly depth: number;
}

type Parsed<A> = Either<string, { readonly value: A; readonly at: number }>;

type OperandToken = Extract<MarkerToken, MarkerOperand>;

const isOperand = (token: MarkerToken | undefined): token is OperandToken =>
  token?._tag === 'Text' || token?._tag === 'Variable';

const operandOf = (token: OperandToken): MarkerOperand =>
  token._tag === 'Text' ? { _tag: 'Text', text: token.text } : { _tag: 'Variable', name: token.name };

const shown = (token: MarkerToken | undefined): string => (token === undefined ? 'the end' : token.written);

/** The names that stand for a set of names (PEP 751): only `in` and `not in` can be asked of them. */
const isSetVariable = (operand: MarkerOperand): boolean =>
  operand._tag === 'Variable' && (operand.name === 'extras' || operand.name === 'dependency_groups');

const parseComparison = ({ tokens, at }: Rest): Parsed<Marker> => {
  const [first, operator, second] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (!isOperand(first)) return left(`a variable or a text was expected, not ${shown(first)}`);
  if (operator?._tag !== 'Operator') return left(`a comparison was expected, not ${shown(operator)}`);
  if (!isOperand(second)) return left(`a variable or a text was expected, not ${shown(second)}`);
  const isMembership = operator.operator === 'in' || operator.operator === 'not in';
  if (isSetVariable(first) || (isSetVariable(second) && !isMembership))
    return left('extras and dependency_groups can only stand after "in" or "not in"');
  return right({
    value: {
      _tag: 'Comparison',
      left: operandOf(first),
      operator: operator.operator,
      right: operandOf(second),
    },
    at: at + 3,
  });
};

const parseAtom = (rest: Rest): Parsed<Marker> => {
  if (rest.tokens[rest.at]?._tag !== 'Open') return parseComparison(rest);
  if (rest.depth === MAXIMUM_DEPTH) return left('its parentheses are nested too deeply');
  const inner = parseChain('Or', { ...rest, at: rest.at + 1, depth: rest.depth + 1 });
  if (isLeft(inner)) return inner;
  const close = rest.tokens[inner.right.at];
  return close?._tag === 'Close'
    ? right({ value: inner.right.value, at: inner.right.at + 1 })
    : left(`")" was expected, not ${shown(close)}`);
};

/** Markers that are joined by one word: `or` joins what `and` has joined. */
const parseChain = (word: 'And' | 'Or', rest: Rest): Parsed<Marker> => {
  const parts: Marker[] = [];
  for (let at = rest.at; ; at += 1) {
    const part = word === 'Or' ? parseChain('And', { ...rest, at }) : parseAtom({ ...rest, at });
    if (isLeft(part)) return part;
    parts.push(part.right.value);
    at = part.right.at;
    if (rest.tokens[at]?._tag !== word)
      return right({
        value: parts.length === 1 ? part.right.value : { _tag: word, parts },
        at,
      });
  }
};

/** Reads a marker; on the left, in a few words, why the text is not a marker. */
export const parseMarker = (text: string): Either<string, Marker> => {
  const tokens = markerTokens(text);
  if (isLeft(tokens)) return tokens;
  const marker = parseChain('Or', { tokens: tokens.right, at: 0, depth: 0 });
  if (isLeft(marker)) return marker;
  const after = tokens.right[marker.right.at];
  return after === undefined
    ? right(marker.right.value)
    : left(`"and", "or" or the end was expected, not ${shown(after)}`);
};
