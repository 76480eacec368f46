import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DEFAULT_INDEX } from '../../../../src/plan/packaging/requirement/package-indexes';
import { markerEnvironment } from '../../../../src/plan/packaging/tags/marker-environment';
import { readUvLock } from '../../../../src/plan/locks/uv/uv-lock';

const test = suite('uv lock outdated: other local packages');

const environment = markerEnvironment({ name: 'x', python: '3.11', glibcMinor: 26 }, 'x86_64');

const dist = (entry: string): string => `[package.metadata]\nrequires-dist = [{ ${entry} }]\n`;

const project = (dependencies: readonly string[], more = ''): string =>
  `[project]\nname = "app"\ndependencies = [${dependencies.map((each) => `'${each}'`).join(', ')}]\n${more}`;

const SIX = 'name = "six", specifier = ">=1,<2"';
const SIX_OF_INDEX = `\n[[package]]\nname = "six"\nsource = { registry = "${DEFAULT_INDEX}" }\n`;
const CORP = '[[tool.uv.index]]\nname = "corp"\nurl = "https://c.example/simple"\n';

/** Why a lock is outdated whose project needs a member of the workspace. */
const memberReason = (
  pyproject: string,
  {
    metadata = dist(SIX),
    more = '',
    switches = '',
    kept = dist('name = "member", editable = "member"'),
  } = {},
): string | null => {
  const file = '/repo/pyproject.toml';
  const text = project(
    ['member'],
    `[tool.uv]\n${switches}\n[tool.uv.sources]\nmember = { workspace = true }\nsix = { index = "corp" }\n${CORP}`,
  );
  const member = `[[package]]\nname = "member"\nsource = { editable = "member" }\n${metadata}`;
  const app = '[[package]]\nname = "app"\nsource = { virtual = "." }\ndependencies = [{ name = "member" }]\n';
  const result = readUvLock({
    source: { file: '/repo/uv.lock', text: `version = 1\n${app}${kept}\n${member}${more}${SIX_OF_INDEX}` },
    manifest: { file, text },
    ...{ markers: environment, groups: [], extras: [] },
    localPackages: [
      {
        ...{ path: '/repo/member', name: 'member', files: [], kind: 'folder', pyproject },
        workspace: { root: { file, text }, members: [] },
      },
    ],
  });
  if (result._tag === 'Right') return null;
  const [error] = result.left;
  if (error?._tag !== 'LockOutdated') throw new Error(JSON.stringify(result.left));
  assert.is(error.file, '/repo/uv.lock');
  assert.is(error.manifest, '/repo/member/pyproject.toml');
  assert.is(error.command, 'uv lock');
  return error.reason;
};

const member = (dependencies: readonly string[]): string => project(dependencies).replace('app', 'member');

test('another local package that the lock installs is compared as well', () => {
  const corp = dist('name = "six", index = "https://c.example/simple"');
  assert.is(memberReason(member(['six']), { metadata: corp }), null);
  assert.is(memberReason(member(['six', 'tqdm']), { metadata: corp }), 'it was made without tqdm');
  assert.is(memberReason(member([]), { metadata: '' }), null);
  assert.is(memberReason(member(['tqdm']), { metadata: '' }), 'it was made without tqdm');
});

test('the root of the lock switches off the sources of its members', () => {
  const switches = 'no-sources-package = ["six"]';
  assert.is(memberReason(member(['six>=1,<2']), { switches }), null);
  assert.is(
    memberReason(member(['six>=1,<2'])),
    'it was made without six<2,>=1 of the index https://c.example/simple',
  );
});

test('a local package of another name, of given metadata or of a lock without metadata is not compared', () => {
  const wrong = member(['tqdm']);
  assert.is(memberReason(wrong.replace('member', 'other')), null);
  assert.is(memberReason('[project\n'), null);
  const more = '[[manifest.dependency-metadata]]\nname = "Member"\n';
  assert.is(memberReason(wrong, { more }), null);
  assert.is(memberReason(wrong, { metadata: '', kept: '' }), null);
});

test.run();
