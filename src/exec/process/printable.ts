/** Control characters but tabs and line feeds, and what turns the direction of a text. */
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A text as a terminal may show it: names of files, packages and constructs may be anyone's, and a terminal does what
 * control characters in them say.
 */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The same of a name, which has its place within a line. */
export const printableName = (name: string): string => printable(name).replaceAll('\n', '\\u000a');
