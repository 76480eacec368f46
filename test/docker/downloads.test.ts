import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { ExecutorName } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { buildxSkipReason, clientFolder } from '../support/buildx-client';
import { dockerSkipReason } from '../support/docker';
import { requiringEvil } from '../support/hostile-build';
import { environmentWith, hostPython, runTool } from '../support/python-tools';
import type { TryCase } from '../support/reliability-table';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder } from '../support/temporary';

/** A wheel that is not compressed, so that the attack finds the text in the archive as well; and its hash. */
const wheels = (): { readonly folder: string; readonly hash: string } => {
  const folder = temporaryFolder();
  const wheel = path.join(folder, 'victim-1-py3-none-any.whl');
  const hash = runTool(hostPython(), [
    '-I',
    '-c',
    `
import hashlib, sys, zipfile
info = 'victim-1.dist-info/'
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    wheel.writestr('victim.py', 'RIGHT = True\\n')
    wheel.writestr(info + 'METADATA', 'Metadata-Version: 2.1\\nName: victim\\nVersion: 1\\n')
    wheel.writestr(info + 'WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr(info + 'RECORD', ''.join(n + ',,\\n' for n in ('victim.py', info + 'METADATA', info + 'WHEEL', info + 'RECORD')))
print(hashlib.sha256(open(sys.argv[1], 'rb').read()).hexdigest())
`,
    wheel,
  ]);
  return { folder, hash: hash.trim() };
};

/** Changes every file of the downloads that has the victim's text, and leaves one of its own. */
const CODE = `
for root, _, names in os.walk('/asset-cache'):
    for name in names:
        file = os.path.join(root, name)
        try:
            data = open(file, 'rb').read()
            if b'RIGHT = True' in data:
                os.chmod(root, 0o777)
                os.remove(file)
                open(file, 'wb').write(data.replace(b'RIGHT = True', b'RIGHT = None'))
        except OSError:
            pass
try:
    open('/asset-cache/planted-by-a-build', 'w').close()
except OSError:
    pass
`;

const made = async (
  folder: string,
  environment: NodeJS.ProcessEnv,
  executor: ExecutorName,
): Promise<BundlePlan> => {
  const plan = planOf(folder, { executor });
  const [report] = await execute([plan], environment);
  if (report?.outcome._tag === 'Failed') throw new Error(showExecutionError(report.outcome.error));
  assert.is(report?.outcome._tag, 'Bundled');
  return plan;
};

/** What the second project gets, after a build of the first has had its way. */
const attack = async (executor: ExecutorName, uv: boolean): Promise<void> => {
  const links = wheels();
  const store = temporaryFolder();
  const environment = {
    ...environmentWith({ uv, pip: !uv, docker: true }),
    CDK_LAMBDA_PYTHON_CACHE: store,
    ...(executor === 'buildkit' ? { DOCKER_CONFIG: clientFolder() } : {}),
  };
  const asking = (more: string): string =>
    folderOf({
      'index.py': HANDLER,
      'requirements.txt': `--no-index\n--find-links ${links.folder}\nvictim==1 --hash=sha256:${links.hash}\n${more}`,
    });
  await made(asking(''), environment, executor);
  const bundle = await made(requiringEvil(CODE), environment, executor);
  assert.ok(fs.existsSync(path.join(bundle.output.path, 'evil.py')));
  // Another comment is another set, so that it is installed once more.
  const victim = await made(asking('# other\n'), environment, executor);
  assert.is(fs.readFileSync(path.join(victim.output.path, 'victim.py'), 'utf8'), 'RIGHT = True\n');
  const planted = fs
    .readdirSync(store, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('planted-by-a-build'));
  assert.equal(planted, []);
};

const what =
  'a build in a container changes what the container’s uv or pip has downloaded; another project asks for that with hashes';
const then = 'the other project gets its own files; nothing of the build is left among the downloads';

const tryWith = (executor: ExecutorName) => async (tryCase: TryCase) => {
  for (const uv of [true, false])
    await tryCase(`${executor}, ${uv ? 'uv' : 'pip'}`, () => attack(executor, uv));
};

const containers = reliabilityTable(
  suite('downloads of containers as attack'),
  'hostile: downloads of containers',
);
containers.row(what, then, tryWith('docker'));

const builds = reliabilityTable(suite('downloads of BuildKit as attack'), 'hostile: downloads of BuildKit');
builds.row(`the same on BuildKit: ${what}`, then, tryWith('buildkit'));

const IMAGE = 'public.ecr.aws/sam/build-python3.11';
for (const [table, reason] of [
  [containers, dockerSkipReason(IMAGE)],
  [builds, buildxSkipReason(IMAGE)],
] as const)
  if (reason === undefined) table.run();
  else console.log(`SKIPPED: ${reason}`);
