import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LAYOUT } from '../../src/exec/store/store-layout';
import { commandOf } from '../cli/support/command';
import { folderOf, HANDLER } from '../exec/support/requests';
import type { Came } from '../support/hostile-build';
import {
  bundleOf,
  confined,
  harmless,
  machine,
  requiringEvil,
  telling,
  told,
  TOOLS,
} from '../support/hostile-build';
import { privateIndex } from '../support/private-index';
import { reliabilityTable } from '../support/reliability-table';
import { sourceDistributionBytes } from '../support/sdist';
import { listTree, temporaryFolder } from '../support/temporary';

const suiteOfSandbox = suite('builds in a sandbox');
const { row, run } = reliabilityTable(suiteOfSandbox, 'hostile: builds in a sandbox');

/** Python that makes what an expression gives the text of the module; an error becomes its name. */
const reporting = (expression: string, imports = 'os'): string => `
import json, ${imports}
def tell():
    def attempt(do):
        try:
            return do()
        except BaseException as error:
            return type(error).__name__
    return ${expression}
MODULE = json.dumps(tell())
`;

const reported = ({ plan, names, message }: Came): unknown => {
  assert.ok(names.includes('evil.py'), message);
  return JSON.parse(fs.readFileSync(path.join(plan.output.path, 'evil.py'), 'utf8'));
};

row(
  'a build opens `~/.aws/credentials` and `~/.netrc` by their absolute paths, and lists the home',
  'they are not there, and neither is anything else of the home',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, async () => {
        const here = confined(tool);
        const home = JSON.stringify(here.home);
        const code = reporting(
          `[attempt(lambda: open(${home} + name).read()) for name in ("/.aws/credentials", "/.netrc")] + [attempt(lambda: os.listdir(${home}))]`,
        );
        assert.equal(reported(await bundleOf(requiringEvil(code), here)), [
          'FileNotFoundError',
          'FileNotFoundError',
          'FileNotFoundError',
        ]);
      });
  },
);

row(
  'a build writes to the store, the home, the project, the caches of uv and pip, `/etc` and `/usr`',
  'nothing of it is there after the build',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, async () => {
        const here = confined(tool);
        const project = temporaryFolder();
        const caches = ['UV_CACHE_DIR', 'PIP_CACHE_DIR'].map((name) => here.environment[name] ?? '');
        const places = [here.store, here.home, project, ...caches];
        for (const place of places) fs.mkdirSync(place, { recursive: true });
        const code = `
for place in ${JSON.stringify([...places, '/etc', '/usr'])}:
    try:
        os.makedirs(place, exist_ok=True)
        open(place + '/planted-by-a-build', 'w').close()
    except OSError:
        pass
`;
        const { names, message } = await bundleOf(requiringEvil(code), here);
        assert.ok(names.includes('evil.py'), message);
        for (const place of [...places, '/etc', '/usr'])
          assert.is(fs.existsSync(path.join(place, 'planted-by-a-build')), false, place);
      });
  },
);

row(
  'a build searches `TMPDIR`, its folder, its arguments and `/proc` for the store, and plants `modules/KEY` of another project',
  'it does not find the store, and the other project gets its own modules',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, async () => {
        const here = confined(tool);
        const folder = harmless();
        const code = `
import glob
seen = [os.getcwd(), *os.environ.values()]
for file in glob.glob('/proc/*/cmdline') + glob.glob('/proc/*/environ'):
    try:
        seen += open(file, errors='replace').read().split('\\0')
    except OSError:
        pass
for root, folders, names in os.walk('/', topdown=True):
    folders[:] = [name for name in folders if root != '/' or name not in ('proc', 'sys')]
    seen += [root] if 'modules' in folders and '${LAYOUT}' in root else []
MODULE = repr(sorted(text for text in set(seen) if ${JSON.stringify(here.store)} in text))
`;
        const evil = await bundleOf(requiringEvil(code), here);
        assert.ok(evil.names.includes('evil.py'), evil.message);
        assert.is(fs.readFileSync(path.join(evil.plan.output.path, 'evil.py'), 'utf8'), '[]');
        const good = await bundleOf(folder, here);
        assert.ok(good.names.includes('good.py'), good.message);
      });
  },
);

row(
  "a build changes the user's handler and the modules of another function in the store",
  'both are as they were',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, async () => {
        const here = confined(tool);
        const folder = harmless();
        const made = await bundleOf(folder, here);
        assert.ok(made.names.includes('good.py'), made.message);
        const filesIn = (root: string): readonly string[] =>
          listTree(root).map((file) => JSON.stringify(file));
        const [modules, own] = [filesIn(path.join(here.store, LAYOUT, 'modules')), filesIn(folder)];
        const code = `
for root in ${JSON.stringify([here.store, folder])}:
    for place, _, names in os.walk(root):
        for name in names:
            os.remove(os.path.join(place, name))
`;
        const evil = await bundleOf(requiringEvil(code), here);
        assert.ok(evil.names.includes('evil.py'), evil.message);
        assert.equal(filesIn(folder), own);
        const after = filesIn(path.join(here.store, LAYOUT, 'modules'));
        for (const file of modules) assert.ok(after.includes(file), file);
      });
  },
);

