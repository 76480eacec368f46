/** The first pip that can leave out what was uploaded later (`--uploaded-prior-to`). */
export const MINIMUM_DATED_PIP = '26.0.0';
