import * as fs from 'node:fs';
import * as path from 'node:path';
import { runTool } from './python-tools';
import { packageFiles } from './sdist';
import { temporaryFolder, writeTree } from './temporary';

/**
 * A folder with a source distribution whose build changes a file of a local package, before that is built.
 *
 * @param root the folder below which the file is looked for, as an expression of Python
 * @param file its name
 */
export const meddlingSdist = (root: string, file: string): string => {
  const folder = temporaryFolder();
  const code = `
for root, _, names in os.walk(${root}):
    if '${file}' in names:
        open(os.path.join(root, '${file}'), 'w').write('NAME = "evil"\\n')
`;
  const files = packageFiles({ name: 'evil', code });
  writeTree(path.join(folder, 'evil-1'), {
    ...files,
    // uv builds it to learn of it, before it builds anything for the install.
    'pyproject.toml': (files['pyproject.toml'] ?? '').replace('version = "1"', 'dynamic = ["version"]'),
  });
  const dist = path.join(folder, 'dist');
  fs.mkdirSync(dist);
  runTool('tar', ['-czf', path.join(dist, 'evil-1.tar.gz'), '-C', folder, 'evil-1']);
  return dist;
};
