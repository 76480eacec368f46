import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { askedByFile } from '../../../../src/plan/declarations/own-lock/asked-lines';
import { ownLockOutdated } from '../../../../src/plan/declarations/sets/own-lock-outdated';
import type { DependencyRequest } from '../../../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../../../src/plan/request/bundle-request';
import type { WrittenLock } from '../../../../src/plan/locks/locked/own-lock';
import { lockText } from '../../../../src/plan/locks/locked/own-lock';
import { showPlanError } from '../../../../src/plan/errors/plan-error';
import type { LocalPackage, ProjectDeclaration } from '../../../../src/plan/model/source-snapshot';
import { folder, planned, refusals, request, requirements, snapshot } from '../../support/world';

const test = suite('a lock of this library and its declaration');

const FILE = '/app/lib/requirements.txt';

const own = {
  declaration: 'requirements.txt',
  settings: [],
  groups: [],
  extras: [],
  resolvedAsOf: null,
  runtimes: [],
  architectures: [],
};

const six =
  '[[packages]]\nname = "six"\nversion = "1.17.0"\nwheels = [{ url = "https://h/six-1.17.0-py3-none-any.whl", hashes = { sha256 = "aa" } }]\n';

/** The lock of a requirements file as it was, beside what it is now. */
const locked = (
  then: Readonly<Record<string, string>>,
  now = then,
  packages = six,
  locals: readonly LocalPackage[] = [],
  made: Partial<WrittenLock> = {},
): ProjectDeclaration => ({
  kind: 'pylock',
  source: {
    file: '/app/lib/pylock.toml',
    text: lockText(`lock-version = "1.0"\ncreated-by = "x"\n\n${packages}`, {
      ...own,
      ...made,
      requirements: askedByFile(requirements(then, locals)).map(({ text }) => text),
    }),
  },
  manifest: { file: FILE, text: now[FILE] ?? '' },
  localPackages: [],
  requirements: requirements(now, locals),
});

const reasons = (
  declaration: ProjectDeclaration,
  asked: Partial<DependencyRequest> = {},
): readonly string[] =>
  ownLockOutdated(declaration, { ...DEFAULT_DEPENDENCIES, ...asked }).map(showPlanError);

const outdated = (reason: string, options = ''): readonly string[] => [
  `/app/lib/pylock.toml is not the lock of ${FILE} as it is now: ${reason}. Run \`npx cdk-lambda-python lock ${FILE}${options}\`.`,
];

test('is the lock of what asks for the same, however it is written', () => {
  assert.equal(reasons(locked({ [FILE]: 'six\n' })), []);
  assert.equal(
    reasons(locked({ [FILE]: 'six >=1\nidna\n' }, { [FILE]: '# b\nidna\n\nsix   >=1  # why\n' })),
    [],
  );
});

test('is outdated by any line, of an include and of a constraint too', () => {
  const more = '/app/lib/more.txt';
  const both = (text: string, include = '-r') => ({ [FILE]: `${include} more.txt\nsix\n`, [more]: text });
  assert.equal(
    reasons(locked({ [FILE]: 'six\n' }, { [FILE]: 'six\nidna>=3\n' })),
    outdated(`${FILE}:2 has \`idna>=3\`, which is new`),
  );
  assert.equal(
    reasons(locked({ [FILE]: 'six\nidna\n' }, { [FILE]: 'six\n' })),
    outdated(`${FILE} no longer has \`idna\``),
  );
  assert.equal(
    reasons(locked(both('idna\n'), both('attrs\nidna ; os_name == "posix"\n'))),
    outdated(`${more}:1 has \`attrs\`, which is new (and 1 more)`),
  );
  assert.equal(
    reasons(locked(both('idna\n'), both('# why\nidna ; os_name == "posix"\n'))),
    outdated(`${more}:2 has \`idna ; os_name == "posix"\`, which was \`idna\``),
  );
  assert.equal(
    reasons(locked(both('idna<4\n', '-c'), both('idna<3\n', '-c'))),
    outdated(`${more}:1 has \`-c idna<3\`, which was \`-c idna<4\``),
  );
  assert.equal(
    reasons(locked({ [FILE]: 'six\n' }, { [FILE]: '--index-url https://h/simple\nsix\n' })),
    outdated(`${FILE}:1 has \`--index-url https://h/simple\`, which is new`),
  );
});

