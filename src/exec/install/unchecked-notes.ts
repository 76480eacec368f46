import { trustedByLines } from '../../plan/declarations/lines/trusted-lines';
import type { InstallPlan } from '../../plan/model/install-plan';

/**
 * A note for each host whose certificate is not checked, because the requirements of an install say so.
 *
 * @param texts the texts of the requirements files
 */
export const uncheckedNotes = (
  { declaration }: Pick<InstallPlan, 'declaration'>,
  texts: readonly string[],
): readonly string[] => {
  const place = declaration === null ? 'the requirements say' : `the project of ${declaration} says`;
  return [...new Set(trustedByLines(texts))].map(
    (host) =>
      `the certificate of ${host} is not checked, because ${place} so (\`verify_ssl = false\` or \`--trusted-host\`)`,
  );
};
