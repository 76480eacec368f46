import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { askedByFile } from '../../../src/plan/declarations/asked-lines';
import { lockCommandOf, ownLockOutdated } from '../../../src/plan/declarations/own-lock-outdated';
import { lockText } from '../../../src/plan/locks/own-lock';
import { showPlanError } from '../../../src/plan/plan-error';
import type { LocalPackage, ProjectDeclaration } from '../../../src/plan/source-snapshot';
import { folder, planned, refusals, request, requirements, snapshot } from '../support/world';

const test = suite('a lock of this library and its declaration');

const FILE = '/app/lib/requirements.txt';

const own = { declaration: 'requirements.txt', groups: [], extras: [], resolvedAsOf: null };

const six =
  '[[packages]]\nname = "six"\nversion = "1.17.0"\nwheels = [{ url = "https://h/six-1.17.0-py3-none-any.whl", hashes = { sha256 = "aa" } }]\n';

/** The lock of a requirements file as it was, beside what it is now. */
const locked = (
  then: Readonly<Record<string, string>>,
  now = then,
  packages = six,
  locals: readonly LocalPackage[] = [],
): ProjectDeclaration => ({
  kind: 'pylock',
  source: {
    file: '/app/lib/pylock.toml',
    text: lockText(`lock-version = "1.0"\ncreated-by = "x"\n\n${packages}`, {
      ...own,
      requirements: askedByFile(requirements(then, locals)),
    }),
  },
  manifest: { file: FILE, text: now[FILE] ?? '' },
  localPackages: [],
  requirements: requirements(now, locals),
});

const reasons = (declaration: ProjectDeclaration, groups: readonly string[] = []): readonly string[] =>
  ownLockOutdated(declaration, { groups, extras: [] }).map(showPlanError);

const outdated = (reason: string, options = ''): readonly string[] => [
  `/app/lib/pylock.toml is not the lock of ${FILE}:1 as it is now: ${reason}. Run \`npx cdk-lambda-python lock ${FILE}${options}\`.`,
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
    outdated('it was made without "idna>=3"'),
  );
  assert.equal(
    reasons(locked({ [FILE]: 'six\nidna\n' }, { [FILE]: 'six\n' })),
    outdated('it was made with "idna"'),
  );
  assert.equal(reasons(locked(both('idna\n'), both('idna<4\n'))), outdated('it was made without "idna<4"'));
  assert.equal(
    reasons(locked(both('idna<4\n', '-c'), both('idna<3\n', '-c'))),
    outdated('it was made without "-c idna<3"'),
  );
  assert.equal(
    reasons(locked({ [FILE]: 'six\n' }, { [FILE]: '--index-url https://h/simple\nsix\n' })),
    outdated('it was made without "--index-url https://h/simple"'),
  );
});

test('the command quotes a path with a space', () => {
  const none = { groups: [], extras: [] };
  assert.is(lockCommandOf('/my app/r.txt', none), "npx cdk-lambda-python lock '/my app/r.txt'");
  assert.is(lockCommandOf(FILE, none), `npx cdk-lambda-python lock ${FILE}`);
});

test('is outdated by other groups', () => {
  assert.equal(
    reasons(locked({ [FILE]: 'six\n' }), ['web']),
    outdated('it was made with no groups, and web of them is asked for', ' --group web'),
  );
});

test('what is asked for has no password, and no path of this machine', () => {
  const lib = {
    ...folder('lib', '/app/libs/lib'),
    pyproject: '[project]\nname = "lib"\nversion = "1"\ndependencies = ["attrs"]\n',
  };
  const text =
    '-e /app/libs/lib\nx @ https://u:pw@h/x.whl\n--index-url https://${A}:${B}@h/simple\nsix --hash=sha256:aa\n';
  assert.equal(askedByFile(requirements({ [FILE]: text }, [lib])), [
    '--index-url https://${A}:${B}@h/simple',
    '-e ../libs/lib',
    'attrs # ../libs/lib/pyproject.toml',
    'six --hash=sha256:aa',
    'x @ https://h/x.whl',
  ]);
});

test('a plan of one that is outdated is refused', () => {
  const project = locked({ [FILE]: 'six\n' }, { [FILE]: 'six\nidna\n' });
  assert.equal(
    refusals(request({ runtime: { prop: 'python3.13' } }), snapshot({ project })).map(showPlanError),
    outdated('it was made without "idna"'),
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
  assert.equal(
    refusals(asked, snapshot({ project: other })).map(({ _tag }) => _tag),
    ['InvalidDeclaration'],
  );
});

test.run();
