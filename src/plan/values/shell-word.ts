/** A text as one word of a POSIX shell, which reads it back as it is. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
