import * as path from 'node:path';
import { trustedByLines } from '../plan/declarations/trusted-lines';
import type { InstallTask } from './install';
import { requirementTexts } from './requirement-texts';

/** A line for each host whose certificate the requirements of an install say not to check. */
export const uncheckedNotes = ({
  install: { declaration, requirements, workingDirectory },
  folders,
}: Pick<InstallTask, 'install' | 'folders'>): readonly string[] => {
  const texts = requirementTexts(path.join(folders.input, workingDirectory), requirements);
  const place = declaration === null ? 'the requirements say' : `the project of ${declaration} says`;
  return [...new Set(trustedByLines(texts))].map(
    (host) =>
      `the certificate of ${host} is not checked, because ${place} so (\`verify_ssl = false\` or \`--trusted-host\`)`,
  );
};
