import * as t from 'io-ts';
import { ArchitectureName } from '../target/architecture';
import {
  AbsolutePath,
  closed,
  Digest,
  LambdaHandler,
  list,
  Natural,
  nullable,
  PlainArgument,
  RelativeFolder,
  RelativePath,
  withOptional,
} from '../values/codecs';
import { BytecodePlan } from './bytecode-plan';
import { InstallPlan } from './install-plan';
import { OtherTargets } from '../target/other-targets';
import { PlanWarning } from '../errors/plan-warning';
import type { DependenciesIn, Packaging } from '../request/bundle-request';
import type { RuntimeSource } from '../target/python-runtime';

/**
 * A file of the user's that goes into the bundle.
 *
 * @since 0.1.0
 */
export interface SourceFile {
  /** Path relative to the source root, with `/`. */
  readonly from: string;
  /** Absolute path of the folder that `from` is relative to, of a file that is included. @default the source root */
  readonly folder?: string;
  /** Path in the bundle; another than `from` for what is included, and for an entry that Python could not import under its own name. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly executable: boolean;
  /** SHA-256 of the content. */
  readonly digest: string;
}

/**
 * The Lambda runtime a bundle is for.
 *
 * @since 0.1.0
 */
export interface TargetRuntime {
  /** Lambda's identifier, such as `python3.13`. */
  readonly name: string;
  /** Major and minor version of Python. */
  readonly python: string;
  readonly architecture: ArchitectureName;
  /** The highest glibc a shared library may ask for, such as `2.34`. */
  readonly glibc: string;
  /** The platform tags a wheel may carry, best first (PEP 600). */
  readonly platformTags: readonly string[];
  /** What named the runtime. */
  readonly source: RuntimeSource;
}

/**
 * Everything a bundle will be, as plain data: no function, no date, no secret. It survives JSON, and another machine
 * that has the same files can run it.
 *
 * @since 0.1.0
 */
export interface BundlePlan {
  readonly version: 1;
  /** Where the request came from: a construct path, or a file. */
  readonly label: string;
  /** What is made: a function's code, or a layer. */
  readonly kind: 'function' | 'layer';
  readonly entry: {
    /** Absolute path of the entry; of a layer, that of its folder. */
    readonly file: string;
    /** Absolute path of the folder whose files go in. */
    readonly root: string;
    /** The entry's path in the bundle; null for a layer. */
    readonly path: string | null;
  };
  /** Lambda's handler string: module, dot, function; null for a layer. */
  readonly handler: string | null;
  readonly runtime: TargetRuntime;
  /** What a layer is said to be for besides: then it may hold no code of the one target alone. */
  readonly alsoFor: OtherTargets;
  /** The image that dependencies are installed in when a container does it. */
  readonly image: string;
  readonly sources: readonly SourceFile[];
  /** How the dependencies get in; null where nothing is declared. */
  readonly install: InstallPlan | null;
  /** Whether the modules are in this bundle, or in a layer beside it: then only limits look at them. */
  readonly dependenciesIn: DependenciesIn;
  /** The byte code that goes in beside the modules and the sources; null where none does. */
  readonly bytecode: BytecodePlan | null;
  readonly output: {
    readonly packaging: Packaging;
    /** Absolute path of the finished bundle: a zip, or a folder. */
    readonly path: string;
    /** Folder in the bundle that everything goes to; `.` for the bundle itself. */
    readonly prefix: string;
    /** The size all files may have together, in bytes (Lambda quota: 250 MB unzipped). */
    readonly maximumSize: number;
    /** Whether a bill of materials of the modules is written beside the bundle. */
    readonly sbom: boolean;
  };
  readonly hash: {
    /** Of all that decides what is installed; null where nothing is. */
    readonly dependencies: string | null;
    /** Of that and what decides its byte code, which is the layer's where the modules are in one; null where there is none. */
    readonly bytecode: string | null;
    /** Of all that decides what the bundle holds. */
    readonly content: string;
    /** CDK's asset hash: the same, unless the user chose another. */
    readonly asset: string;
  };
  readonly warnings: readonly PlanWarning[];
}

const SourceFile: t.Type<SourceFile> = withOptional(
  closed(
    { from: RelativePath, path: RelativePath, size: Natural, executable: t.boolean, digest: Digest },
    'SourceFile',
  ),
  { folder: AbsolutePath },
);

const TargetRuntime: t.Type<TargetRuntime> = closed(
  {
    name: PlainArgument,
    python: PlainArgument,
    architecture: ArchitectureName,
    glibc: PlainArgument,
    platformTags: list(PlainArgument),
    source: t.keyof({
      prop: null,
      context: null,
      '.python-version': null,
      'requires-python': null,
      default: null,
    }),
  },
  'TargetRuntime',
);

/** The shape of a plan. Use `decodePlan`, which also checks what a shape cannot say. */
export const BundlePlan: t.Type<BundlePlan> = closed(
  {
    version: t.literal(1),
    label: t.string,
    kind: t.keyof({ function: null, layer: null }),
    entry: closed({ file: AbsolutePath, root: AbsolutePath, path: nullable(RelativePath) }, 'PlanEntry'),
    handler: nullable(LambdaHandler),
    runtime: TargetRuntime,
    alsoFor: OtherTargets,
    image: PlainArgument,
    sources: list(SourceFile),
    install: nullable(InstallPlan),
    dependenciesIn: t.keyof({ bundle: null, layer: null }),
    bytecode: nullable(BytecodePlan),
    output: closed(
      {
        packaging: t.keyof({ zip: null, directory: null }),
        path: AbsolutePath,
        prefix: RelativeFolder,
        maximumSize: Natural,
        sbom: t.boolean,
      },
      'PlanOutput',
    ),
    hash: closed(
      { dependencies: nullable(Digest), bytecode: nullable(Digest), content: Digest, asset: Digest },
      'PlanHash',
    ),
    warnings: list(PlanWarning),
  },
  'BundlePlan',
);
