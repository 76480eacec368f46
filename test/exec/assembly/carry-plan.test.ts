import * as fs from 'node:fs';
import * as path from 'node:path';
import { isLeft, isRight } from 'fp-ts/Either';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { carriedPlan, carryPlan } from '../../../src/exec/assembly/carry-plan';
import { decodeCarriedPlan } from '../../../src/exec/assembly/read-assembly';
import { unpackCarried } from '../../../src/exec/assembly/unpack-carried';
import type { BundlePlan } from '../../../src/plan/model/bundle-plan';
import { sha256 } from '../../../src/plan/values/hash';
import { listTree, temporaryFolder } from '../../support/temporary';
import { planOf, planWith } from '../support/plans';
import { folderOf, HANDLER } from '../support/requests';

const test = suite('plans in a cloud assembly');

const FILES = { 'index.py': HANDLER, 'run.sh': 'echo\n', 'requirements.txt': '-e ../lib\nsix==1.16.0\n' };

/** A function whose local package lies beside its root. */
const withPackage = (): BundlePlan => {
  const folder = folderOf({
    'lib/pyproject.toml': '[project]\nname = "lib"\nversion = "1"\n',
    'lib/lib.py': 'X = 1\n',
    ...Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`fn/${name}`, text])),
  });
  fs.chmodSync(path.join(folder, 'fn/run.sh'), 0o755);
  return planOf(path.join(folder, 'fn'), { packaging: 'zip' });
};

const carried = (plan: BundlePlan, variables: readonly string[] = []): string => {
  assert.equal(carryPlan({ plan, variables }), { _tag: 'Right', right: undefined });
  return carriedPlan(plan);
};

const filesIn = (plan: BundlePlan): readonly string[] =>
  listTree(path.join(path.dirname(carriedPlan(plan)), 'files')).map((file) => file.path);

test('the plan and the names of its variables, and each content once', () => {
  const plan = withPackage();
  const file = carried(plan, ['TOKEN']);
  assert.is(file, path.join(path.dirname(plan.output.path), 'cdk-lambda-python', `${plan.hash.asset}.json`));
  const json: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  assert.equal(json, { plan, variables: ['TOKEN'] });
  assert.equal(decodeCarriedPlan(json), { _tag: 'Right', right: { plan, variables: ['TOKEN'] } });
  const contents = [
    '[project]\nname = "lib"\nversion = "1"\n',
    'X = 1\n',
    ...[FILES['index.py'], FILES['run.sh'], FILES['requirements.txt']],
  ];
  assert.equal(filesIn(plan), contents.map(sha256).sort());
  assert.equal(fs.readdirSync(path.dirname(file)).sort(), [`${plan.hash.asset}.json`, 'files'].sort());
});

test('it is laid out elsewhere, when all that it came from is gone', async () => {
  const plan = withPackage();
  const file = carried(plan);
  fs.rmSync(path.dirname(plan.entry.root), { recursive: true });
  const folder = temporaryFolder();
  const unpacked = await unpackCarried(plan, path.dirname(file), folder, '/there/asset.zip');
  if (isLeft(unpacked)) throw new Error(JSON.stringify(unpacked.left));
  const { entry, output, hash } = unpacked.right;
  assert.equal([entry.root, output.path], [path.join(folder, 'root'), '/there/asset.zip']);
  assert.equal(hash, plan.hash);
  assert.equal(
    listTree(folder).map(({ path: name, mode }) => [name, mode]),
    [
      ['outside/1-lib.py', '644'],
      ['outside/2-pyproject.toml', '644'],
      ['root/index.py', '644'],
      ['root/requirements.txt', '644'],
      ['root/run.sh', '755'],
    ],
  );
});

test('a copy that is missing or was changed is told by the name that the file had', async () => {
  const plan = withPackage();
  const folder = path.dirname(carried(plan));
  fs.writeFileSync(path.join(folder, 'files', sha256(HANDLER)), 'evil = 1\n');
  fs.rmSync(path.join(folder, 'files', sha256('X = 1\n')));
  const root = path.dirname(plan.entry.root);
  assert.equal(await unpackCarried(plan, folder, temporaryFolder(), '/there/asset.zip'), {
    _tag: 'Left',
    left: {
      _tag: 'AssemblyChanged',
      path: folder,
      files: [path.join(root, 'fn/index.py'), path.join(root, 'lib/lib.py')],
    },
  });
});

test('a second synthesis writes nothing anew but the plan, and mends a copy that was cut short', () => {
  const plan = withPackage();
  const file = carried(plan);
  const handler = path.join(path.dirname(file), 'files', sha256(HANDLER));
  const other = path.join(path.dirname(file), 'files', sha256('X = 1\n'));
  fs.utimesSync(other, 1, 1);
  fs.truncateSync(handler, 3);
  carried(plan);
  assert.is(fs.readFileSync(handler, 'utf8'), HANDLER);
  assert.is(fs.statSync(other).mtimeMs, 1000);
});

test('a file that has changed since it was planned', () => {
  const plan = withPackage();
  const file = path.join(plan.entry.root, 'index.py');
  fs.appendFileSync(file, '# edited\n');
  assert.equal(carryPlan({ plan, variables: [] }), {
    _tag: 'Left',
    left: { _tag: 'SourceChanged', path: file },
  });
  assert.not(fs.existsSync(carriedPlan(plan)));
});

test('a user name beside a variable is no secret, as for CodeArtifact', () => {
  const plan = planWith('--index-url https://aws:${CODEARTIFACT_TOKEN}@example.com/simple\nsix==1.16.0\n');
  carried(plan);
  assert.ok(filesIn(plan).length > 0);
});

test('a password in a requirements file does not get there', () => {
  const plan = planWith('--index-url https://user:secret@example.com/simple\nsix==1.16.0\n');
  const file = path.join(plan.entry.root, 'requirements.txt');
  assert.equal(carryPlan({ plan, variables: [] }), {
    _tag: 'Left',
    left: { _tag: 'SecretInAssembly', path: file },
  });
  assert.not(filesIn(plan).includes(sha256(fs.readFileSync(file))));
  const byName = planWith('--index-url https://${USER}:${SECRET}@example.com/simple\nsix==1.16.0\n');
  assert.ok(isRight(carryPlan({ plan: byName, variables: [] })));
});

test('what is no carried plan is told by its fields', () => {
  const plan = withPackage();
  const wrong = (value: unknown) => {
    const decoded = decodeCarriedPlan(value);
    return isLeft(decoded) ? decoded.left : [];
  };
  assert.equal(
    wrong({ plan: { ...plan, image: '' }, variables: [] })
      .map((error) => error.path)
      .slice(0, 1),
    ['/plan/image'],
  );
  assert.equal(wrong({ plan, variables: ['A=B'] }), [
    { path: '/variables/0', message: 'expected EnvironmentName, got "A=…"' },
  ]);
  assert.equal(wrong(undefined).length, 1);
  assert.equal(wrong({ plan: { version: 9 }, variables: [] }), [
    {
      path: '/plan/version',
      message:
        'this plan has version 9, this library reads version 1: it was made by a newer version of cdk-lambda-python. Run the version of the library that made it',
    },
  ]);
});

test.run();
