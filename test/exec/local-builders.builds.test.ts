import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { bundleOf, HANDLER, planIn } from '../support/local-build';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('local packages whose build requires a local package');

const PLUGIN = {
  'bplug/pyproject.toml':
    '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "bplug"\nversion = "1"\ndependencies = ["hatchling"]\n[project.entry-points.hatch]\nbplug = "bplug"\n',
  'bplug/bplug/__init__.py':
    'import os\nfrom hatchling.builders.hooks.plugin.interface import BuildHookInterface\nfrom hatchling.plugin import hookimpl\nclass H(BuildHookInterface):\n    PLUGIN_NAME = "bplug"\n    def initialize(self, version, build_data):\n        with open(os.path.join(self.root, "src/pk/gen.py"), "w") as f: f.write("G = 1\\n")\n        build_data["artifacts"].append("src/pk/gen.py")\n@hookimpl\ndef hatch_register_build_hook(): return H\n',
};

test('uv builds it, and the plugin is not in the bundle; an edit of the plugin is another bundle', async () => {
  const root = temporaryFolder();
  writeTree(root, {
    '.git/HEAD': '',
    'fn/h.py': HANDLER,
    'fn/requirements.txt': '-e ../pk\n',
    'pk/pyproject.toml':
      '[build-system]\nrequires = ["hatchling", "bplug"]\nbuild-backend = "hatchling.build"\n[project]\nname = "pk"\nversion = "1"\n[tool.hatch.build.hooks.bplug]\n[tool.hatch.build.targets.wheel]\npackages = ["src/pk"]\n[tool.uv.sources]\nbplug = { path = "../bplug" }\n',
    'pk/src/pk/__init__.py': '',
    ...PLUGIN,
  });
  const plan = planIn(root);
  const store = temporaryFolder();
  const bundle = await bundleOf(plan, 'uv', store);
  assert.equal(fs.readdirSync(bundle).sort(), ['h.py', 'pk', 'pk-1.dist-info']);
  assert.ok(fs.existsSync(path.join(bundle, 'pk/gen.py')));
  const plugin = path.join(root, 'bplug/bplug/__init__.py');
  fs.writeFileSync(plugin, fs.readFileSync(plugin, 'utf8').replace('G = 1', 'G = 2'));
  const edited = planIn(root);
  assert.is.not(edited.hash.dependencies, plan.hash.dependencies);
  const other = await bundleOf(edited, 'uv', store);
  assert.equal(fs.readdirSync(other).sort(), ['h.py', 'pk', 'pk-1.dist-info']);
  assert.is(fs.readFileSync(path.join(other, 'pk/gen.py'), 'utf8'), 'G = 2\n');
});

test.run();
