import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planOf } from '../../../exec/support/plans';
import { folderOf, HANDLER } from '../../../exec/support/requests';

const test = suite('lines that uv and pip would read differently');

const message = (tree: Readonly<Record<string, string>>): string => {
  const folder = folderOf({ 'index.py': HANDLER, ...tree });
  try {
    planOf(folder);
    return 'planned';
  } catch (error) {
    return (error as Error).message
      .replaceAll(fs.realpathSync(folder) + path.sep, '')
      .replaceAll(folder + path.sep, '');
  }
};

const [A, B] = ['--index-url https://a.example/simple\n', '--index-url https://b.example/simple\n'];

test('two default indexes are an error with both lines, in one file and in two', () => {
  const rest =
    ': there is one default index, and pip would take the last of them in silence. Take one of the two lines away, or write it as `--extra-index-url`.';
  const asked = (index: string): string => `requires --index-url https://${index}.example/simple`;
  assert.match(
    message({ 'requirements.txt': `${A}${B}six==1.17.0\n` }),
    `requirements.txt:2 ${asked('b')}, but requirements.txt:1 ${asked('a')}${rest}`,
  );
  const two = message({ 'requirements.txt': `${A}-r more.txt\nsix==1.17.0\n`, 'more.txt': B });
  assert.match(two, `more.txt:1 ${asked('b')}, but requirements.txt:1 ${asked('a')}${rest}`);
  assert.match(
    message({ 'requirements.txt': `${A}${A}six==1.17.0\n` }),
    `requirements.txt:2 ${asked('a')}, but requirements.txt:1`,
  );
  assert.is(message({ 'requirements.txt': `${A}-r more.txt\nsix==1.17.0\n`, 'more.txt': A }), 'planned');
});

test('a constraint with extras is an error with its file and line', () => {
  const tree = {
    'requirements.txt': '-c c.txt\nsix==1.17.0\n',
    'c.txt': '# one\nidna[foo]<3.7 ; python_version < "3.8"\n',
  };
  assert.match(
    message(tree),
    'c.txt:2 has [foo], which a constraint cannot have: pip refuses the extras of a constraint, and uv ignores them. Take it away',
  );
  assert.is(message({ ...tree, 'c.txt': 'idna<3.7\n' }), 'planned');
});

test.run();
