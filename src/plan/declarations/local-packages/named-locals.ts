import * as path from 'node:path';
import { memoizeByObject } from '../../values/memoize-by-object';
import type { NamedLocal } from './followed-packages';
import { followPackages } from './followed-packages';
import { lineTarget } from '../lines/line-target';
import { extrasAndMarker } from '../../packaging/local/local-reference';
import type { LocalNeeds } from '../../packaging/local/local-needs';
import { placedLines } from '../lines/requested-lines';
import type { RequirementsSnapshot } from '../../model/source-snapshot';

/** The local packages that a requirements file, and the files that it includes, ask for. */
export const namedLocals = memoizeByObject((requirements: RequirementsSnapshot): readonly NamedLocal[] => {
  const workingFolder = path.dirname(requirements.texts[0].file);
  return placedLines(requirements).flatMap(({ line, file, isConstraint }) =>
    line._tag !== 'LocalPackage' || isConstraint
      ? []
      : { path: lineTarget(line, file, workingFolder), ...extrasAndMarker(line.rest) },
  );
});

/** The needs that the sources of these packages add. */
export const followedOf = memoizeByObject((requirements: RequirementsSnapshot): LocalNeeds =>
  followPackages(namedLocals(requirements), requirements.localPackages),
);
