import { rmSync } from 'node:fs';
import * as path from 'node:path';
import { bundlesIn } from '../assembly';
import { environment } from '../environment';
import { compiledApps } from '../places';
import type { Project } from '../project';
import { needsOutput, needsStore } from '../scenarios';
import type { Contender } from './contender';

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
    if (!needsStore(scenario)) rmSync(path.join(project.folder, 'store'), { recursive: true, force: true });
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
