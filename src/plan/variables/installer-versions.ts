/** The first pip that can exclude later uploads (`--uploaded-prior-to`). */
export const MINIMUM_DATED_PIP = '26.0.0';

/** Since this version uv rejects a wheel that it built for another platform than the target (astral-sh/uv#16019). */
export const MINIMUM_UV = '0.9.16';

/**
 * Older versions read pyproject.toml and hashes differently. This is also the first version with the current resolver's
 * messages.
 */
export const MINIMUM_PIP = '23.0.0';
