import * as path from 'node:path';
import { memoizeByObject } from '../../values/memoize-by-object';
import { folderOf, gatheredLayout } from './gathered-layout';
import { sha256 } from '../../values/hash';
import type { InstallInput } from '../../model/install-plan';
import { lineEdits, requirementsDigest } from './requirements-edits';
import type { RequirementsSnapshot } from '../../model/source-snapshot';

/** The installer's inputs, laid out under one folder so that the paths between them hold. */
interface InstallInputs {
  readonly inputs: readonly InstallInput[];
  /** The folder in which the installer runs, relative to the inputs. */
  readonly workingDirectory: string;
}

/** Gathers all files that an installer reads for a requirements file. */
export const installInputs = memoizeByObject((requirements: RequirementsSnapshot): InstallInputs => {
  const { texts, localPackages } = requirements;
  const workingFolder = path.dirname(texts[0].file);
  const layout = gatheredLayout(requirements);
  const fromTexts = texts.map((text): InstallInput => {
    const edits = lineEdits(text, workingFolder, layout);
    return {
      path: layout.place(text.file),
      from: text.file,
      digest: text.digest,
      hashed: requirementsDigest(text.text, edits),
      executable: false,
      edits,
    };
  });
  const fromPackages = localPackages.flatMap((local) => {
    const folder = folderOf(local);
    return local.files.map(({ path: file, digest, executable }): InstallInput => {
      const from = path.join(folder, file);
      return { path: layout.place(from), from, digest, hashed: digest, executable, edits: [] };
    });
  });
  // A requirements file may also be part of a local package. It then comes first, and its entry as requirements file
  // counts.
  const unique = new Map([...fromTexts, ...fromPackages, ...fromTexts].map((input) => [input.path, input]));
  return { inputs: [...unique.values()], workingDirectory: layout.workingDirectory };
});

/**
 * Whether bytes are those with which an input was planned, so that the plan's hash covers what they install. A plan may
 * come from a stranger, so its `hashed` must match its bytes and edits.
 */
export const isAsPlanned = ({ digest, hashed, edits }: InstallInput, bytes: Uint8Array): boolean =>
  sha256(bytes) === digest &&
  ((edits.length === 0 && hashed === digest) ||
    hashed === requirementsDigest(new TextDecoder().decode(bytes), edits));
