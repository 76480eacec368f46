import * as fs from 'node:fs';
import * as path from 'node:path';
import type { CommandHooks } from '../../src/plan/request/bundle-request';

/** A function that needs what a hook makes, and can tell what another has changed. */
export const WHOLE_TREE: Readonly<Record<string, string>> = {
  'index.py': `
import importlib.metadata
import os
import generated
import six


def lambda_handler(event, context):
    here = os.path.dirname(__file__)
    return {
        "generated": generated.NAME,
        "six": six.__version__,
        "metadata": importlib.metadata.version("idna"),
        "files": sorted(name for name in os.listdir(here) if not name.startswith(("six", "idna", "__pycache__"))),
        "marker": open(os.path.join(here, "marker.txt")).read(),
    }
`,
  'requirements.txt': 'six==1.16.0\nidna==3.6\n',
  'docs/readme.md': 'for people\n',
  'data/a b.txt': 'data\n',
};

export const WHOLE_HOOKS: CommandHooks = {
  before: ['echo "NAME = \'$(cat requirements.txt | wc -l)\'" > generated.py', 'test -f {input}/index.py'],
  after: ['rm -rf docs', 'cat "{output}/data/a b.txt" > marker.txt'],
};

export const WHOLE_ANSWER = {
  generated: '2',
  six: '1.16.0',
  metadata: '3.6',
  files: ['data', 'generated.py', 'index.py', 'marker.txt'],
  marker: 'data\n',
};

/** A command that leaves a line in a file of this machine, and how many there are. */
export const counter = (folder: string): { readonly command: string; readonly count: () => number } => {
  const file = path.join(folder, 'runs');
  return {
    command: `echo ran >> ${file}`,
    count: () => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').length - 1 : 0),
  };
};
