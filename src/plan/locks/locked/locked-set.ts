import type { Either } from 'fp-ts/Either';
import type { PlanError } from '../../errors/plan-error';
import type { ProjectDeclaration } from '../../model/source-snapshot';

/** The source of a locked package. */
export type PackageSource =
  /** A package index; null is the installer's default index. */
  | {
      readonly _tag: 'Index';
      readonly url: string | null;
      /** Other indexes that may have it, because the lock does not name one. @default - none */
      readonly others?: readonly string[];
      /** Pages and folders of files that may have it. @default - none */
      readonly links?: readonly string[];
      /** Whether only those pages and folders may have it, and no index. @default false */
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

/** A locked package for a target. */
export interface LockedPackage {
  /** The name as the lock has it. */
  readonly name: string;
  /** Null if the source decides it. */
  readonly version: string | null;
  readonly source: PackageSource;
  /** Such as `sha256:…`; empty for a lock without hashes. */
  readonly hashes: readonly string[];
  /**
   * Names of the listed wheels and source distribution; null if the lock lists no file, and only the index knows them.
   */
  readonly files: readonly string[] | null;
  /** Whether the lock says that it is built even if it has a wheel. @default false */
  readonly fromSource?: true;
  /** Line of the lock at which the package begins, from 1. */
  readonly line: number;
}

/** The packages that a lock installs on a target. */
export interface LockedSet {
  /** Ordered by name, each once. */
  readonly packages: readonly LockedPackage[];
  /** Normalized names (PEP 503) of the project's own dependencies. */
  readonly requested: readonly string[];
}

/** A lock, and the target, groups and extras for which it is read. */
export interface LockQuestion extends Pick<ProjectDeclaration, 'source' | 'manifest' | 'root'> {
  /** The local packages that were read. Their manifests are compared with the lock. @default - none */
  readonly localPackages?: ProjectDeclaration['localPackages'];
  /** Markers of the target (PEP 508). With null, every marker holds, to find all packages that may be needed. */
  readonly markers: Readonly<Record<string, string>> | null;
  readonly groups: readonly string[];
  readonly extras: readonly string[];
}

/** Reads a lock of one kind, without side effects, and returns all errors together. */
export type LockReader = (question: LockQuestion) => Either<readonly PlanError[], LockedSet>;

/** The name of a package in messages. */
export const nameOf = ({ name, version }: Pick<LockedPackage, 'name' | 'version'>): string =>
  version === null ? name : `${name} ${version}`;
