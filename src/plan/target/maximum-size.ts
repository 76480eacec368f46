/** The most bytes that a function and its layers may have together, unzipped (250 MB; Lambda quotas page). */
export const MAXIMUM_SIZE = 250 * 1024 * 1024;
