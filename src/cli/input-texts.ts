import * as path from 'node:path';
import type { BundlePlan } from '../plan/bundle-plan';
import { textOf } from '../exec/requirement-texts';

/** The texts of the requirements files of a plan, as they are on this machine. */
export const inputTexts = ({ install }: BundlePlan): readonly string[] =>
  install === null
    ? []
    : install.inputs
        .filter(
          (input) =>
            /\.(txt|in)$/.test(input.path) ||
            install.requirements.some(
              (name) => path.posix.join(install.workingDirectory, name) === input.path,
            ),
        )
        .map(({ from }) => textOf(from));
