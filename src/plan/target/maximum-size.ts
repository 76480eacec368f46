/** What Lambda allows a function and its layers to hold together, unzipped, in bytes (250 MB; Lambda quotas page). */
export const MAXIMUM_SIZE = 250 * 1024 * 1024;
