import type { Either } from 'fp-ts/Either';
import type { PlanError } from '../../errors/plan-error';
import type { ProjectDeclaration } from '../../model/source-snapshot';

/** Where a locked package comes from. */
export type PackageSource =
  /** A package index; null is the one that the installer asks by default. */
  | {
      readonly _tag: 'Index';
      readonly url: string | null;
      /** Others that may have it as well: the lock does not say which has. @default none */
      readonly others?: readonly string[];
      /** Pages and folders of files that may have it. @default none */
      readonly links?: readonly string[];
      /** Whether no index is asked for it, only those pages and folders. @default false */
      readonly linksAlone?: true;
    }
  /** An archive on the network. */
  | { readonly _tag: 'Url'; readonly url: string; readonly subdirectory: string | null }
  | {
      readonly _tag: 'Git';
      readonly url: string;
      /** The whole commit id. */
      readonly commit: string;
      readonly subdirectory: string | null;
    }
  /** A folder or an archive of this machine: absolute, or relative to the folder of the lock. */
  | { readonly _tag: 'Local'; readonly path: string };

/** A package that a lock has for a target. */
export interface LockedPackage {
  /** As the lock writes it. */
  readonly name: string;
  /** Null where the source says it. */
  readonly version: string | null;
  readonly source: PackageSource;
  /** Such as `sha256:…`; empty where the lock has none. */
  readonly hashes: readonly string[];
  /** Names of the wheels and the sdist that the lock lists; null where it lists none, and one must ask the index. */
  readonly files: readonly string[] | null;
  /** Whether the lock says that it is built even where it has a wheel. @default false */
  readonly fromSource?: true;
  /** Line of the lock at which the package begins, from 1. */
  readonly line: number;
}

/** What a lock installs on a target. */
export interface LockedSet {
  /** Ordered by name; none is there twice. */
  readonly packages: readonly LockedPackage[];
  /** Names of the packages that the project itself asks for, normalized (PEP 503). */
  readonly requested: readonly string[];
}

/** What is asked of a lock. */
export interface LockQuestion extends Pick<ProjectDeclaration, 'source' | 'manifest' | 'root'> {
  /** The local packages that were read, whose manifests are compared with the lock. @default none */
  readonly localPackages?: ProjectDeclaration['localPackages'];
  /** Markers of the target (PEP 508); null takes every marker for true, to find all that may be needed. */
  readonly markers: Readonly<Record<string, string>> | null;
  readonly groups: readonly string[];
  readonly extras: readonly string[];
}

/** Reads a lock of one kind: pure, and all that is wrong at once. */
export type LockReader = (question: LockQuestion) => Either<readonly PlanError[], LockedSet>;

/** A package as messages name it. */
export const nameOf = ({ name, version }: Pick<LockedPackage, 'name' | 'version'>): string =>
  version === null ? name : `${name} ${version}`;
