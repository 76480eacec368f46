import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { liveShell } from '../../src/exec/process/shell';
import type { BundleRequest, DockerRequest } from '../../src/plan/request/bundle-request';
import { decodePlan } from '../../src/plan/decode/decode-plan';
import { dockerArgv } from '../../src/plan/install/docker-argv';
import type { DockerInstall } from '../../src/plan/model/install-plan';
import { plan } from '../../src/plan/plan';
import { copyIn, copyNames, copyOut, copyRemove, copyRun } from '../../src/plan/install/volume-copy';
import { file, request, requiring, SOURCE } from '../plan/support/world';
import { containerArguments, csvFields } from '../support/container-arguments';
import { effectsBeyond } from '../support/effects';
import { HOSTILE_TEXTS } from '../support/hostile-values';
import { environmentWith, runTool } from '../support/python-tools';
import { LOCKED, lockedPlan } from '../support/real-plans';
import { reliabilityTable } from '../support/reliability-table';
import { temporaryFolder } from '../support/temporary';

const test = suite('names, options and requirement lines as attack');
const { row, run } = reliabilityTable(test, 'hostile: names');

const RUNS = Number(process.env.FUZZ_RUNS ?? 1500);
const SEED = 20240602;

const hostile = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 12 }));

/** Mostly what may be given, or a plan would be refused for one of the others. */
const or = <A>(usual: A, ...others: readonly A[]): fc.Arbitrary<A | string> =>
  fc.oneof({ weight: 20, arbitrary: fc.constantFrom(usual, ...others) }, { weight: 1, arbitrary: hostile });

const list = (...usual: readonly [string, ...string[]]): fc.Arbitrary<readonly string[]> =>
  fc.array(or(...usual), { minLength: 1, maxLength: 3 });

