import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MACHINE_LINKS_NAME, putLinks } from '../../../src/exec/container/container-links';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { planWith } from '../support/plans';

const test = suite('folders of wheels of this machine that a container gets');

const { install } = planWith('six\n', { executor: 'docker' });

const put = (
  variables: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
) => {
  if (install === null) throw new Error('nothing is installed');
  const folder = temporaryFolder();
  const lines = putLinks(folder, { install, environment }, variables);
  const file = path.join(folder, MACHINE_LINKS_NAME);
  const values = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as unknown) : undefined;
  return { folder, lines, values };
};

const WHEELS = temporaryFolder();
writeTree(WHEELS, { 'my wheels/a-1-py3-none-any.whl': 'a', 'my wheels/more/b.whl': 'b', 'page.html': '' });
const at = (name: string): string => path.join(WHEELS, name);

test("uv's folders count for pip as well; the files are there, and URLs stay", () => {
  const { folder, lines, values } = put({ UV_FIND_LINKS: `${at('my wheels')}, https://h/x` });
  assert.equal(values, {
    UV_FIND_LINKS: '{tools}/links-0,https://h/x',
    PIP_FIND_LINKS: '{tools}/links-0 https://h/x',
  });
  assert.equal(fs.readdirSync(path.join(folder, 'links-0')), ['a-1-py3-none-any.whl']);
  assert.equal(lines, []);
});

test("pip's folders count for uv as well; one of them lies below the home", () => {
  const { values } = put({ PIP_FIND_LINKS: `~/w file://${at('my%20wheels')}`, HOME: WHEELS });
  assert.equal(values, { UV_FIND_LINKS: '{tools}/links-0', PIP_FIND_LINKS: '{tools}/links-0' });
});

test('a line names what is no folder', () => {
  assert.equal(put({ PIP_FIND_LINKS: `${at('page.html')} /none` }).lines, [
    `${at('page.html')} of UV_FIND_LINKS or PIP_FIND_LINKS is not a folder of this machine, so the container does not see it`,
    '/none of UV_FIND_LINKS or PIP_FIND_LINKS is not a folder of this machine, so the container does not see it',
  ]);
});

test('what the bundle says counts before', () => {
  assert.is(put({ UV_FIND_LINKS: at('my wheels') }, { PIP_FIND_LINKS: '/in/container' }).values, undefined);
});

test.run();
