import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { folderOf, HANDLER } from '../exec/support/requests';
import { bundleOf, harmless, machine, requiringEvil, telling, told, TOOLS } from '../support/hostile-build';
import { filesWith, privateIndex, watchingArguments } from '../support/private-index';
import { reliabilityTable } from '../support/reliability-table';
import { packageFiles, sourceDistribution, sourceDistributionBytes } from '../support/sdist';
import { listTree, temporaryFolder } from '../support/temporary';

const suiteOfBuilds = suite('builds as attack');
const { row, run } = reliabilityTable(suiteOfBuilds, 'hostile: builds');

const PASSWORD = 'index-s3cret-0f-today';

/** A file that code of a build writes, by which it is seen to have run. */
const witness = (): string => path.join(temporaryFolder(), 'told.json');

/** Folders that require something to be built, in all the ways of writing that down. */
const waysToAsk = (code: string): Readonly<Record<string, string>> => {
  const built = { name: 'evil', code };
  const lib = Object.fromEntries(
    Object.entries(packageFiles(built)).map(([name, text]) => [`lib/${name}`, text]),
  );
  const repository = folderOf(packageFiles(built));
  const git = (...argv: readonly string[]) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=x', '-c', 'user.email=x', ...argv]);
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '-m', 'x');
  const asking = (requirements: string, more: Readonly<Record<string, string>> = {}): string =>
    folderOf({ 'index.py': HANDLER, 'requirements.txt': requirements, ...more });
  return {
    'from an index': requiringEvil(code),
    'a folder': asking('./lib\n', lib),
    'an editable folder': asking('-e ./lib\n', lib),
    'a folder with a name': asking('evil @ file:./lib\n', lib),
    'an archive': asking(`${sourceDistribution(built)}\n`),
    'a Git repository': asking(`evil @ git+file://${repository}\n`),
    'a Git repository without a name': asking(`git+file://${repository}\n`),
  };
};

row(
  'a distribution has no wheel, and its code writes a file as it is built; `sdist: "forbid"`',
  'the code does not run, and the message names the requirement and its line',
  async (tryCase) => {
    for (const tool of TOOLS) {
      const file = witness();
      for (const [way, folder] of Object.entries(waysToAsk(telling(file, '1'))))
        await tryCase(`${tool}, ${way}`, async () => {
          const said = await bundleOf(folder, machine(tool), { sdist: 'forbid' }).then(
            ({ message }) => message,
            (error: unknown) => (error as Error).message,
          );
          assert.match(said, /requirements\.txt:\d/);
          assert.match(said, /`bundling\.sdist` is "forbid"/);
          assert.is(told(file), undefined);
        });
    }
  },
);

row(
  'the same with `sdist: "docker"`, and no engine is there',
  'the code does not run on this machine: only wheels were asked for',
  async (tryCase) => {
    for (const tool of TOOLS) {
      const file = witness();
      for (const [way, folder] of Object.entries(waysToAsk(telling(file, '1'))))
        await tryCase(`${tool}, ${way}`, async () => {
          const { message } = await bundleOf(folder, machine(tool), { executor: 'auto', sdist: 'docker' });
          assert.match(message, /must be built, but no container engine answers/);
          assert.is(told(file), undefined);
        });
    }
  },
);

const SECRETS = {
  AWS_SECRET_ACCESS_KEY: 'aws-s3cret',
  GITHUB_TOKEN: 'github-s3cret',
  SSH_AUTH_SOCK: '/run/agent',
  NETRC: '/somewhere/netrc',
  PIP_INDEX_URL: `http://aws:${PASSWORD}@127.0.0.1:1/simple`,
  UV_DEFAULT_INDEX: `http://aws:${PASSWORD}@127.0.0.1:1/simple`,
  HTTPS_PROXY: 'http://me:proxy-s3cret@127.0.0.1:1',
};

