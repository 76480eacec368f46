import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { sha256 } from '../plan/hash';
import { applyEdits } from '../plan/install-inputs';
import type { InstallPlan } from '../plan/install-plan';
import type { ExecutionError } from './execution-error';

/**
 * Copies what an installer reads into one folder: it then reads exactly what the plan's hash covers, a container needs
 * no mount of the user's files, and a build leaves nothing beside them.
 */
export const gatherInputs = async (
  { inputs, workingDirectory }: InstallPlan,
  folder: string,
): Promise<E.Either<ExecutionError, void>> => {
  await fs.mkdir(path.join(folder, workingDirectory), { recursive: true });
  for (const { path: relative, from, digest, executable, edits } of inputs) {
    const bytes = await fs.readFile(from).catch(() => undefined);
    if (bytes === undefined || sha256(bytes) !== digest) return E.left({ _tag: 'SourceChanged', path: from });
    const target = path.join(folder, relative);
    await fs.mkdir(path.dirname(target), { recursive: true });
    const content = edits.length === 0 ? bytes : applyEdits(new TextDecoder().decode(bytes), edits);
    await fs.writeFile(target, content, { mode: executable ? 0o755 : 0o644 });
  }
  return E.right(undefined);
};
