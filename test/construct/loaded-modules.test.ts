import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { functionIn } from './support/app';
import { folderOf, HEAD, synth } from './support/told-imports';

const test = suite('which modules import warnings look at');

test('only what the handler loads is looked at: a script in the same folder may import what it likes', () => {
  const told = (first: string): readonly string[] => {
    const entry = folderOf({
      'index.py': `${first}\ndef handler(event, context): pass\n`,
      'script.py': 'import os\nimport yaml\n',
      'tools/__init__.py': '',
      'tools/seed.py': 'import yaml\n',
    });
    return synth((stack) => functionIn(stack, 'Orders', { entry })).map((one) =>
      one.replaceAll(`${entry}/`, ''),
    );
  };
  const missing = (place: string): string =>
    `/Stack/Orders One import ${HEAD}\n  ${place} imports yaml. PyYAML provides it: add that to a requirements.txt beside the entry.`;
  assert.equal(told('import os'), []);
  assert.equal(told('import script'), [missing('script.py:2')]);
  assert.equal(told('from tools import seed'), [missing('tools/seed.py:1')]);
  // By a call, where the text has the name.
  assert.equal(told('import importlib\nseed = importlib.import_module("tools.seed")'), [
    missing('tools/seed.py:1'),
  ]);
  assert.equal(told('import importlib, os\nseed = importlib.import_module(os.environ["TOOL"])'), []);
});

test.run();