row(
  'a build reads its environment, on this machine',
  'there is no variable with a credential, of this machine or of the bundle; `HOME` is empty',
  async (tryCase) => {
    for (const tool of TOOLS) {
      const file = witness();
      const here = machine(tool, SECRETS);
      const code = telling(file, '[dict(os.environ), os.listdir(os.environ["HOME"])]');
      const given = { TOKEN: 'bundle-s3cret' };
      const docker = { environment: ['TOKEN'], volumes: [] };
      const { names, message } = await bundleOf(requiringEvil(code), here, { docker }, given);
      assert.ok(names.includes('evil.py'), message);
      const [environment, home] = told(file) as [Record<string, string>, readonly string[]];
      for (const name of [...Object.keys(SECRETS), 'TOKEN'])
        await tryCase(`${tool}, ${name}`, () => assert.is(environment[name], undefined));
      await tryCase(`${tool}, all values`, () => assert.not.match(JSON.stringify(environment), 's3cret'));
      await tryCase(`${tool}, HOME`, () => {
        assert.is.not(environment['HOME'], here.home);
        assert.equal(home, []);
      });
    }
  },
);

row(
  'a build looks for `~/.netrc` and `~/.aws/credentials`',
  'they are not in the home that it is told of',
  async (tryCase) => {
    for (const tool of TOOLS) {
      const file = witness();
      const paths = ['~/.netrc', '~/.aws/credentials'];
      const code = telling(
        file,
        `[os.path.exists(os.path.expanduser(name)) for name in ${JSON.stringify(paths)}]`,
      );
      await bundleOf(requiringEvil(code), machine(tool));
      for (const [index, name] of paths.entries())
        await tryCase(`${tool}, ${name}`, () => assert.is((told(file) as boolean[])[index], false));
    }
  },
);

row(
  'a build opens `~/.aws/credentials` by its absolute path, or reads the environment of the installer in `/proc`',
  'without a sandbox it can: it runs as the user. A sandbox hides the file, and `sdist: "docker"` both',
  async (tryCase) => {
    for (const tool of TOOLS) {
      const here = machine(tool, { PIP_INDEX_URL: SECRETS.PIP_INDEX_URL });
      const file = witness();
      const code = telling(
        file,
        `[open(${JSON.stringify(path.join(here.home, '.aws/credentials'))}).read(), open("/proc/%d/environ" % os.getppid()).read()]`,
      );
      await bundleOf(requiringEvil(code), here);
      const [credentials, environ] = told(file) as [string, string];
      await tryCase(`${tool}, a file`, () => assert.match(credentials, 'file-s3cret'));
      await tryCase(`${tool}, the installer`, () => assert.match(environ, PASSWORD));
    }
  },
);

row(
  'what a build requires comes from an index with a password',
  'the installer gets it; the build does not see the password, and it is in no argument and no file',
  async (tryCase) => {
    const index = await privateIndex();
    index.setPassword(PASSWORD);
    try {
      for (const tool of TOOLS)
        await tryCase(tool, async () => {
          const file = witness();
          const code = telling(file, '[private_lib.PRIVATE, dict(os.environ)]', 'os, private_lib');
          index.add(
            'evil',
            'evil-1.tar.gz',
            sourceDistributionBytes({ name: 'evil', code, requires: ['private-lib'] }),
          );
          const folder = folderOf({ 'index.py': HANDLER, 'requirements.txt': 'evil==1\n' });
          const here = machine(tool);
          const values = { PIP_INDEX_URL: index.urlWith(PASSWORD) };
          const docker = { environment: ['PIP_INDEX_URL'], volumes: [] };
          const [{ names, message }, argv] = await watchingArguments(() =>
            bundleOf(folder, here, { docker }, values),
          );
          assert.ok(names.includes('evil.py'), message);
          assert.is((told(file) as [boolean])[0], true);
          assert.not.match(JSON.stringify(told(file)), PASSWORD);
          assert.not.ok(argv.includes(PASSWORD), 'arguments');
          assert.equal(filesWith(here.store, PASSWORD), []);
        });
    } finally {
      index.close();
    }
  },
);

