import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { CaseOptions, Synthesized } from '../support/alpha-readme';
import { answerOf, filesOf, synthesized } from '../support/alpha-readme';
import { dockerSkipReason } from '../support/docker';
import { indexInThread } from '../support/private-index';
import { findPython, runWith } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';
import { unpack } from '../support/unpack';

const test = suite('what the README of AWS’s construct shows of containers, with another import');

const IMAGE = 'public.ecr.aws/sam/build-python3.13';

const dockerTest = (name: string, body: () => Promise<void>): void => {
  test(name, async () => {
    const reason =
      dockerSkipReason(IMAGE) ?? (findPython('3.13') === undefined ? 'no Python 3.13' : undefined);
    if (reason === undefined) return body();
    console.log(`SKIPPED: ${reason}`);
  });
};

/** What a function with one requirement is, which answers with a module that its build has made. */
const tree = (
  word: string,
  more: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => ({
  'index.py': `import six, word\ndef handler(event, context):\n    return [six.__version__, ${word}]\n`,
  'word.py': 'WORD = "shipped"\n',
  'requirements.txt': 'six==1.17.0\n',
  ...more,
});

const SHIPPED = tree('word.WORD');
const answersShipped = { ok: true, payload: ['1.17.0', 'shipped'] };

/** A case that a container has made. */
const inContainer = (
  name: string,
  files: Readonly<Record<string, string>>,
  options: CaseOptions = {},
): Synthesized => {
  const made = synthesized(name, files, options);
  assert.is(made.plan.install?.executor, 'docker');
  return made;
};

dockerTest('an image that is built from the Dockerfile in the folder', async () => {
  const made = inContainer(
    'ownImage',
    tree('word.WORD', { Dockerfile: `FROM ${IMAGE}\nENV BUILT_BY="the Dockerfile"\n` }),
  );
  const { image } = made.plan;
  try {
    assert.equal(await answerOf(made), answersShipped);
    assert.match(image, /^cdk-[0-9a-f]{64}$/);
  } finally {
    spawnSync('docker', ['image', 'rm', image]);
  }
});

dockerTest('an image of a registry', async () => {
  // The runtime's own image would ask for no container.
  const image = `own-build-image:${process.pid}`;
  spawnSync('docker', ['tag', `${IMAGE}:latest`, image]);
  try {
    const made = inContainer('registryImage', SHIPPED, { more: image });
    assert.is(made.plan.image, image);
    assert.equal(await answerOf(made), answersShipped);
  } finally {
    spawnSync('docker', ['image', 'rm', image]);
  }
});

dockerTest('network, security, user and the volumes of another container', async () => {
  const name = `cdk-lambda-python-readme-${process.pid}`;
  const shared = temporaryFolder();
  const lib = `
import os
from setuptools import setup
notes = [open(name).read() for name in ("/container-path/note", "/from-another/note")]
status = [line.split()[1] for line in open("/proc/self/status") if line.startswith("NoNewPrivs")]
with open("seen.py", "w") as file:
    file.write("SEEN = %r\\n" % (notes + status + [os.getuid()],))
setup(name="seen", version="1", py_modules=["seen"])
`;
  writeTree(shared, { note: 'of the volume' });
  spawnSync('docker', ['create', '--name', name, '--volume', '/from-another', IMAGE, 'true']);
  try {
    spawnSync('docker', ['cp', path.join(shared, 'note'), `${name}:/from-another/note`]);
    const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
    const files = {
      'index.py': 'import seen\ndef handler(event, context):\n    return seen.SEEN\n',
      'requirements.txt': './lib\n',
      'lib/setup.py': lib,
    };
    const made = inContainer('dockerOptions', files, { more: `${name} ${shared} ${user}` });
    assert.equal(await answerOf(made), {
      ok: true,
      payload: ['of the volume', 'of the volume', '1', process.getuid?.()],
    });
  } finally {
    spawnSync('docker', ['rm', '--force', '--volumes', name]);
  }
});

dockerTest('files that are copied into volumes and back, not mounted', async () => {
  const made = inContainer('copies', SHIPPED);
  assert.is(made.plan.install?.docker.fileAccess, 'copy');
  assert.equal(await answerOf(made), answersShipped);
});

dockerTest('commands before and after, in the container', async () => {
  const made = inContainer('hooksInImage', SHIPPED);
  assert.equal(await answerOf(made), answersShipped);
  const note = fs.readFileSync(path.join(unpack(made.plan.output.path), 'made.txt'), 'utf8');
  assert.is(note, 'built\n/asset-output\n');
});

dockerTest('a command of one’s own in place of the install', async () => {
  const made = inContainer('ownCommand', {
    'index.py': 'import word\ndef handler(event, context):\n    return word.WORD\n',
  });
  assert.equal(await answerOf(made), { ok: true, payload: 'commanded' });
  assert.equal(filesOf(made), ['index.py', 'word.py']);
});

dockerTest('an index for the build, where a container installs from it', async () => {
  const index = await indexInThread();
  try {
    await index.setPassword('t0ken');
    const files = {
      'index.py': 'import private_lib\ndef handler(event, context):\n    return private_lib.PRIVATE\n',
      'requirements.txt': 'private-lib==1\n',
    };
    const made = inContainer('tokenInImage', files, { more: index.urlWith('t0ken') });
    assert.equal(await answerOf(made), { ok: true, payload: true });
  } finally {
    await index.close();
  }
});

runWith(test, '3.13');
