import * as path from 'node:path';
import { Line, RelativePath } from '../values/codecs';
import { installInputs } from '../declarations/local-packages/install-inputs';
import type { PlanError } from '../errors/plan-error';
import type { SourceSnapshot } from '../model/source-snapshot';

const unsupported = (file: string, kind: string): PlanError => ({
  _tag: 'UnsupportedFile',
  path: file,
  kind,
});

const MISNAMED = 'file whose name is a path on another system';

/**
 * The errors of files whose names no plan can have, because other systems or installers would read them differently.
 */
export const unsupportedFiles = ({
  entry,
  files,
  requirements,
}: Pick<SourceSnapshot, 'entry' | 'files' | 'requirements'>): readonly PlanError[] => [
  ...files
    .filter((file) => !RelativePath.is(file.path))
    .map((file) => unsupported(path.join(entry?.root ?? '', file.path), MISNAMED)),
  ...(requirements === null ? [] : installInputs(requirements).inputs).flatMap((input) => [
    ...(RelativePath.is(input.path) ? [] : [unsupported(input.from, MISNAMED)]),
    ...(input.edits.every(({ text }) => Line.is(text))
      ? []
      : [unsupported(input.from, 'requirements file that names a path with a control character in it')]),
  ]),
];
