import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { manifestPath, readManifest } from '../../../src/exec/bundle/bundle-manifest';
import type { ExecutionReport } from '../../../src/exec/batch/execution-report';
import { findHostTool } from '../../../src/exec/machine/host-tool';
import { INSTALLER_FILE, takeInstaller } from '../../../src/exec/errors/installer-used';
import { joinParts, selected } from '../../../src/exec/parts/join-parts';
import { makePart } from '../../../src/exec/parts/make-part';
import type { Part } from '../../../src/exec/store/part';
import { readPart } from '../../../src/exec/store/part';
import { remakePart } from '../../../src/exec/parts/remake-part';
import { liveShell } from '../../../src/exec/process/shell';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { sha256 } from '../../../src/plan/values/hash';
import { BOTH, machine, told } from '../../hostile/machines';
import { execute } from '../../support/bundle-file';
import { openIndex } from '../../support/open-index';
import { temporaryFolder, writeTree } from '../../support/temporary';
import { wheelFolder } from '../../support/wheel';
import { MADE, runScript } from '../support/container-runs';
import { planOf } from '../support/plans';
import { folderOf, HANDLER } from '../support/requests';
import { newStore } from '../support/stores';

const test = suite('what installed');

const UV = { name: 'uv', version: '0.13.9' } as const;
const PIP = { name: 'pip', version: '26.1' } as const;

const installersIn = ({ output }: BundlePlan): unknown =>
  readManifest(fs.readFileSync(manifestPath(output.path), 'utf8'))?.installers;

const outcomeOf = async (
  plan: BundlePlan,
  environment: NodeJS.ProcessEnv,
): Promise<Extract<ExecutionReport['outcome'], { readonly _tag: 'Bundled' }>> => {
  const [report] = await execute([plan], environment);
  if (report?.outcome._tag !== 'Bundled') throw new Error(JSON.stringify(report));
  return report.outcome;
};

for (const tool of BOTH)
  for (const packaging of ['zip', 'directory'] as const)
    test(`${tool} on this machine, ${packaging}: in the line, the report and the manifest, also of a second bundle`, async () => {
      const index = await openIndex(wheelFolder('corp', { 'corp.py': '' }));
      const requirements = `--index-url ${index.url}\ncorp\n`;
      const planned = (text: string) =>
        planOf(folderOf({ 'index.py': HANDLER, 'requirements.txt': requirements, 'own.txt': text }), {
          packaging,
        });
      try {
        const environment = machine(tool);
        const found = await findHostTool(liveShell(environment))(
          planned('1').install?.host.tools ?? [],
          temporaryFolder(),
        );
        const version = isLeft(found) ? 'none' : found.right.version;
        const installed = [{ name: tool, version }];
        const first = planned('1');
        const lines = await told(async () => {
          const { dependencies, installers } = await outcomeOf(first, environment);
          assert.equal([dependencies, installers], ['host', installed]);
        });
        assert.match(lines.join('\n'), `installed by host (${tool} ${version}) in `, 'the line names it');
        assert.equal(installersIn(first), installed);
        const second = planned('2');
        const { dependencies, installers } = await outcomeOf(second, environment);
        assert.equal([dependencies, installers], ['store', installed]);
        assert.equal(installersIn(second), installed);
      } finally {
        index.close();
      }
    });

test('a bundle without modules has no installer', async () => {
  const plan = planOf(folderOf({ 'index.py': HANDLER }));
  assert.is((await outcomeOf(plan, machine('uv'))).installers, undefined);
  assert.equal(installersIn(plan), []);
});

test('a container says which one it was: the last that ran, and none where none ran', () => {
  assert.equal(runScript({ uv: MADE }).installer, { name: 'uv', version: '9.9.9' });
  const pip = runScript({ pip: MADE }).installer;
  assert.is(pip?.name, 'pip');
  assert.match(pip?.version ?? '', /^\d+\.\d+/);
  const both = runScript({ uv: 'exit 2', pip: MADE }, {}, { PIP_INDEX_URL: 'x' });
  assert.is(both.installer?.name, 'pip');
  assert.is(runScript({ uv: 'exit 2' }).installer, undefined);
  assert.is(runScript({}, { installers: [[]] }).installer, undefined);
});

test('what else a container leaves in the place of that file says nothing, and goes', () => {
  const left = (make: (file: string) => void): unknown => {
    const folder = temporaryFolder();
    make(path.join(folder, INSTALLER_FILE));
    const taken = takeInstaller(folder);
    assert.equal(fs.readdirSync(folder), []);
    return taken;
  };
  const text = (content: string) => left((file) => fs.writeFileSync(file, content));
  assert.equal(text(JSON.stringify(UV)), UV);
  assert.is(
    left(() => undefined),
    undefined,
  );
  for (const content of [
    '',
    '{',
    '{"name":"conda","version":"1"}',
    '{"name":"uv","version":"1\\n2"}',
    JSON.stringify({ ...UV, more: 1 }),
    JSON.stringify({ ...UV, version: '1'.repeat(200) }),
  ])
    assert.is(text(content), undefined, content);
  assert.is(
    left((file) => fs.mkdirSync(file)),
    undefined,
  );
});

test('a part keeps it in every form; a part of several has that of each', async () => {
  const store = newStore();
  const part = (name: string, installer: Part['installers']): Promise<Part> =>
    store.temporary(async (temporary) => {
      const tree = path.join(temporary, 'tree-of');
      writeTree(tree, { [`${name}.py`]: name });
      const forms = { zip: true, tree: false };
      const made = await makePart(
        tree,
        path.join(temporary, 'part'),
        forms,
        false,
        Promise.resolve(),
        installer,
      );
      return store.addPart('modules', sha256(name), made);
    });
  const parts = [
    await part('a', [UV]),
    await part('b', [PIP]),
    await part('c', [UV]),
    await part('d', undefined),
  ];
  const [a] = parts;
  if (a === undefined) throw new Error('no part');
  assert.equal(store.part('modules', sha256('a'))?.installers, [UV]);
  assert.is(parts[3]?.installers, undefined);
  const again = await remakePart(store, 'modules', sha256('a'), a, { zip: true, tree: true });
  assert.equal([again?.own, again?.installers], [true, [UV]]);
  const folder = path.join(temporaryFolder(), 'joined');
  fs.mkdirSync(folder);
  const now = parts.map((one) => store.part('modules', sha256(one.files[0]?.path[0] ?? '')) ?? one);
  const all = now.map((one) => selected(one, () => true));
  joinParts(all, folder, { zip: true, tree: false });
  assert.equal(readPart(folder)?.installers, [PIP, UV]);
});

test.run();