/** Options of a container with anything in them; half of them are left as they are by default. */
const docker = fc.record(
  {
    image: or('image:1', 'a/b@sha256:0', 'a b'),
    platform: or('linux/amd64'),
    network: or('host', 'a b'),
    user: or('1:2', 'root', 'me'),
    securityOpt: or('label=disable'),
    memory: or('2g'),
    workingDirectory: or('/w', '/a --b'),
    capAdd: list('CHOWN'),
    volumesFrom: list('wheels:ro', 'a b'),
    volumesDigest: or('v1'),
    entrypoint: list('env', '-x', ''),
    command: list('make', '--privileged', '-v /:/host', ''),
    pidsLimit: fc.constantFrom(1, 99, -1, 0, 1.5, Number.NaN),
    environment: list('A', 'TOKEN'),
    volumes: fc.array(
      fc.record({
        hostPath: or('/w', '/a,source=/', '/a "b"', 'C:\\w'),
        containerPath: or('/w', '/x,readonly', '/y "z"'),
        readOnly: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['environment', 'volumes'] },
) as fc.Arbitrary<DockerRequest>;

const locations = {
  folders: { input: '/t/i', output: '/t/o,"', bytecode: '/t/b', tools: '/t/t', cache: '/t/c' },
  user: '1:1',
};

/** Whether the engine's client would read from the arguments what the plan says, and nothing else. */
const saysTheSame = (argv: readonly string[], install: DockerInstall): void => {
  const { options, image, command } = containerArguments(argv);
  assert.is(image, install.image);
  assert.equal(command, [...(install.entrypoint ?? []).slice(1), ...install.command]);
  assert.equal(options['--user'], [install.user ?? '1:1']);
  assert.equal(options['--network'] ?? [], install.network === null ? [] : [install.network]);
  assert.equal(options['--cap-add'] ?? [], install.capAdd ?? []);
  assert.equal(options['--volumes-from'] ?? [], install.volumesFrom);
  assert.equal(options['--entrypoint'] ?? [], (install.entrypoint ?? []).slice(0, 1));
  assert.equal(options['--env'], ['HOME=/tmp', ...install.environment]);
  const mounts = (options['--mount'] ?? []).map(csvFields);
  assert.equal(
    mounts.map((fields) => fields.filter((field) => field !== 'readonly').length),
    mounts.map(() => 3),
  );
  assert.equal(
    mounts.map((fields) => fields.find((field) => field.startsWith('target='))?.slice('target='.length)),
    install.mounts.map(({ target }) => target),
  );
  assert.ok(argv.every((argument) => !argument.includes('\0')));
};

const requested = (changes: Partial<BundleRequest>) =>
  plan(request({ runtime: { prop: '3.11' }, ...changes }), {
    ...requiring('six\n'),
    entry: { root: '/app/lib', path: 'stack.my_handler.py', source: SOURCE },
    files: [file('stack.my_handler.py', SOURCE)],
  });

row(
  'options of a container with hostile and with any text, one or all of them',
  'refused, or arguments from which an engine reads the same options, mounts and command',
  async (tryCase) => {
    for (const option of [
      'image',
      'platform',
      'network',
      'user',
      'securityOpt',
      'memory',
      'workingDirectory',
    ]) {
      await tryCase(option, () => {
        for (const given of HOSTILE_TEXTS) {
          const made = requested({ docker: { environment: [], volumes: [], [option]: given } });
          if (E.isRight(made) && made.right.install !== null)
            saysTheSame(dockerArgv(made.right.install.docker, locations), made.right.install.docker);
        }
      });
    }
    await tryCase('all', () => {
      let plans = 0;
      fc.assert(
        fc.property(docker, (options) => {
          const made = requested({ docker: options });
          if (E.isLeft(made)) return;
          plans += 1;
          assert.equal(effectsBeyond(made.right), []);
          assert.ok(E.isRight(decodePlan(made.right)), JSON.stringify(options));
          const install = made.right.install?.docker;
          if (install !== undefined) saysTheSame(dockerArgv(install, locations), install);
        }),
        { numRuns: RUNS, seed: SEED },
      );
      assert.ok(plans > RUNS / 20, `${plans} of ${RUNS}`);
    });
  },
);

row(
  'the same where files are copied to an engine elsewhere',
  'each command is one of its own, on volumes and containers of the run alone',
  async (tryCase) => {
    await tryCase('all', () => {
      const names = copyNames('token');
      const own = [names.helper, names.run, ...Object.values(names.volumes)];
      fc.assert(
        fc.property(docker, (options) => {
          const made = requested({ docker: { ...options, fileAccess: 'copy' } });
          if (E.isLeft(made) || made.right.install === null) return;
          const install = made.right.install.docker;
          const folders = { ...locations.folders, output: '/t/o' };
          const run = { docker: install, names, folders, user: '1:1', netrc: '/home/u/.netrc' };
          const [create = [], ...others] = copyIn(run);
          assert.is(containerArguments(create).image, install.image);
          assert.equal(containerArguments(create).command.slice(0, 2), ['-R', install.user ?? '1:1']);
          assert.is(containerArguments(copyRun(run)).image, install.image);
          for (const argv of [...others, ...copyOut(run), ...copyRemove(run)]) {
            const [first = '', ...rest] = argv;
            assert.ok(['cp', 'start', 'rm', 'volume'].includes(first));
            const words = rest.filter((word) => !['rm', '--force', '--attach'].includes(word));
            assert.ok(
              words.every((word) => word.startsWith('/') || own.includes(word.split(':')[0] ?? '')),
              argv.join(),
            );
          }
        }),
        { numRuns: RUNS, seed: SEED },
      );
    });
  },
);

row(
  'a lock whose names, versions, addresses, hashes or folders are hostile text',
  'refused, or a line for each package and none besides',
  async (tryCase) => {
    const places: Readonly<Record<string, (hostile: string) => string>> = {
      name: (hostile) => LOCKED.replaceAll('"six"', JSON.stringify(hostile)),
      version: (hostile) => LOCKED.replace('"1.0"', JSON.stringify(hostile)),
      registry: (hostile) => LOCKED.replace('"https://i.example/simple"', JSON.stringify(hostile)),
      hash: (hostile) => LOCKED.replace(/"sha256:0+"/, JSON.stringify(hostile)),
      url: (hostile) => LOCKED.replace(/\{ registry = .* \}/, `{ url = ${JSON.stringify(hostile)} }`),
      git: (hostile) =>
        LOCKED.replace(/\{ registry = .* \}/, `{ git = ${JSON.stringify(`${hostile}#${'a'.repeat(40)}`)} }`),
      subdirectory: (hostile) =>
        LOCKED.replace(
          /\{ registry = .* \}/,
          `{ git = ${JSON.stringify(`https://e.example/x?subdirectory=${encodeURIComponent(hostile)}#${'a'.repeat(40)}`)} }`,
        ),
    };
    for (const [place, at] of Object.entries(places))
      await tryCase(place, () => {
        for (const hostile of [
          ...HOSTILE_TEXTS,
          'ext::sh -c id',
          '1.0 --index-url=x',
          '1.0\n--index-url https://e',
        ]) {
          // JSON and TOML write texts alike, but for a few characters that TOML has not.
          const made = lockedPlan(at(hostile.replace(/[\0\u007f]/g, '')));
          if (E.isLeft(made)) continue;
          assert.equal(effectsBeyond(made.right), [], hostile);
          const lines = (made.right.install?.generated ?? []).flatMap(({ text: all }) =>
            all.split('\n').filter(Boolean),
          );
          assert.ok(
            lines.length <= 2 &&
              lines.every(
                (line) =>
                  !/\s-[-a-z]+(?!ash=)/.test(line.replace(/ --hash=\S+/, '').replace(/^--index-url /, '')),
              ),
            lines.join('\n'),
          );
        }
      });
  },
);

/** What pip makes of a file: requirements, options, and the files that it reads besides. */
const READ_BY_PIP = `
import json, sys
from pip._internal.req.req_file import RequirementsFileParser, get_line_parser
for text in json.load(open(sys.argv[1])):
    read = []
    open(sys.argv[2], "w", newline="").write(text)
    try:
        for line in RequirementsFileParser(None, get_line_parser(None)).parse(sys.argv[2], False):
            options = {key: value for key, value in vars(line.opts).items() if value and key != 'format_control'}
            read.append([getattr(line, "requirement", None) or "", sorted(options)])
    except Exception as error:
        read = str(type(error).__name__)
    print(json.dumps(read))
`;

row(
  "a generated file of hostile lines that a plan's decoder takes, as pip itself reads it",
  'requirements and indexes: no other option, no editable, no other file',
  async (tryCase) => {
    const project = { kind: 'pyproject' as const, manifest: null, localPackages: [] };
    const lines = HOSTILE_TEXTS.flatMap((hostile) => [
      hostile,
      `six${hostile}`,
      `six ${hostile}`,
      `six ; os_name == '${hostile}'`,
      `six @ ${hostile}`,
    ]);
    const taken = lines.flatMap((line) => {
      const text = `[project]\nname = "a"\nversion = "1"\ndependencies = [${JSON.stringify(line.replace(/[\0\u007f]/g, ''))}]\n`;
      const made = plan(request({ runtime: { prop: '3.11' } }), {
        ...requiring(''),
        requirements: null,
        project: { ...project, source: { file: '/app/lib/pyproject.toml', text } },
      });
      return E.isRight(made) ? (made.right.install?.generated.map((each) => each.text) ?? []) : [];
    });
    await tryCase('all', () => {
      const folder = temporaryFolder();
      const [input, work] = [path.join(folder, 'texts.json'), path.join(folder, 'r.txt')];
      fs.writeFileSync(input, JSON.stringify(taken));
      const python = path.join((environmentWith({ pip: true }).PATH ?? '').split(':')[1] ?? '', 'python3');
      const read = runTool(python, ['-c', READ_BY_PIP, input, work])
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      assert.is(read.length, taken.length);
      assert.ok(taken.length > 20, `${taken.length} texts`);
      read.forEach((found, index) => {
        // A text is the name of pip's own error.
        const isHarmless =
          typeof found === 'string' ||
          (found as readonly (readonly [string, readonly string[]])[]).every(
            ([requirement, options]) => /^[A-Za-z]/.test(requirement) && options.length === 0,
          );
        assert.ok(isHarmless, `${JSON.stringify(taken[index])}: ${JSON.stringify(found)}`);
      });
    });
  },
);

row('hostile text as an argument of a program that is started', 'it arrives as it is', async (tryCase) => {
  const given = HOSTILE_TEXTS.filter((each) => !each.includes('\0'));
  await tryCase('all', async () => {
    const print = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
    const shell = liveShell(environmentWith({}));
    const { stdout } = await shell({ argv: ['node', '-e', print, '--', ...given] })();
    assert.equal(JSON.parse(stdout), given);
  });
});

run();
