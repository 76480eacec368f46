/** The pattern of a dotted name of Python, such as `a.b`, for an expression with the flag `u`. */
export const DOTTED_NAME = '[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*(?:\\.[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*)*';

/** Most names. The classes of all letters take ten times as long. */
const ASCII = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

const ANY = new RegExp(`^${DOTTED_NAME}$`, 'u');

export const isDottedName = (text: string): boolean => ASCII.test(text) || ANY.test(text);
