import * as fs from 'node:fs';

/** The names of the bundles in an output folder, without what lies beside them; none where there is no folder. */
export const bundlesIn = (folder: string): readonly string[] =>
  fs.existsSync(folder)
    ? fs.readdirSync(folder).filter((name) => name.startsWith('asset.') && !name.endsWith('.json'))
    : [];