test('is outdated by other groups and extras', () => {
  const made = { groups: ['dev', 'Web'], extras: ['x'] };
  const both = locked({ [FILE]: 'six\n' }, undefined, six, [], made);
  assert.equal(
    reasons(locked({ [FILE]: 'six\n' }), { groups: ['web'] }),
    outdated('it was made with no groups, and is used with the group `web`', ' --group web'),
  );
  assert.equal(
    reasons(both, { extras: ['x'] }),
    outdated('it was made with the groups `dev`, `web`, and is used with no groups', ' --extra x'),
  );
  assert.equal(
    reasons(both, { groups: ['web', 'dev'], extras: ['y', 'z'] }),
    outdated(
      'it was made with the extra `x`, and is used with the extras `y`, `z`',
      ' --group web --group dev --extra y --extra z',
    ),
  );
});

test('the command has all that the lock was made with, and no password', () => {
  const made = {
    resolvedAsOf: '2026-01-01T00:00:00Z',
    runtimes: ['3.12', '3.13'],
    architectures: ['arm64'] as const,
  };
  const changed = locked({ [FILE]: 'six\n' }, { [FILE]: 'six\nidna\n' }, six, [], made);
  const asked = { index: 'https://u:hidden@h/simple', extraIndexes: ['https://${A}@h/b'], groups: [] };
  assert.equal(
    reasons(changed, asked),
    outdated(
      `${FILE}:2 has \`idna\`, which is new`,
      " --runtime 3.12 --runtime 3.13 --arch arm64 --index https://h/simple --extra-index 'https://${A}@h/b' --resolved-as-of 2026-01-01T00:00:00Z",
    ),
  );
});

test('what a folder of the user needs is named by its own file and line', () => {
  const lib = (needs: string): LocalPackage => ({
    ...folder('lib', '/app/libs/lib'),
    pyproject: `[project]\nname = "lib"\nversion = "1"\ndependencies = [${needs}]\n`,
  });
  const text = { [FILE]: '-e ../libs/lib\n' };
  const before = locked(text, text, six, [lib('"attrs"')]);
  const changed = (needs: string): ProjectDeclaration => ({
    ...before,
    requirements: requirements(text, [lib(needs)]),
  });
  const file = '/app/libs/lib/pyproject.toml';
  assert.equal(reasons(changed('"attrs", "idna"')), outdated(`${file}:4 has \`idna\`, which is new`));
  assert.equal(reasons(changed('')), outdated(`${file} no longer has \`attrs\``));
});

test('what is asked for has no password, and no path of this machine', () => {
  const lib = {
    ...folder('lib', '/app/libs/lib'),
    pyproject: '[project]\nname = "lib"\nversion = "1"\ndependencies = ["attrs"]\n',
  };
  const text =
    '-e /app/libs/lib\nx @ https://u:pw@h/x.whl\n--index-url https://${A}:${B}@h/simple\nsix --hash=sha256:aa\n';
  const asked = askedByFile(requirements({ [FILE]: text }, [lib]));
  assert.equal(
    asked.map(({ line }) => line),
    [3, 1, 4, 4, 2],
  );
  assert.equal(
    asked.map((line) => line.text),
    [
      '--index-url https://${A}:${B}@h/simple',
      '-e ../libs/lib',
      'attrs # ../libs/lib/pyproject.toml',
      'six --hash=sha256:aa',
      'x @ https://h/x.whl',
    ],
  );
});

test('a plan of one that is outdated is refused', () => {
  const project = locked({ [FILE]: 'six\n' }, { [FILE]: 'six\nidna\n' });
  assert.equal(
    refusals(request({ runtime: { prop: 'python3.13' } }), snapshot({ project })).map(showPlanError),
    outdated(`${FILE}:2 has \`idna\`, which is new`),
  );
});

test('index lines of the declaration are those of the lock; another target is an error', () => {
  const project = locked({ [FILE]: '--index-url https://${A}@h/simple\nsix\n' });
  const asked = request({ runtime: { prop: 'python3.13' } });
  const { install, warnings } = planned(asked, snapshot({ project }));
  assert.equal(warnings, []);
  assert.equal(
    install?.generated.map(({ text }) => text),
    ['--index-url https://${A}@h/simple\nsix==1.17.0 --hash=sha256:aa\n'],
  );
  const arm = 'lock-version = "1.0"\nenvironments = ["platform_machine == \'aarch64\'"]\ncreated-by = "x"\n';
  const other = {
    ...project,
    source: {
      ...project.source,
      text: project.source.text.replace('lock-version = "1.0"\ncreated-by = "x"\n', arm),
    },
  };
  assert.equal(refusals(asked, snapshot({ project: other })).map(showPlanError), [
    "/app/lib/pylock.toml:2 is only for `platform_machine == 'aarch64'`, but the target is Python 3.13 on x86_64. Run `npx cdk-lambda-python lock /app/lib/requirements.txt` to lock for the target as well.",
  ]);
});

