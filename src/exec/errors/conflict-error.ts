import * as t from 'io-ts';
import { closed } from '../../plan/values/codecs';
import { error, text, withOutput } from './error-shape';

/** One of the requirements that exclude each other. */
const ConflictSide = closed(
  {
    /** Such as `a<1`. */
    asks: text,
    /** A constraint (`-c`) only limits what others ask for; an override replaces it. */
    by: t.keyof({ requirement: null, constraint: null, override: null, package: null }),
    /** The package that needs it; null if the declaration itself asks for it. */
    package: t.union([text, t.null]),
    /** The requirement that brings this package; null if the package is required directly. */
    comesWith: t.union([text, t.null]),
    /** `file:line`. */
    place: text,
    /** The line that includes the file, such as `-r, file:line`; null for the declaration itself. */
    included: t.union([text, t.null]),
  },
  'ConflictSide',
);

/** See {@link ConflictSide}. */
export type ConflictSide = t.TypeOf<typeof ConflictSide>;

/** No version of a package fits all requirements. */
export const RequirementsConflict = error('RequirementsConflict', {
  name: text,
  sides: t.readonlyArray(ConflictSide),
  output: text,
});

const showSide = ({ asks, by, package: needs, comesWith, place, included }: ConflictSide): string => {
  const from = included === null ? '' : ` (from ${included})`;
  const at = `(${place}${included === null ? '' : `, from ${included}`})`;
  switch (by) {
    case 'package':
      return comesWith === null
        ? `${needs ?? ''} ${at} needs ${asks}`
        : `${needs ?? ''}, which comes with ${comesWith} ${at}, needs ${asks}`;
    case 'requirement':
      return `${place}${from} asks for ${asks}`;
    case 'constraint':
      return `${place}${from} limits it to ${asks}`;
    case 'override':
      return `${place}${from} overrides it with ${asks}`;
  }
};

/** The error as a user reads it. */
export const showRequirementsConflict = ({
  name,
  sides,
  output,
}: t.TypeOf<typeof RequirementsConflict>): string => {
  const viaPackage = sides.some(({ by }) => by === 'package')
    ? ', or ask for another version of the package that needs it'
    : '';
  return `No version of ${name} fits all requirements: ${sides.map(showSide).join('; ')}. Change one of them so that they agree${viaPackage}.${withOutput(output)}`;
};
