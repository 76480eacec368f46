import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../cli/support/command';
import { planWith } from '../exec/support/plans';
import { execute } from '../support/bundle-file';
import { foreignAssembly } from '../support/foreign-plan';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';

const test = suite('a named pipe in the place of a file that others may write');

const REQUIREMENTS = { 'requirements.txt': 'six==1.16.0\n' };

/** Puts a named pipe in the place of a file. Nobody writes to it. */
const pipe = (file: string): void => {
  fs.rmSync(file, { force: true });
  execFileSync('mkfifo', [file]);
};

const carriedPlan = (assembly: string): string => {
  const folder = path.join(assembly, 'cdk-lambda-python');
  const [name = ''] = fs.readdirSync(folder).filter((each) => each.endsWith('.json'));
  return path.join(folder, name);
};

/** Ends the wait of a reader that would wait for ever: a writer that comes and goes. */
const within = async <A>(milliseconds: number, file: string, work: Promise<A>): Promise<A> => {
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    fs.closeSync(fs.openSync(file, fs.constants.O_RDWR | fs.constants.O_NONBLOCK));
  }, milliseconds);
  try {
    const done = await work;
    assert.is(hung, false, 'it waited for the pipe');
    return done;
  } finally {
    clearTimeout(timer);
  }
};

const SECONDS = 15_000;

test('a plan of an assembly: it is named, and nothing waits', async () => {
  const assembly = foreignAssembly({ 'Stack/one': REQUIREMENTS });
  const file = carriedPlan(assembly);
  pipe(file);
  for (const argv of [
    ['run', assembly],
    ['package', file],
    ['audit', assembly],
    ['plan', assembly],
  ]) {
    const { code, stderr } = await within(SECONDS, file, cli(argv, { cwd: assembly }));
    assert.equal(
      [code, stderr],
      [1, `error: Cannot read the plan ${file}: it is a named pipe\n`],
      argv.join(' '),
    );
  }
});

test('an asset manifest: it names no asset', async () => {
  const assembly = foreignAssembly({ 'Stack/one': REQUIREMENTS });
  const file = path.join(assembly, 'Stack.assets.json');
  pipe(file);
  const { code, stderr } = await within(SECONDS, file, cli(['run', assembly], { cwd: assembly }));
  assert.is(code, 1);
  assert.match(stderr, 'has no plans');
});

test('a file of the shared store: it is left out, and the modules are installed', async () => {
  const remote = temporaryFolder();
  const made = async () => {
    const plan = planWith('six==1.16.0\n', { packaging: 'zip' });
    const environment = {
      ...environmentWith({ uv: true }),
      CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
      CDK_LAMBDA_PYTHON_REMOTE_STORE: remote,
    };
    const [report] = await execute([plan], environment);
    assert.is(report?.outcome._tag, 'Bundled', JSON.stringify(report));
    assert.ok(fs.existsSync(plan.output.path));
  };
  await made();
  const folder = path.join(remote, 'v4/modules');
  for (const end of ['.json', '.zip']) {
    const [name = ''] = fs.readdirSync(folder).filter((each) => each.endsWith(end));
    const file = path.join(folder, name);
    const content = fs.readFileSync(file);
    pipe(file);
    await within(SECONDS, file, made());
    fs.rmSync(file, { force: true });
    fs.writeFileSync(file, content);
  }
});

test.run();
