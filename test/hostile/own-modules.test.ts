import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { folderOf, HANDLER } from '../exec/support/requests';
import { bundleOf, machine } from '../support/hostile-build';
import { cached, findPython, runTool } from '../support/python-tools';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder } from '../support/temporary';

const suiteOfModules = suite('modules of the project in the place of tools');
const { row, run } = reliabilityTable(suiteOfModules, 'hostile: modules of the project');

/** `bin` of a virtual environment of a Python, with a pip that will do. */
const binOf = (python: string): string => {
  const folder = cached(`own-modules-${path.basename(path.dirname(path.dirname(python)))}`, (target) => {
    runTool(python, ['-I', '-m', 'venv', target]);
    const pip = path.join(target, 'bin', 'python3');
    runTool(pip, ['-I', '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'pip==25.0.1']);
  });
  return path.join(folder, 'bin');
};

/** Modules that an installer, or what starts it, would import first. */
const NAMES = ['uv', 'pip', 'json', 'os', 'site', 'runpy', 'sitecustomize', 'usercustomize'];

row(
  'a project has an `uv.py`, a `pip.py` or a module of Python’s own name beside its requirements; there is no uv, and Python is 3.9, 3.10 or 3.13',
  'none of them is imported, whatever `sdist` says and with variables such as PYTHONPATH as well',
  async (tryCase) => {
    for (const [version, sdist, variables] of [
      ['3.9', 'forbid', { PYTHONPATH: '.' }],
      ['3.10', 'forbid', {}],
      ['3.10', 'host', { PYTHONPATH: '', PYTHONSTARTUP: 'pip.py' }],
      ['3.13', 'host', { PYTHONPATH: '.' }],
    ] as const) {
      const python = findPython(version);
      if (python === undefined) continue;
      await tryCase(`Python ${version}, ${sdist}, ${JSON.stringify(variables)}`, async () => {
        const witness = path.join(temporaryFolder(), 'ran');
        const code = `open(${JSON.stringify(witness)}, 'a').write(__name__ + chr(10))\n`;
        const folder = folderOf({
          'index.py': HANDLER,
          'requirements.txt': 'six==1.16.0\n',
          ...Object.fromEntries(NAMES.map((name) => [`${name}.py`, code])),
        });
        const here = machine('pip', variables);
        const PATH = `${binOf(python)}:${here.environment['PATH'] ?? ''}`;
        const { names, message } = await bundleOf(
          folder,
          { environment: { ...here.environment, PATH } },
          // A whole build lays the project's files out where the installer runs.
          { sdist, hooks: { before: ['true'], after: [] } },
        );
        assert.ok(names.includes('six.py'), message);
        assert.is(fs.existsSync(witness) ? fs.readFileSync(witness, 'utf8') : '', '');
      });
    }
  },
);

run();
