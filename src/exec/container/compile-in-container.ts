import * as fs from 'node:fs';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { dockerPlatformOf } from '../../plan/target/architecture';
import { LEAST_PRIVILEGES } from '../../plan/install/container-privileges';
import { CONTAINER_FOLDERS } from '../../plan/install/docker-argv';
import { BYTECODE_SCRIPT_NAME } from '../scripts/bytecode-script';
import { putTools } from './container-tools';
import type { Engine } from './docker-install';
import { engineSight } from './engine-sight';
import type { ContainerRun } from '../process/run-container';
import { runWhereSeen } from './run-where-seen';
import type { Shell } from '../process/shell';
import { succeeded } from '../process/shell';
import type { CompileJob, CompileTask } from '../bytecode/source-bytecode';
import { keepCompiled, stageSources } from '../bytecode/source-bytecode';
import type { Store } from '../store/store';

/** Compiles the user's modules with the Python of a build image, all in one container. */
export const compileInContainer = async (
  store: Store,
  shell: Shell,
  { program, user, environment = {}, sight = engineSight() }: Engine,
  { runtime, bytecode, install }: BundlePlan,
  image: string,
  jobs: readonly CompileJob[],
): Promise<void> => {
  if (jobs.length === 0 || bytecode === null) return;
  const { bytecode: target, tools } = CONTAINER_FOLDERS;
  const platform = dockerPlatformOf(runtime.architecture);
  await store.temporary(async (folder) => {
    const [work, scripts] = [path.join(folder, 'work'), path.join(folder, 'tools')];
    fs.mkdirSync(work);
    const { staged, jobs: staging } = stageSources(jobs, work);
    await putTools(scripts, platform, '');
    const task: CompileTask = {
      tag: bytecode.tag,
      root: target,
      output: target,
      jobs: staging,
      faults: true,
    };
    const run: ContainerRun = {
      program,
      user,
      folders: { input: work, output: work, bytecode: work, tools: scripts, cache: work },
      environment: {},
      docker: {
        image,
        platform,
        user: null,
        network: 'none',
        ...LEAST_PRIVILEGES,
        volumesFrom: [],
        fileAccess: install?.docker.fileAccess ?? 'bind',
        mounts: [
          { source: 'bytecode', target, readOnly: false },
          { source: 'tools', target: tools, readOnly: true },
        ],
        environment: [],
        workingDirectory: target,
        entrypoint: null,
        command: [
          'python',
          '-I',
          '-S',
          '-B',
          `${tools}/${BYTECODE_SCRIPT_NAME}`,
          'jobs',
          JSON.stringify(task),
        ],
      },
    };
    const ended = await runWhereSeen(shell, run, { sight, environment });
    if (E.isRight(ended) && succeeded(ended.right)) keepCompiled(store, work, staged);
  });
};
