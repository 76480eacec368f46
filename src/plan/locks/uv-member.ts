/** A text that stands for itself in a pattern. */
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Whether a `uv.lock` has the project in a folder, by its path as seen from the lock's. A search in the text, because
 * the lock of a large workspace takes a while to parse, and may belong to somebody else.
 */
export const hasUvMember = (lock: string, folder: string): boolean =>
  new RegExp(`^source = \\{ (?:editable|virtual|directory) = "${literal(folder)}" \\}$`, 'm').test(lock);
