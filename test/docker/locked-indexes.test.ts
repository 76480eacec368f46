import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import { sha256 } from '../../src/plan/values/hash';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import { buildxSkipReason, clientFolder } from '../support/buildx-client';
import { dockerSkipReason } from '../support/docker';
import { lockWith } from '../support/index-locks';
import { hashingIndex, openIndex } from '../support/open-index';
import { privateIndex, watchingArguments } from '../support/private-index';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';
import { wheelFolder } from '../support/wheel';

const test = suite('indexes of a lock in a container');

const CORP = wheelFolder('corp', { 'corp.py': 'WHOSE = "corp"\n' });
const OURS = wheelFolder('idna', { 'idna.py': 'WHOSE = "public"\n' });
const REBUILT = wheelFolder('idna', { 'idna.py': 'WHOSE = "rebuilt"\n' });
const NEWER = wheelFolder('idna', { 'idna.py': 'WHOSE = "newer"\n' }, { version: '2' });
const PASSWORD = "s3cr/et@:'%!siskin7";

const fileOf = (folder: string): readonly [string, Buffer] => {
  const name = fs.readdirSync(folder)[0] ?? '';
  return [name, fs.readFileSync(path.join(folder, name))];
};

for (const tool of ['uv', 'pip'] as const)
  test(`${tool}: each package comes from its own index, with its user name and password; 401 is told as that`, async () => {
    const [everybodys, corps] = [await openIndex(OURS), await privateIndex()];
    corps.add('corp', ...fileOf(CORP));
    corps.add('idna', ...fileOf(REBUILT));
    corps.setPassword(PASSWORD);
    const lock = lockWith('uv', [{ wheel: CORP, index: { name: 'corp', url: corps.url } }, { wheel: OURS }]);
    const made = async (own: NodeJS.ProcessEnv) => {
      const plan = planOf(folderOf({ 'index.py': HANDLER, ...lock }), {
        executor: 'docker',
        docker: { environment: [], volumes: [], network: 'host' },
      });
      const environment = {
        ...environmentWith({ [tool]: true, docker: true }),
        CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
        HOME: temporaryFolder(),
        UV_DEFAULT_INDEX: everybodys.url,
        PIP_INDEX_URL: everybodys.url,
        ...own,
      };
      const [[report], argv] = await watchingArguments(() => execute([plan], environment));
      assert.not.match(argv, /siskin7/);
      return report?.outcome._tag === 'Failed'
        ? showExecutionError(report.outcome.error)
        : ['corp.py', 'idna.py']
            .map((name) => fs.readFileSync(path.join(plan.output.path, name), 'utf8').trim())
            .join(' ');
    };
    try {
      const user = { UV_INDEX_CORP_USERNAME: 'aws', UV_INDEX_CORP_PASSWORD: PASSWORD };
      assert.is(await made(user), 'WHOSE = "corp" WHOSE = "public"');
      const said = await made({});
      assert.match(said, 'it asks for a user name and password (401), and got none');
      assert.match(said, 'They go into UV_INDEX_CORP_USERNAME and UV_INDEX_CORP_PASSWORD');
    } finally {
      everybodys.close();
      corps.close();
    }
  });

/** A project of PDM with two indexes: its lock does not say which of them has a package. */
const pdmProject = (urls: readonly [string, string], wheels: readonly string[]) => {
  const entries = wheels.map((wheel) => {
    const [file, content] = fileOf(wheel);
    return { name: file.split('-')[0] ?? '', file, hash: `sha256:${sha256(content)}` };
  });
  return {
    'pyproject.toml': [
      '[project]\nname = "orders"\nversion = "0"\nrequires-python = ">=3.9"',
      `dependencies = [${entries.map(({ name }) => `"${name}==1"`).join(', ')}]`,
      `[[tool.pdm.source]]\nname = "pypi"\nurl = "${urls[0]}"`,
      `[[tool.pdm.source]]\nname = "corp"\nurl = "${urls[1]}"\n`,
    ].join('\n'),
    'pdm.lock': [
      '[metadata]\ngroups = ["default"]\nstrategy = ["inherit_metadata"]\nlock_version = "4.5.0"\n',
      '[[metadata.targets]]\nrequires_python = ">=3.9"\n',
      ...entries.map(
        ({ name, file, hash }) =>
          `[[package]]\nname = "${name}"\nversion = "1"\ngroups = ["default"]\nfiles = [{file = "${file}", hash = "${hash}"}]\n`,
      ),
    ].join('\n'),
  };
};

for (const executor of ['docker', 'buildkit'] as const)
  for (const tool of ['uv', 'pip'] as const)
    test(`${executor}, ${tool}: a version of a pdm.lock is found on any of its indexes, also where one has another of that name`, async () => {
      const reason = executor === 'buildkit' ? buildxSkipReason() : undefined;
      if (reason !== undefined) {
        console.log(`SKIPPED: ${reason}`);
        return;
      }
      const [first, second] = [await hashingIndex(OURS), await hashingIndex(NEWER, CORP)];
      const made = async () => {
        const lock = pdmProject([first.url, second.url], [CORP, OURS]);
        const plan = planOf(folderOf({ 'index.py': HANDLER, ...lock }), {
          executor,
          docker: { environment: [], volumes: [], network: 'host' },
        });
        const environment = {
          ...environmentWith({ [tool]: true, docker: true }),
          CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
          HOME: temporaryFolder(),
          DOCKER_CONFIG: clientFolder(),
        };
        const [report] = await execute([plan], environment);
        if (report?.outcome._tag !== 'Bundled')
          return report?.outcome._tag === 'Failed' ? showExecutionError(report.outcome.error) : 'no bundle';
        const text = fs.readFileSync(path.join(plan.output.path, 'idna.py'), 'utf8').trim();
        return `${text} by ${(report.outcome.installers ?? []).map(({ name }) => name).join(' ')}`;
      };
      try {
        assert.is(await made(), `WHOSE = "public" by ${tool}`);
      } finally {
        first.close();
        second.close();
      }
    });

const skip = dockerSkipReason('public.ecr.aws/sam/build-python3.11:latest');
if (skip === undefined) test.run();
else console.log(`SKIPPED: ${skip}`);
