import { existsSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { startLocalAws } from '../../test/support/local-aws';
import type { AppSpec } from '../apps/spec';
import { cachesIn, environment } from '../environment';
import { warmPackageCaches } from '../package-caches';
import { compiledApps } from '../places';
import type { Project } from '../project';
import { edit, functionFolder, writeProject } from '../project';
import { run } from '../run';
import { say } from '../say';
import { median } from '../statistics';
import { teamWorkload } from '../workloads';
import { measureAlpha } from './alpha-costs';
import { cliProject } from './cli-project';
import { TEAM } from './team-model';
import type { UnitCosts } from './team-model';

/** One small package more: what an edit of requirements is here. */
const MORE = 'toml==0.10.2';

const workload = teamWorkload('team', TEAM.functions);

/** An app of the team, as it lies on a developer's machine or on a runner. */
const projectOf = (name: string, bundling: AppSpec['bundling']): Project => {
  const project = writeProject(workload, name, { bundling: { executor: 'host', ...bundling } });
  cliProject(project);
  return project;
};

/** What a runner has not: an output, a store, package caches. */
const emptyRunner = ({ folder }: Project): void => {
  for (const name of ['cdk.out', 'store', 'empty-package-caches'])
    rmSync(path.join(folder, name), { recursive: true, force: true });
};

/** The handlers of the first functions, whose sets are all different. */
const editHandlers = (project: Project, count: number): void => {
  for (const spec of project.workload.functions.slice(0, count)) edit(project, spec);
};

/** All functions of the last set get another requirement, or their old ones. */
const editRequirements = (project: Project): void => {
  project.workload.functions.forEach((spec, index) => {
    if ((index + 1) % TEAM.sets !== 0) return;
    const file = path.join(functionFolder(project, spec.id), 'requirements.txt');
    revision += 1;
    writeFileSync(file, `${[...spec.set.lines, MORE].join('\n')}\n# ${revision}\n`);
  });
};

let revision = 0;

export type Seconds = (what: string, begin: () => void, work: () => number) => number;

/** The median of so many times; what they begin with is made before each. */
const measuring =
  (name: string, runs: number): Seconds =>
  (what, begin, work) => {
    const times = Array.from({ length: runs }, () => {
      begin();
      return work();
    });
    say(`team, ${name}, ${what}: ${times.map((time) => time.toFixed(2)).join(', ')} s`);
    return median(times);
  };

const nothing = (): void => undefined;

type Developer = Pick<UnitCosts, 'unchanged' | 'handler' | 'requirements'>;

type WayCosts = UnitCosts & { readonly first: number };

/** What is waited for with one phase, in one app of the team. */
const measurePhase = (
  name: string,
  project: Project,
  runs: number,
  aws: NodeJS.ProcessEnv,
  onRunner: NodeJS.ProcessEnv,
  developer: Developer | undefined,
): WayCosts => {
  const base = { ...environment(), ...aws, CDK_LAMBDA_PYTHON_CACHE: path.join(project.folder, 'store') };
  const runner = { ...base, ...cachesIn(path.join(project.folder, 'empty-package-caches')), ...onRunner };
  const synth = (variables: NodeJS.ProcessEnv) => (): number =>
    run({
      argv: [process.execPath, path.join(compiledApps, 'timed.js'), 'ours'],
      cwd: project.folder,
      environment: variables,
    }).seconds;
  const deploy = (): number => run(cliProject(project).publish(runner)).seconds;
  const seconds = measuring(name, runs);
  const once = measuring(name, 1);
  const empty = (): void => {
    emptyRunner(project);
  };
  // Everything is in the bucket, and where a store is shared, in that: what the deployments before have left.
  const first = once('first deployment', empty, deploy);
  const ci = once('empty runner', empty, synth(runner));
  const deployUnchanged = once('deployment, nothing changed', empty, deploy);
  const deployHandlers = once(
    'deployment, two handlers',
    () => {
      empty();
      editHandlers(project, 2);
    },
    deploy,
  );
  const deployRequirements = once(
    'deployment, requirements',
    () => {
      empty();
      editRequirements(project);
    },
    deploy,
  );
  const onRunners = { first, ci, deployUnchanged, deployHandlers, deployRequirements };
  // A developer's machine asks no shared store: it waits as long with one as without.
  if (developer !== undefined) return { ...onRunners, ...developer };
  synth(base)();
  return {
    ...onRunners,
    unchanged: seconds('unchanged', nothing, synth(base)),
    handler: seconds(
      'handler',
      () => {
        editHandlers(project, 1);
      },
      synth(base),
    ),
    requirements: seconds(
      'requirements',
      () => {
        editRequirements(project);
      },
      synth(base),
    ),
  };
};

/** The plain synthesis of an app of the team: what CDK takes by itself. */
const plainSeconds = (runs: number): number => {
  const project = writeProject(workload, 'plain', { bundling: {} });
  const seconds = measuring('plain', runs)(
    'synthesis',
    nothing,
    () =>
      run({
        argv: [process.execPath, path.join(compiledApps, 'timed.js'), 'plain'],
        cwd: project.folder,
        environment: environment(),
      }).seconds,
  );
  rmSync(project.folder, { recursive: true, force: true });
  return seconds;
};

/** Ways in which bundles are made; without a shared store first. */
const WAYS: readonly (readonly [string, AppSpec['bundling'], boolean])[] = [
  ['synth', {}, false],
  ['synth, shared store', {}, true],
  ['publish', { phase: 'publish' }, false],
  ['publish, shared store', { phase: 'publish' }, true],
];

/** Measures what one app of the team takes, with each phase, and with the alpha library where an engine is. */
export const measureTeam = async (runs: number) => {
  warmPackageCaches(workload);
  const plain = plainSeconds(runs);
  const units: Record<string, WayCosts> = {};
  let publish = 0;
  for (const [name, bundling, isShared] of WAYS) {
    // A bucket of its own each: none finds what another has published.
    const aws = await startLocalAws();
    try {
      const project = projectOf(name.replaceAll(/\W+/g, '-'), bundling);
      const cli = cliProject(project);
      run(cli.bootstrap({ ...environment(), ...aws.environment }));
      await fetch(`${aws.environment['AWS_ENDPOINT_URL']}/shared-store`, { method: 'PUT' });
      const remote = isShared ? { CDK_LAMBDA_PYTHON_REMOTE_STORE: 's3://shared-store/team' } : {};
      const alone = units[bundling['phase'] ?? 'synth'];
      const developer = alone && {
        unchanged: alone.unchanged,
        handler: alone.handler,
        requirements: alone.requirements,
      };
      const figures = measurePhase(name, project, runs, aws.environment, remote, developer);
      units[name] = figures;
      if (name === 'synth') publish = Math.max(0, figures.deployUnchanged - figures.ci);
      if (existsSync(project.folder)) rmSync(project.folder, { recursive: true, force: true });
    } finally {
      await aws.stop();
    }
  }
  const alpha = measureAlpha(runs, plain, publish);
  return { units, ...(alpha === undefined ? {} : { alpha }) };
};
