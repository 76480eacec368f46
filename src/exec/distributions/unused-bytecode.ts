import * as fs from 'node:fs';
import * as path from 'node:path';
import type { InstallPlan } from '../../plan/model/install-plan';
import { removeFiles } from '../files/remove-files';

const isNothing = ({ omit, exclude }: InstallPlan['leftOut']): boolean =>
  omit.length === 0 && exclude.length === 0;

/**
 * Removes useless bytecode: of modules that were left out after a container had compiled them, and bytecode that the
 * user's commands have made themselves. No other install has any.
 */
export const removeUnused = (
  bytecode: string,
  tree: string,
  { leftOut, isWhole }: Pick<InstallPlan, 'leftOut' | 'isWhole'>,
): void => {
  if (isNothing(leftOut) && !isWhole) return;
  const made = fs
    .readdirSync(bytecode, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.pyc'))
    .map((name) => name.split(path.sep).join('/'));
  removeFiles(
    bytecode,
    made.filter(
      (file) => !fs.existsSync(path.join(tree, sourceOf(file))) || fs.existsSync(path.join(tree, file)),
    ),
  );
};

/** The module of a bytecode file: `a/__pycache__/b.cpython-311.pyc` is made of `a/b.py` (PEP 3147). */
export const sourceOf = (file: string): string =>
  path.posix.join(
    path.posix.dirname(file),
    '..',
    `${path.posix.basename(file).replace(/\.[^.]+\.pyc$/, '')}.py`,
  );
