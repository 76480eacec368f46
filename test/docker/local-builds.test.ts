import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { ExecutorName } from '../../src/plan/request/bundle-request';
import type { FileOptions } from '../support/bundle-file';
import { execute, planOfFile } from '../support/bundle-file';
import { buildxSkipReason, clientFolder } from '../support/buildx-client';
import { dockerSkipReason } from '../support/docker';
import { environmentWith, runTool } from '../support/python-tools';
import { temporaryFolder, writeTree } from '../support/temporary';

const test = suite('builds of local packages in a container');

const IMAGE = 'public.ecr.aws/sam/build-python3.13';

const HANDLER = 'def lambda_handler(event, context): ...\n';

/** The folder of a bundle, or what is said of it. */
const bundleOf = async (
  tree: Readonly<Record<string, string>>,
  options: Partial<FileOptions> & { readonly executor: ExecutorName },
  prepare: (root: string) => void = () => undefined,
  uv = false,
): Promise<string> => {
  const root = temporaryFolder();
  writeTree(root, { 'app/h.py': HANDLER, 'cdk.json': '{}', ...tree });
  prepare(root);
  const plan = planOfFile(path.join(root, 'app/h.py'), {
    runtime: '3.13',
    outputDirectory: temporaryFolder(),
    ...options,
  });
  const [report] = await execute([plan], {
    ...environmentWith({ docker: true, uv }),
    ...(options.executor === 'buildkit' ? { DOCKER_CONFIG: clientFolder() } : {}),
    // The executors share what they have made.
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  if (report?.outcome._tag === 'Failed') throw new Error(showExecutionError(report.outcome.error));
  return plan.output.path;
};

const git = (folder: string, ...args: readonly string[]): string =>
  runTool('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], folder);

const tagged = (root: string): void => {
  git(root, 'init', '--quiet');
  git(root, 'add', '.');
  git(root, 'commit', '--quiet', '-m', 'one');
  git(root, 'tag', 'v3.4.5');
};

const VERSIONED = {
  'app/requirements.txt': '-e ../shared\n',
  '.gitignore': 'shared/src/shared_lib/_version.py\n',
  'shared/src/shared_lib/__init__.py': 'from ._version import version\n',
  'shared/pyproject.toml':
    '[build-system]\nrequires = ["setuptools>=64", "setuptools-scm>=8"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "shared-lib"\ndynamic = ["version"]\n[tool.setuptools_scm]\nroot = ".."\nversion_file = "src/shared_lib/_version.py"\n',
};

const OUTSIDE = {
  '.git/HEAD': '',
  'app/requirements.txt': '../shared\n',
  'common/words.py': 'WORD = "hello"\n',
  'shared/shared_lib/__init__.py': '',
  'shared/pyproject.toml':
    '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n[project]\nname = "shared-lib"\nversion = "1"\n[tool.hatch.build.targets.wheel.force-include]\n"../common/words.py" = "shared_lib/words.py"\n',
};

/** The build image, or one of it that has Git as AWS's own has; undefined where there is none. */
const imageWithGit = (): string | undefined => {
  const has = (image: string): boolean =>
    spawnSync('docker', ['run', '--rm', '--entrypoint', 'git', image, '--version']).status === 0;
  if (has(IMAGE)) return IMAGE;
  const derived = 'cdk-lambda-python-test-git:3.13';
  if (has(derived)) return derived;
  const input = `FROM ${IMAGE}\nUSER root\nRUN apt-get update && apt-get install --yes --no-install-recommends git\n`;
  const built = spawnSync('docker', ['build', '--quiet', '--network', 'host', '--tag', derived, '-'], {
    input,
    timeout: 300_000,
  });
  return built.status === 0 ? derived : undefined;
};

const withoutBuildx = buildxSkipReason(IMAGE);
if (withoutBuildx !== undefined) console.log(`SKIPPED: ${withoutBuildx}`);

for (const executor of ['docker', ...(withoutBuildx === undefined ? (['buildkit'] as const) : [])] as const) {
  const ways = executor === 'docker' ? (['pip', 'uv', 'uv as root'] as const) : (['uv'] as const);
  for (const way of ways) {
    const who = `${executor}, ${way}`;
    const docker = way === 'uv as root' ? { user: 'root' } : {};
    test(`a package takes its version from Git: ${who}`, async () => {
      const image = imageWithGit();
      if (image === undefined) return console.log('SKIPPED: no build image has Git');
      const bundle = await bundleOf(
        VERSIONED,
        { executor, docker: { ...docker, image } },
        tagged,
        way !== 'pip',
      );
      assert.ok(
        fs.existsSync(path.join(bundle, 'shared_lib-3.4.5.dist-info')),
        fs.readdirSync(bundle).join(),
      );
      assert.match(fs.readFileSync(path.join(bundle, 'shared_lib/_version.py'), 'utf8'), "'3.4.5'");
    });
  }

  test(`an image without Git is told before anything is built: ${executor}`, async () => {
    if (imageWithGit() === IMAGE) return console.log('SKIPPED: the build image has Git');
    const said = await bundleOf(VERSIONED, { executor }, tagged).catch(String);
    assert.match(said, /The image \S+ has no Git, and \S+shared takes the version from Git\. Name an image/);
  });

  test(`a build has the files outside its folder that its configuration names: ${executor}`, async () => {
    const bundle = await bundleOf(OUTSIDE, { executor });
    assert.is(fs.readFileSync(path.join(bundle, 'shared_lib/words.py'), 'utf8'), 'WORD = "hello"\n');
  });

  test(`a script of a package that is no launcher stays in bin: ${executor}`, async () => {
    const bundle = await bundleOf(
      {
        '.git/HEAD': '',
        'app/requirements.txt': '../shared\n',
        'shared/shared_lib.py': 'def main(): ...\n',
        'shared/tool.sh': '#!/bin/sh\necho tool\n',
        'shared/pyproject.toml':
          '[build-system]\nrequires = ["setuptools>=64"]\nbuild-backend = "setuptools.build_meta"\n[project]\nname = "shared-lib"\nversion = "1"\nscripts = { shared = "shared_lib:main" }\n[tool.setuptools]\npy-modules = ["shared_lib"]\nscript-files = ["tool.sh"]\n',
      },
      { executor },
    );
    assert.equal(fs.readdirSync(path.join(bundle, 'bin')), ['tool.sh']);
    assert.is(fs.statSync(path.join(bundle, 'bin/tool.sh')).mode & 0o111, 0o111);
  });
}

const reason = dockerSkipReason(IMAGE);
if (reason === undefined) test.run();
else console.log(`SKIPPED: ${reason}`);
