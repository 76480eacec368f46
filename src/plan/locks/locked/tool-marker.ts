import type { Either } from 'fp-ts/Either';
import { right } from 'fp-ts/Either';
import { constantMarker } from '../../packaging/requirement/constant-marker';
import type { Marker } from '../../packaging/requirement/marker';
import { parseMarker } from '../../packaging/requirement/marker';

/**
 * A marker as Poetry and PDM write it. Both have two that PEP 508 does not have: an empty text holds everywhere, and `<empty>`
 * holds nowhere. They write the latter where conditions exclude each other, such as those of a package that only one of
 * its groups needs.
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
