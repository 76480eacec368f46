/** The maximum unzipped size of a function with its layers, in bytes (250 MB; Lambda quotas page). */
export const MAXIMUM_SIZE = 250 * 1024 * 1024;
