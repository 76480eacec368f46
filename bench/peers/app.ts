import { existsSync, readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { bundlesIn } from '../assembly';
import { environment } from '../environment';
import { compiledApps } from '../places';
import type { Project } from '../project';
import { needsOutput, needsStore } from '../scenarios';
import type { Contender } from './contender';

/** What build containers have downloaded is a package cache of uv and pip, as this machine's own are. */
const emptyStore = (store: string, withDownloads: boolean): void => {
  for (const layout of existsSync(store) ? readdirSync(store) : []) {
    for (const name of readdirSync(path.join(store, layout))) {
      if (withDownloads || name !== 'downloads') {
        rmSync(path.join(store, layout, name), { recursive: true, force: true });
      }
    }
  }
};

/** The environment of an app: its store is its own, so that no contender finds what another has installed. */
export const appEnvironment = ({ folder }: Project): NodeJS.ProcessEnv => ({
  ...environment(),
  CDK_LAMBDA_PYTHON_CACHE: path.join(folder, 'store'),
});

export const assemblyOf = ({ folder }: Project): string => path.join(folder, 'cdk.out');

/** A CDK app: what is timed is `node app.js`, which is what the CDK CLI starts. */
export const appContender = (
  kind: 'plain' | 'ours' | 'alpha',
  own: Pick<Contender, 'id' | 'label' | 'slow' | 'options' | 'refusal' | 'takesPart'> & Partial<Contender>,
): Contender => ({
  family: kind,
  synthesizes: true,
  prepare: () => undefined,
  reset: (project, scenario) => {
    if (!needsOutput(scenario)) rmSync(assemblyOf(project), { recursive: true, force: true });
    if (!needsStore(scenario)) emptyStore(path.join(project.folder, 'store'), scenario === 'pristine');
  },
  commands: (project) => [
    {
      argv: [process.execPath, path.join(compiledApps, 'synth.js'), kind],
      cwd: project.folder,
      environment: appEnvironment(project),
    },
  ],
  bundles: (project) => bundlesIn(assemblyOf(project)),
  ...own,
});
