import * as path from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { requirementFiles, requirementTexts } from '../../../src/exec/files/requirement-texts';
import { writeTree } from '../../support/temporary';
import { folderOf } from '../support/requests';

const test = suite('requirements files and what they include');

test('each once, however a line names it', () => {
  const folder = folderOf({ 'b c.txt': 'b\n', 'in/d.txt': '-r../a.txt\n', 'e.txt': 'e\n', 'f.txt': 'f\n' });
  const at = (name: string): string => path.join(folder, name);
  const text = [
    '-rin/d.txt # again',
    '--requirement="b c.txt"',
    '-c \\',
    '  e.txt',
    `-c ${pathToFileURL(at('f.txt')).href}`,
    '-r missing.txt',
    '# -r no.txt',
    'six==1 ; extra == "-r no.txt"',
  ].join('\n');
  writeTree(folder, { 'a.txt': text });
  assert.equal(requirementFiles([at('a.txt')]), [
    { file: at('a.txt'), text },
    { file: at('in/d.txt'), text: '-r../a.txt\n' },
    { file: at('b c.txt'), text: 'b\n' },
    { file: at('e.txt'), text: 'e\n' },
    { file: at('f.txt'), text: 'f\n' },
    { file: at('missing.txt'), text: undefined },
  ]);
  assert.equal(requirementTexts(folder, ['e.txt', 'missing.txt', 'e.txt']), ['e\n', '']);
  assert.equal(
    requirementFiles([pathToFileURL(at('e.txt')).href]).map(({ file }) => file),
    [at('e.txt')],
  );
});

test.run();
