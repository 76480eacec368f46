import type { ImportedName } from './bound-names';

/** A text, or only its beginning. */
export interface TextStart {
  readonly text: string;
  readonly isWhole: boolean;
}

/** The possible values of an expression, as far as the module's own text shows. */
export interface PossibleTexts {
  readonly starts: readonly TextStart[];
  /** Names in other modules whose values it may be, or begin with. */
  readonly references: readonly ImportedName[];
  /** Whether it may have other values, which are only known at run time. */
  readonly isComputed: boolean;
  /** Whether it always is the one given text. */
  readonly isSure: boolean;
}

export const NOTHING: PossibleTexts = { starts: [], references: [], isComputed: false, isSure: false };
/** A value that is only known at run time. */
export const COMPUTED: PossibleTexts = { ...NOTHING, isComputed: true };

/** A value derived from the module's own name or location; a dot stands for it. */
export const OWN: PossibleTexts = { ...NOTHING, starts: [{ text: '.', isWhole: true }] };

/** Limits for the length of texts and of lists. Longer ones are not followed. */
export const LONGEST = 200;
export const MOST = 100;

/** A literal text of the module. */
export const start = (text: string, isWhole: boolean): PossibleTexts => ({
  ...NOTHING,
  starts: [{ text: text.slice(0, LONGEST), isWhole: isWhole && text.length <= LONGEST }],
  isSure: true,
});

/** The possible values of one of several expressions. */
export const anyOf = (some: readonly PossibleTexts[]): PossibleTexts => {
  const [first, ...others] = some;
  if (first !== undefined && others.length === 0) return first;
  const starts = some.flatMap((one) => one.starts);
  const unique = [...new Map(starts.map((one) => [`${one.text} ${String(one.isWhole)}`, one])).values()];
  const references = some.flatMap((one) => one.references);
  return {
    starts: unique.slice(0, MOST),
    references: references.slice(0, MOST),
    isComputed: some.some(({ isComputed }) => isComputed) || unique.length > MOST || references.length > MOST,
    isSure: false,
  };
};

/** Concatenates two texts. The text after an unknown part decides nothing. */
export const concat = (left: PossibleTexts, right: PossibleTexts): PossibleTexts => {
  const [first] = left.starts;
  if (first?.text === '' && first.isWhole && left.isSure) return right;
  if (!left.starts.some(({ isWhole }) => isWhole)) return left;
  // Many modules may follow `package.`; only the package is sure.
  if (left.isSure && !right.isSure && first?.text.includes('.') === true && !isOwn(left))
    return { ...left, starts: [{ ...first, isWhole: false }] };
  const following = right.starts.length === 0 || right.isComputed ? [...right.starts, UNKNOWN] : right.starts;
  const joined = left.starts.flatMap((one) =>
    one.isWhole
      ? following.map((more) => start(`${one.text}${more.text}`, more.isWhole).starts).flat()
      : [one],
  );
  const { starts } = anyOf([{ ...NOTHING, starts: joined.slice(0, MOST) }, NOTHING]);
  return { ...left, starts, isSure: left.isSure && (right.isSure || starts.length === 1) };
};

const UNKNOWN: TextStart = { text: '', isWhole: false };

/** Whether it is derived from the module's own name or location. */
export const isOwn = ({ starts }: PossibleTexts): boolean =>
  starts.length > 0 && starts.every(({ text }) => text.startsWith('.'));

/** Cuts a template before its first field, for a template that is not a literal at its call. */
export const cut = (template: PossibleTexts, field: string): PossibleTexts => ({
  ...template,
  starts: template.starts.map((one) => {
    const at = one.text.indexOf(field);
    return at < 0 ? one : { text: one.text.slice(0, at), isWhole: false };
  }),
});

/** Concatenates any number of texts. */
export const concatAll = (parts: readonly PossibleTexts[]): PossibleTexts =>
  parts.length === 0 ? start('', true) : parts.reduce(concat);

const STRING = /^([a-z]{0,2})("""|'''|"|')([^]*)\2$/i;

/** A string without its quotes. Escapes are not interpreted: the text ends at the first one. */
export const ofString = (written: string): PossibleTexts => {
  if (written.length > 2 * LONGEST) return start('', false);
  const [, prefix = '', , inner = ''] = STRING.exec(written) ?? [];
  const end = /r/i.test(prefix) ? -1 : inner.indexOf('\\');
  return end < 0 ? start(inner, STRING.test(written)) : start(inner.slice(0, end), false);
};
