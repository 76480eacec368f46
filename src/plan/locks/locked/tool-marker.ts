import type { Either } from 'fp-ts/Either';
import { right } from 'fp-ts/Either';
import { constantMarker } from '../../packaging/requirement/constant-marker';
import type { Marker } from '../../packaging/requirement/marker';
import { parseMarker } from '../../packaging/requirement/marker';

/**
 * Parses a marker of Poetry or PDM. Both have two markers that PEP 508 does not have: an empty text always holds, and
 * `<empty>` never holds. They write `<empty>` for conditions that exclude each other, such as those of a package that
 * only one of its groups needs.
 */
export const parseToolMarker = (text: string): Either<string, Marker> => {
  switch (text.trim()) {
    case '':
      return right(constantMarker(true));
    case '<empty>':
      return right(constantMarker(false));
    default:
      return parseMarker(text);
  }
};
