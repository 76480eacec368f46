/** The first pip that can leave out what was uploaded later (`--uploaded-prior-to`). */
export const MINIMUM_DATED_PIP = '26.0.0';

/** From here on uv refuses a wheel that it built for another platform than the target's (astral-sh/uv#16019). */
export const MINIMUM_UV = '0.9.16';

/** Older ones read pyproject.toml and hashes in other ways; also the first with the current resolver's messages. */
export const MINIMUM_PIP = '23.0.0';