row(
  'a build requires another source distribution, which looks for secrets',
  'that one sees no more',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, async () => {
        const file = witness();
        const inner = sourceDistribution({ name: 'inner', code: telling(file, 'dict(os.environ)') });
        const folder = requiringEvil('import inner', [`inner @ file://${inner}`]);
        const { names, message } = await bundleOf(folder, machine(tool, SECRETS));
        assert.ok(names.includes('evil.py'), message);
        assert.is.not(told(file), undefined);
        assert.not.match(JSON.stringify(told(file)), 's3cret');
      });
  },
);

row(
  "a build writes beside the sources that it is given, which are the user's own",
  'it writes to a copy that is thrown away',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, async () => {
        const code =
          "open('added.py', 'w').close()\nopen('../added.py', 'w').close()\nopen('own_backend.py', 'a').close()";
        const lib = packageFiles({ name: 'evil', code });
        const folder = folderOf({
          'fn/index.py': HANDLER,
          'fn/requirements.txt': '-e ../lib\n',
          ...Object.fromEntries(Object.entries(lib).map(([name, text]) => [`lib/${name}`, text])),
        });
        const before = listTree(folder);
        const { names, message } = await bundleOf(path.join(folder, 'fn'), machine(tool));
        assert.ok(names.includes('evil.py'), message);
        assert.not.ok(names.includes('added.py'));
        assert.equal(listTree(folder), before);
      });
  },
);

row(
  "a build changes the user's handler by its absolute path, or puts a file beside it",
  'a change is told and nothing is made; a new file is in no plan, and so in no bundle',
  async (tryCase) => {
    for (const tool of TOOLS)
      for (const [name, isNew] of [
        ['index.py', false],
        ['added.py', true],
      ] as const)
        await tryCase(`${tool}, ${name}`, async () => {
          const target = path.join(temporaryFolder(), 'link');
          const folder = requiringEvil(`open(${JSON.stringify(`${target}/${name}`)}, 'w').write('evil = 1')`);
          fs.symlinkSync(folder, target);
          const { names, message } = await bundleOf(folder, machine(tool));
          if (isNew) assert.ok(names.includes('evil.py') && !names.includes(name), message);
          else assert.match(message, /index\.py changed while the bundle was made/);
        });
  },
);

row(
  'a build changes the modules of another function in the store, or its finished bundle',
  'without a sandbox it can; what was changed is noticed at the next request, and made again',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, async () => {
        const here = machine(tool);
        const folder = harmless();
        const outputDirectory = temporaryFolder();
        const made = await bundleOf(folder, here, { outputDirectory });
        assert.ok(made.names.includes('good.py'), made.message);
        const before = listTree(made.plan.output.path);
        const code = [here.store, outputDirectory]
          .map(
            (root) =>
              `for f, _, n in os.walk(${JSON.stringify(root)}):\n    if 'good.py' in n:\n        os.chmod(f, 0o755)\n        os.remove(f + '/good.py')\n        open(f + '/good.py', 'w').write('import evil')`,
          )
          .join('\n');
        const evil = await bundleOf(requiringEvil(code), here);
        assert.ok(evil.names.includes('evil.py'), evil.message);
        assert.not.equal(listTree(made.plan.output.path), before);
        const again = await bundleOf(folder, here, { outputDirectory });
        assert.equal(again.message, '');
        assert.equal(listTree(again.plan.output.path), before);
      });
  },
);

row(
  'a build leaves a process in the background',
  'without a sandbox it runs on: nothing ends it. In a sandbox or a container it ends with that',
  async (tryCase) => {
    for (const tool of TOOLS)
      await tryCase(tool, async () => {
        const file = witness();
        const start = `subprocess.Popen(['sleep', '60'], start_new_session=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid`;
        const { names, message } = await bundleOf(
          requiringEvil(telling(file, start, 'os, subprocess')),
          machine(tool),
        );
        const left = told(file) as number;
        process.kill(left, 'SIGKILL');
        assert.ok(names.includes('evil.py'), message);
      });
  },
);

run();
