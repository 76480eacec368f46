import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Machine } from '../machine';
import { repository } from '../places';
import type { SetTimes } from './draw';
import type { AlphaMeasured, UnitCosts } from './team-model';

/** Bytes and files of a cloud assembly. */
export interface AssemblySize {
  readonly files: number;
  readonly bytes: number;
  readonly templates: number;
  readonly manifests: number;
  /** Plans, and the files that are carried with them. */
  readonly plans: number;
  readonly carried: number;
  /** Bundles, which are links into the store where they can be. */
  readonly bundles: number;
}

/** One kind of app of one size; a value of each round. */
export interface PlanningFigures {
  readonly kind: 'plain' | 'asset' | 'publish' | 'synth';
  readonly functions: number;
  readonly sets: number;
  readonly seconds: readonly number[];
  readonly construct: readonly number[];
  readonly synthesize: readonly number[];
  readonly processor: readonly number[];
  readonly memory: readonly number[];
  readonly assembly: AssemblySize;
  /** `plan cdk.out --format json` and `matrix`: seconds, and bytes that are printed. */
  readonly plans?: {
    readonly json: readonly number[];
    readonly matrix: readonly number[];
    readonly bytes: number;
  };
}

/** What one set takes a builder, in one way. */
export interface SetFigures extends SetTimes {
  readonly packages: number;
  readonly runs: number;
}

export type Way = 'cold' | 'warm' | 'docker, cold' | 'docker, warm';

/** Shards of an app, one after the other, as on machines of their own, and then a machine that finds what they have left. */
export interface ShardFigures {
  readonly shards: readonly number[];
  readonly alone: number;
  readonly after: number;
}

/** The bundles of an app, in seconds, by builders that have built nothing yet. */
export interface FleetFigures {
  readonly one: number;
  readonly two: number;
  /** By two, of which one is killed after half the time that two take. */
  readonly killed: number;
  /** By one that puts what it builds into a cache, and by another that finds it there. */
  readonly filling: number;
  readonly cached: number;
  /** The line that was told of the one that was killed. */
  readonly told: string;
}

export interface ScaleResults {
  readonly machine: Machine;
  readonly planning?: { readonly date: string; readonly rows: readonly PlanningFigures[] };
  readonly builders?: {
    readonly date: string;
    readonly sets: Readonly<Partial<Record<Way, readonly SetFigures[]>>>;
    readonly sharded: ShardFigures;
  };
  readonly fleet?: { readonly date: string } & FleetFigures;
  readonly team?: {
    readonly date: string;
    /** By the way in which bundles are made; the first deployment, of all bundles, is no part of a day. */
    readonly units: Readonly<Record<string, UnitCosts & { readonly first?: number }>>;
    readonly alpha?: AlphaMeasured;
  };
}

const FILE = path.join(repository, 'bench', 'scale', 'results.json');

export const readScale = (machine: Machine): ScaleResults =>
  existsSync(FILE) ? { ...(JSON.parse(readFileSync(FILE, 'utf8')) as ScaleResults), machine } : { machine };

const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toFixed(4)) : value;

export const writeScale = (results: ScaleResults): void => {
  writeFileSync(FILE, `${JSON.stringify(results, rounded, 1)}\n`);
};
