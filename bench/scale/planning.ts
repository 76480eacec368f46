import { readdirSync, rmSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { environment } from '../environment';
import { warmPackageCaches } from '../package-caches';
import { compiledApps, projects, repository } from '../places';
import type { Project } from '../project';
import { writeProject } from '../project';
import type { Command } from '../run';
import { run } from '../run';
import { say } from '../say';
import { SETS_AT_SCALE, scaleWorkload } from '../workloads';
import type { AssemblySize, PlanningFigures } from './results';

export const SIZES = [500, 1000, 2000, 5000] as const;

/** With fewer sets as well, at one size: whether it matters how many there are. */
const FEW = { functions: 1000, sets: 20 };

type Kind = PlanningFigures['kind'];

const PHASES: Readonly<Record<Kind, Readonly<Record<string, string>>>> = {
  plain: {},
  asset: {},
  publish: { executor: 'host', phase: 'publish' },
  synth: { executor: 'host' },
};

/** All apps have the same sets: one store serves them all. */
const store = path.join(projects, 'scale-store');

const command = (project: Project, argv: readonly string[]): Command => ({
  argv: [process.execPath, ...argv],
  cwd: project.folder,
  environment: { ...environment(), CDK_LAMBDA_PYTHON_CACHE: store, CDK_LAMBDA_PYTHON_CACHE_SIZE: '50GB' },
});

interface Timed {
  readonly construct: number;
  readonly synthesize: number;
  readonly processor: number;
  readonly memory: number;
}

/** One synthesis in a process of its own, without a `cdk.out`. */
const synthesis = (project: Project, kind: Kind): Timed & { readonly seconds: number } => {
  rmSync(path.join(project.folder, 'cdk.out'), { recursive: true, force: true });
  const app = kind === 'plain' || kind === 'asset' ? kind : 'ours';
  const { stdout, seconds } = run(command(project, [path.join(compiledApps, 'timed.js'), app]));
  return { ...(JSON.parse(stdout) as Timed), seconds };
};

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesIn(file) : [file];
  });

const sizeOf = (assembly: string): AssemblySize => {
  const files = filesIn(assembly).map((file) => ({
    name: path.relative(assembly, file),
    size: statSync(file).size,
  }));
  const bytes = (isOne: (name: string) => boolean): number =>
    files.filter(({ name }) => isOne(name)).reduce((total, { size }) => total + size, 0);
  return {
    files: files.length,
    bytes: bytes(() => true),
    templates: bytes((name) => name.endsWith('.template.json')),
    manifests: bytes((name) => name.endsWith('.assets.json')),
    plans: bytes((name) => /^cdk-lambda-python\/[^/]*\.json$/.test(name)),
    carried: bytes((name) => name.startsWith('cdk-lambda-python/files/')),
    bundles: bytes((name) => name.startsWith('asset.')),
  };
};

const plansOf = (project: Project, format: string) => {
  const cli = path.join(repository, 'lib', 'cli', 'main.js');
  const { stdout, seconds } = run(command(project, [cli, 'plan', 'cdk.out', '--format', format]));
  return { seconds, bytes: Buffer.byteLength(stdout) };
};

interface Entrant {
  readonly kind: Kind;
  readonly functions: number;
  readonly sets: number;
  readonly project: Project;
}

const enter = (kind: Kind, functions: number, sets: number): Entrant => {
  const workload = scaleWorkload(functions, sets);
  warmPackageCaches(workload);
  return { kind, functions, sets, project: writeProject(workload, kind, { bundling: PHASES[kind] }) };
};

/** Everyone has a turn in each round; the first synthesis that makes bundles is not timed, as it installs the sets. */
const measureSize = (entrants: readonly Entrant[], runs: number): readonly PlanningFigures[] => {
  for (const { kind, project } of entrants) if (kind === 'synth') synthesis(project, kind);
  const rounds = Array.from({ length: runs }, (_, round) =>
    entrants.map(({ kind, functions, sets, project }) => {
      const timed = synthesis(project, kind);
      say(`planning ${functions}/${sets} ${kind} ${round + 1}/${runs}: ${timed.seconds.toFixed(2)} s`);
      return {
        ...timed,
        plans:
          kind === 'publish' ? { json: plansOf(project, 'json'), matrix: plansOf(project, 'matrix') } : null,
      };
    }),
  );
  return entrants.map(({ kind, functions, sets, project }, at) => {
    const own = rounds.flatMap((round) => round[at] ?? []);
    const plans = own.flatMap((one) => one.plans ?? []);
    return {
      kind,
      functions,
      sets,
      seconds: own.map(({ seconds }) => seconds),
      construct: own.map(({ construct }) => construct),
      synthesize: own.map(({ synthesize }) => synthesize),
      processor: own.map(({ processor }) => processor),
      memory: own.map(({ memory }) => memory),
      assembly: sizeOf(path.join(project.folder, 'cdk.out')),
      ...(plans.length === 0
        ? {}
        : {
            plans: {
              json: plans.map(({ json }) => json.seconds),
              matrix: plans.map(({ matrix }) => matrix.seconds),
              bytes: plans[0]?.json.bytes ?? 0,
            },
          }),
    };
  });
};

/** Plans apps of many functions, and beside them has CDK alone define as many. */
export const measurePlanning = (runs: number): readonly PlanningFigures[] => {
  const kinds: readonly Kind[] = ['plain', 'asset', 'publish', 'synth'];
  const rows = SIZES.flatMap((functions) => {
    const entrants = [
      ...kinds.map((kind) => enter(kind, functions, SETS_AT_SCALE)),
      ...(functions === FEW.functions ? [enter('publish', functions, FEW.sets)] : []),
    ];
    // The largest takes as long as all others together.
    const figures = measureSize(entrants, functions === 5000 ? Math.min(runs, 2) : runs);
    for (const { project } of entrants) rmSync(project.folder, { recursive: true, force: true });
    return figures;
  });
  rmSync(store, { recursive: true, force: true });
  return rows;
};
