/** The pattern of a dotted Python name, such as `a.b`. It needs the flag `u`. */
export const DOTTED_NAME = '[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*(?:\\.[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*)*';

/** Matches most names. The Unicode classes take ten times as long. */
const ASCII = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;

const ANY = new RegExp(`^${DOTTED_NAME}$`, 'u');

export const isDottedName = (text: string): boolean => ASCII.test(text) || ANY.test(text);
