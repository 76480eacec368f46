/** Control characters except tabs and line feeds, and characters that change the direction of a text. */
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Escapes control characters in a text. Anyone may choose the names of files, packages and constructs, and a terminal
 * obeys control characters in them.
 */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Escapes a name like {@link printable}, and line feeds too, because a name is within a line. */
export const printableName = (name: string): string => printable(name).replaceAll('\n', '\\u000a');
