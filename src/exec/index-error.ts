import * as t from 'io-ts';
import { error, text } from './error-shape';

/**
 * Only pip was found, but the order of the indexes counts.
 *
 * @since 0.1.0
 */
export const IndexError = error('IndexOrderNeedsUv', { tool: text, named: text });

/** See {@link IndexError}. */
export type IndexError = t.TypeOf<typeof IndexError>;

const WHY =
  'A package then comes from the first index that has its name, and from no other. pip takes the best version of all indexes, so a stranger could publish a newer version of a private package.';

export const showIndexError = ({ named, tool }: IndexError): string =>
  `${named} adds a package index. ${WHY} Only ${tool} was found, which cannot do this. Install uv, lock the dependencies, or name one index that has all packages (\`dependencies.index\`).`;