row(
  'the app was started with an open folder that it has inherited, and a build looks into it by its number',
  'the build has no file open but its three streams',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, () => {
        const { environment } = confined(tool);
        const output = path.join(temporaryFolder(), 'out');
        const folder = requiringEvil(reporting('attempt(lambda: os.listdir(200))'));
        const argv = ['-c', 'exec 200<"$1"; shift; exec "$@"', 'bash', temporaryFolder()];
        argv.push(...commandOf(['bundle', folder, '--out', output, '--runtime', '3.13']));
        const { status, stderr } = spawnSync('bash', argv, { env: environment, encoding: 'utf8' });
        assert.is(status, 0, stderr);
        assert.is(JSON.parse(fs.readFileSync(path.join(output, 'evil.py'), 'utf8')), 'OSError');
      });
  },
);

row('a build leaves a process in the background', 'it ends with the build', async (tryCase) => {
  for (const tool of TOOLS)
    await tryCase(tool, async () => {
      const seconds = `86${process.pid}${tool === 'uv' ? 1 : 2}`;
      const code = `
import subprocess
nothing = subprocess.DEVNULL
subprocess.Popen(['sleep', '${seconds}'], start_new_session=True, stdin=nothing, stdout=nothing, stderr=nothing)
`;
      const { names, message } = await bundleOf(requiringEvil(code), confined(tool));
      assert.ok(names.includes('evil.py'), message);
      const { stdout } = spawnSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
      assert.not.ok(stdout.includes(`sleep ${seconds}`));
    });
});

row(
  'a build looks for other processes of the user, signals them, and reads their environment in `/proc`',
  'it sees none but those of its own sandbox',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, async () => {
        const code = reporting(
          `[attempt(lambda: os.kill(${process.pid}, 0)), "node" in "".join(open(f).read() for f in glob.glob("/proc/[0-9]*/comm"))]`,
          'os, glob',
        );
        assert.equal(reported(await bundleOf(requiringEvil(code), confined(tool))), [
          'ProcessLookupError',
          false,
        ]);
      });
  },
);

row(
  'a build connects to sockets of services in `/run`, and asks for rights in the kernel: mounts, another user',
  'the sockets are not there, and the kernel refuses',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, async () => {
        const code = reporting(
          '[attempt(lambda: sorted(set(os.listdir("/run")) - {"systemd", "resolvconf", "mount"})), subprocess.call(["/bin/mount", "-o", "remount,rw", "/"], stderr=subprocess.DEVNULL) != 0, open("/proc/self/status").read().split("CapEff:")[1].split()[0]]',
          'os, subprocess',
        );
        const said = JSON.stringify(reported(await bundleOf(requiringEvil(code), confined(tool))));
        assert.is(said, '[[],true,"0000000000000000"]', said);
      });
  },
);

row(
  'the index has a password in the user’s netrc file, which also has others',
  'the install works, and the build finds the entry of the index alone',
  async (tryCase) => {
    const index = await privateIndex();
    index.setPassword('index-s3cret');
    try {
      for (const tool of TOOLS)
        await tryCase(tool, async () => {
          const code = reporting(
            '[(lambda text: ["index-s3cret" in text, "other-s3cret" in text])("".join(attempt(lambda: open(os.path.join(place, name)).read()) for place, _, names in os.walk("/tmp") for name in names if "netrc" in name))]',
          );
          index.add('evil', 'evil-1.tar.gz', sourceDistributionBytes({ name: 'evil', code }));
          const { hostname } = new URL(index.urlWith('x'));
          const here = confined(tool);
          fs.writeFileSync(
            path.join(here.home, '.netrc'),
            `machine other.example login me password other-s3cret\nmachine ${hostname} login aws password index-s3cret\n`,
          );
          const folder = folderOf({
            'index.py': HANDLER,
            'requirements.txt': `--index-url ${index.urlWith('x').replace(/\/\/[^@]*@/, '//')}\nevil==1\n`,
          });
          assert.equal(reported(await bundleOf(folder, here)), [[true, false]]);
        });
    } finally {
      index.close();
    }
  },
);

row(
  'a build without a sandbox looks for the store and the caches of uv and pip: in its folder, its variables and arguments, and those of the installer',
  'none of them names the store or a cache that others read',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, async () => {
        const here = machine(tool);
        const file = path.join(temporaryFolder(), 'told.json');
        const code = telling(
          file,
          `[os.getcwd(), dict(os.environ), sys.argv, sys.path] + [open("/proc/%d/%s" % (os.getppid(), name)).read() for name in ("cmdline", "environ")] + [os.readlink("/proc/%d/cwd" % os.getppid())]`,
          'os, sys',
        );
        const { names, message } = await bundleOf(requiringEvil(code), here);
        assert.ok(names.includes('evil.py'), message);
        const seen = JSON.stringify(told(file));
        assert.ok(seen.includes('cdk-lambda-python-builds-'), seen);
        for (const name of ['CDK_LAMBDA_PYTHON_CACHE', 'UV_CACHE_DIR', 'PIP_CACHE_DIR'])
          assert.not.ok(seen.includes(here.environment[name] ?? '?'), name);
      });
  },
);

row(
  'the sandbox is required, and this machine has none',
  'nothing is built, and the message says why',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, async () => {
        const { message } = await bundleOf(
          requiringEvil(''),
          confined(tool, { CDK_LAMBDA_PYTHON_SANDBOX: 'yes' }),
        );
        assert.is(message, 'CDK_LAMBDA_PYTHON_SANDBOX is "yes". Set it to "require" or "off", or unset it.');
      });
  },
);

const works = (): boolean => {
  try {
    execFileSync('bwrap', ['--unshare-user', '--ro-bind', '/', '/', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

if (works()) run();
else console.log('SKIPPED: bubblewrap does not work on this machine');
