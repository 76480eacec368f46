import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { AppSpec } from './apps/spec';
import { projects } from './places';
import { PYTHON } from './tools';
import type { FunctionSpec, Workload } from './workloads';

/** One workload's sources, for one contender; nobody else's. */
export interface Project {
  readonly folder: string;
  readonly workload: Workload;
  /** What the handler of each function was last made to answer. */
  readonly revisions: Map<string, string>;
}

export const functionFolder = (project: Project, id: string): string =>
  path.join(project.folder, 'functions', id);

/** What a handler is to answer: its revision, and the versions that its set pins. */
export const expectedAnswer = ({ revisions }: Project, { id, set }: FunctionSpec): object => ({
  revision: revisions.get(id),
  versions: Object.fromEntries(set.lines.map((line) => line.split(/\s*==\s*/))) as Record<string, string>,
});

const handlerText = ({ set }: FunctionSpec, revision: string): string =>
  `
import importlib.metadata
${set.modules.map((module) => `import ${module}`).join('\n')}

NAMES = ${JSON.stringify(set.lines.map((line) => line.split('==')[0]))}


def lambda_handler(event, context):
    return {
        "revision": "${revision}",
        "versions": {name: importlib.metadata.version(name) for name in NAMES},
    }
`.trimStart();

let revision = 0;

/** Gives a handler a content that it has never had, in any run. */
export const edit = (project: Project, spec: FunctionSpec): void => {
  revision += 1;
  const value = `${Date.now()}-${revision}`;
  writeFileSync(path.join(functionFolder(project, spec.id), 'index.py'), handlerText(spec, value));
  project.revisions.set(spec.id, value);
};

/** Writes a project anew: its functions' folders, and `spec.json` for the apps. */
export const writeProject = (
  workload: Workload,
  contender: string,
  options: Pick<AppSpec, 'bundling' | 'alpha'>,
): Project => {
  const folder = path.join(projects, workload.name, contender);
  const project: Project = { folder, workload, revisions: new Map() };
  rmSync(folder, { recursive: true, force: true });
  for (const spec of workload.functions) {
    const place = functionFolder(project, spec.id);
    mkdirSync(place, { recursive: true });
    if (spec.set.lines.length > 0)
      writeFileSync(path.join(place, 'requirements.txt'), `${spec.set.lines.join('\n')}\n`);
    edit(project, spec);
  }
  const app: AppSpec = {
    ...options,
    runtime: `python${PYTHON}`,
    functions: workload.functions.map(({ id }) => ({ id, folder: functionFolder(project, id) })),
  };
  writeFileSync(path.join(folder, 'spec.json'), JSON.stringify(app));
  return project;
};
