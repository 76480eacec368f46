import * as path from 'node:path';
import { repository } from '../places';
import { writeProject } from '../project';
import { runAll } from '../run';
import { say } from '../say';
import { dockerRefusal, npmPackages, PINS } from '../tools';
import { emptyFunction } from '../workloads';
import type { Contender } from './contender';
import { appContender } from './app';

const options = () => ({
  bundling: {},
  alpha: path.join(npmPackages(), '@aws-cdk', 'aws-lambda-python-alpha'),
});

let built = false;

/** Has alpha build its image, by an app with one empty function; from then on the engine has it. */
const buildImage = (): void => {
  if (built) return;
  say('aws-lambda-python-alpha builds its image (not timed)');
  runAll(alpha.commands(writeProject(emptyFunction, alpha.id, options())));
  built = true;
};

export const alpha: Contender = appContender('alpha', {
  id: 'alpha',
  label: `aws-lambda-python-alpha ${PINS.alpha}`,
  slow: true,
  options: options,
  refusal: () => {
    const reason = dockerRefusal();
    if (reason !== undefined) return reason;
    try {
      buildImage();
      return undefined;
    } catch (error) {
      return `its image cannot be built: ${String(error).replaceAll(repository, '.')}`;
    }
  },
  takesPart: ({ name }, scenario) =>
    ['cold', 'warm', 'edit'].includes(scenario) || (scenario === 'upload' && name === 'W4'),
});