/** What a lock that was made for some targets says of Python 3.12 on x86_64. */
const onTarget = (lines: string, made: Partial<WrittenLock>, packages = six): readonly string[] => {
  const text = { [FILE]: 'six\n' };
  const project = locked(text, text, packages, [], made);
  const source = {
    ...project.source,
    text: project.source.text.replace('created-by', `${lines}\ncreated-by`),
  };
  return refusals(
    request({
      runtime: { prop: 'python3.12' },
      dependencies: { ...DEFAULT_DEPENDENCIES, groups: made.groups ?? [] },
    }),
    snapshot({ project: { ...project, source } }),
  ).map(showPlanError);
};

test('a lock for another target names the command that locks for both', () => {
  const arm = "environments = [\"sys_platform == 'linux' and platform_machine == 'aarch64'\"]";
  const newer = 'requires-python = ">=3.13"';
  const lock = `npx cdk-lambda-python lock ${FILE}`;
  const wrongMachine =
    "/app/lib/pylock.toml:2 is only for `sys_platform == 'linux' and platform_machine == 'aarch64'`, but the target is Python 3.12 on x86_64.";
  const wrongPython = '/app/lib/pylock.toml:2 is for Python >=3.13, but the target is Python 3.12.';
  assert.equal(onTarget(arm, { architectures: ['arm64'], runtimes: ['3.11'], groups: ['web'] }), [
    `${wrongMachine} Run \`${lock} --runtime 3.11 --runtime 3.12 --arch arm64 --arch x86_64 --group web\` to lock for the target as well.`,
  ]);
  assert.equal(onTarget(newer, { runtimes: ['python3.13'], architectures: ['x86_64'] }), [
    `${wrongPython} Run \`${lock} --runtime 3.12 --runtime 3.13 --arch x86_64\` to lock for the target as well.`,
  ]);
  // Nobody named a runtime: the oldest that the lock allows stands for those that it was made for.
  assert.equal(onTarget(newer, {}), [
    `${wrongPython} Run \`${lock} --runtime 3.12 --runtime 3.13\` to lock for the target as well.`,
  ]);
  assert.equal(onTarget(`${newer}\n${arm}`, { architectures: ['arm64'] }), [
    `${wrongPython} Run \`${lock} --runtime 3.12 --runtime 3.13 --arch arm64 --arch x86_64\` to lock for the target as well.`,
    `${wrongMachine.replace(':2', ':3')} Run \`${lock} --runtime 3.12 --runtime 3.13 --arch arm64 --arch x86_64\` to lock for the target as well.`,
  ]);
  const needsNewGlibc =
    '[[packages]]\nname = "six"\nversion = "2"\nwheels = [{ url = "https://h/six-2-cp312-cp312-manylinux_2_39_x86_64.whl", hashes = { sha256 = "aa" } }]\n';
  assert.equal(onTarget('', {}, needsNewGlibc), [
    `/app/lib/pylock.toml:5 locks six 2, which has no file for the target and no source distribution; it has six-2-cp312-cp312-manylinux_2_39_x86_64.whl. Require a version that has one in ${FILE}, then run \`${lock}\`, or set \`runtime\` or \`architecture\` to one that it has a file for.`,
  ]);
});

test('the lock of another tool is made for the target by that tool', () => {
  const lines = 'environments = ["platform_machine == \'aarch64\'"]';
  const project = locked({ [FILE]: 'six\n' });
  const text = `lock-version = "1.0"\n${lines}\ncreated-by = "x"\n\n${six}`;
  const foreign = { ...project, source: { file: '/app/lib/pylock.toml', text } };
  assert.equal(
    refusals(request({ runtime: { prop: 'python3.12' } }), snapshot({ project: foreign })).map(showPlanError),
    [
      "/app/lib/pylock.toml:2 is only for `platform_machine == 'aarch64'`, but the target is Python 3.12 on x86_64. Lock for the target as well, with the tool that wrote the file, or set `runtime` or `architecture` to a target that it is for.",
    ],
  );
});

test.run();
