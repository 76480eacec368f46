import { existsSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Bundle } from '../assembly';
import { environment } from '../environment';
import { cache } from '../places';
import type { Project } from '../project';
import { needsOutput } from '../scenarios';
import { PINS, PYTHON, samFolder } from '../tools';
import type { Contender } from './contender';

const templateOf = ({ workload }: Project): object => ({
  AWSTemplateFormatVersion: '2010-09-09',
  Transform: 'AWS::Serverless-2016-10-31',
  Resources: Object.fromEntries(
    workload.functions.map(({ id }) => [
      id,
      {
        Type: 'AWS::Serverless::Function',
        Properties: {
          CodeUri: `./functions/${id}`,
          Handler: 'index.lambda_handler',
          Runtime: `python${PYTHON}`,
        },
      },
    ]),
  ),
});

const bundle = ({ folder }: Project, id: string): Bundle => {
  const place = path.join(folder, '.aws-sam', 'build', id);
  if (!existsSync(place)) throw new Error(`sam has built no ${id}`);
  return { asset: place, place, handler: 'index.lambda_handler' };
};

/** `sam build` on the host, at its fastest: with its cache, functions in parallel. */
export const sam: Contender = {
  id: 'sam',
  family: 'sam',
  label: `sam build ${PINS.sam}`,
  synthesizes: false,
  slow: true,
  options: () => ({ bundling: {} }),
  refusal: () => {
    try {
      samFolder();
      return undefined;
    } catch (error) {
      return `it cannot be installed: ${String(error).split('\n')[0] ?? ''}`;
    }
  },
  takesPart: (_workload, scenario) => ['cold', 'warm', 'edit'].includes(scenario),
  prepare: (project) => {
    writeFileSync(path.join(project.folder, 'template.json'), JSON.stringify(templateOf(project)));
  },
  reset: ({ folder }, scenario) => {
    if (!needsOutput(scenario)) rmSync(path.join(folder, '.aws-sam'), { recursive: true, force: true });
  },
  commands: ({ folder }) => [
    {
      argv: [path.join(samFolder(), 'sam'), 'build', '--template', 'template.json', '--cached', '--parallel'],
      cwd: folder,
      environment: {
        ...environment(),
        SAM_CLI_TELEMETRY: '0',
        // Its own settings, and the note of when it last looked for a newer version of itself.
        __SAM_CLI_APP_DIR: path.join(cache, 'sam-settings'),
      },
    },
  ],
  bundles: (project) => new Map(project.workload.functions.map(({ id }) => [id, bundle(project, id)])),
};
