import * as fs from 'node:fs';
import * as path from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { showExecutionError } from '../../../src/exec/errors/execution-error';
import { execute, planOfFile } from '../../support/bundle-file';
import { copyOfProject, DECLARED_PROJECTS } from '../../support/declared-projects';
import { environmentWith } from '../../support/python-tools';
import { temporaryFolder } from '../../support/temporary';
import { HANDLER } from '../support/requests';

const test = suite('requirements that an installer refuses');

/** What is said of a fixture whose lock is edited, when it is installed with a tool; `{root}` for its folder. */
const said = async (
  folder: string,
  lock: string,
  edit: readonly [string | RegExp, string],
  tool: 'uv' | 'pip',
): Promise<string> => {
  const project = DECLARED_PROJECTS.find((each) => each.folder === folder);
  if (project === undefined) throw new Error(`no fixture ${folder}`);
  const root = copyOfProject(project, HANDLER);
  const file = path.join(root, lock);
  const text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, text.replace(...edit));
  assert.is.not(fs.readFileSync(file, 'utf8'), text);
  const output = temporaryFolder();
  const plan = planOfFile(path.join(root, project.entry), {
    runtime: '3.11',
    executor: 'host',
    outputDirectory: output,
  });
  const [report] = await execute([plan], {
    ...environmentWith({ [tool]: true }),
    CDK_LAMBDA_PYTHON_CACHE: temporaryFolder(),
  });
  assert.equal(fs.readdirSync(output), []);
  if (report?.outcome._tag !== 'Failed') throw new Error(JSON.stringify(report));
  return showExecutionError(report.outcome.error).replaceAll(root, '{root}');
};

/** The wheel of tinycss2 1.3.0, and what stands in the lock in its place. */
const HASH = '54a8dbdffb334d536851be0226030e9505965bb2f30f21a4a82c55fb2a80fae7';
const OTHER = HASH.replace('54a8', '0000');

for (const tool of ['uv', 'pip'] as const) {
  test(`${tool}: a file that is not the one that was locked`, async () => {
    for (const [folder, lock, line] of [
      ['poetry2', 'poetry.lock', 172],
      ['pipenv', 'Pipfile.lock', 102],
    ] as const) {
      assert.is(
        await said(folder, lock, [HASH, OTHER], tool),
        `The file downloaded for tinycss2==1.3.0 has the hash sha256:${HASH}, which {root}/${lock}:${line} does not allow. Lock again if you know why the file was replaced; if not, do not trust it.`,
      );
    }
  });

  test(`${tool}: a version that no index has`, async () => {
    const message = await said('requirements', 'base.txt', ['3.0.2', '3.0.99'], tool);
    assert.match(
      message,
      /^No package index that was asked has markupsafe==3\.0\.99 for Python 3\.11 on x86_64 \(glibc 2\.26\)\. It is required by \{root\}\/[a-z]+\.txt:\d+, directly or indirectly\. /i,
    );
    const edit = [/"==1\.3\.0"/, '"==1.3.99"'] as const;
    assert.match(
      await said('pipenv', 'Pipfile.lock', edit, tool),
      /^No package index that was asked has tinycss2==1\.3\.99 for .*\. It is required by \{root\}\/Pipfile\.lock:\d+,/,
    );
  });
}

test.run();
