import type { ImportedName } from './bound-names';

/** The beginning of a text, or all of it. */
export interface TextStart {
  readonly text: string;
  readonly isWhole: boolean;
}

/** The possible texts of an expression, as far as the module's source tells them. */
export interface PossibleTexts {
  readonly starts: readonly TextStart[];
  /** Variables of other modules whose value the text may be, or begin with. */
  readonly references: readonly ImportedName[];
  /** Whether other texts are possible, which only running the code decides. */
  readonly isComputed: boolean;
  /** Whether the expression always has the one given text. */
  readonly isSure: boolean;
}

export const NOTHING: PossibleTexts = { starts: [], references: [], isComputed: false, isSure: false };
/** A text that only running the code decides. */
export const COMPUTED: PossibleTexts = { ...NOTHING, isComputed: true };

/** A text made from a module's own name or place, for which a dot stands. */
export const OWN: PossibleTexts = { ...NOTHING, starts: [{ text: '.', isWhole: true }] };

/** Longer texts and longer lists are not followed. */
export const LONGEST = 200;
export const MOST = 100;

/** A text that the module has in it. */
export const start = (text: string, isWhole: boolean): PossibleTexts => ({
  ...NOTHING,
  starts: [{ text: text.slice(0, LONGEST), isWhole: isWhole && text.length <= LONGEST }],
  isSure: true,
});

/** What one of several expressions may be. */
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

/** One text after another. The text after an unknown part decides nothing. */
export const concat = (left: PossibleTexts, right: PossibleTexts): PossibleTexts => {
  const [first] = left.starts;
  if (first?.text === '' && first.isWhole && left.isSure) return right;
  if (!left.starts.some(({ isWhole }) => isWhole)) return left;
  // Many names may follow `package.`, but the package is certain.
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

/** Whether it is made of the module's own name or place. */
export const isOwn = ({ starts }: PossibleTexts): boolean =>
  starts.length > 0 && starts.every(({ text }) => text.startsWith('.'));

/** The text before the first field of a template that has no literal value. */
export const cut = (template: PossibleTexts, field: string): PossibleTexts => ({
  ...template,
  starts: template.starts.map((one) => {
    const at = one.text.indexOf(field);
    return at < 0 ? one : { text: one.text.slice(0, at), isWhole: false };
  }),
});

/** The same for any number. */
export const concatAll = (parts: readonly PossibleTexts[]): PossibleTexts =>
  parts.length === 0 ? start('', true) : parts.reduce(concat);

const STRING = /^([a-z]{0,2})("""|'''|"|')([^]*)\2$/i;

/** A string without its quotes. Escape sequences are not decoded. */
export const ofString = (written: string): PossibleTexts => {
  if (written.length > 2 * LONGEST) return start('', false);
  const [, prefix = '', , inner = ''] = STRING.exec(written) ?? [];
  const end = /r/i.test(prefix) ? -1 : inner.indexOf('\\');
  return end < 0 ? start(inner, STRING.test(written)) : start(inner.slice(0, end), false);
};
