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
 * A file of the user that goes into the bundle.
 *
 * @since 0.1.0
 */
export interface SourceFile {
  /** Path relative to the source root, with `/`. */
  readonly from: string;
  /** Of an included file: absolute path of the folder to which `from` is relative. @default - the source root */
  readonly folder?: string;
  /**
   * Path in the bundle. It differs from `from` for an included file, and for an entry whose name Python cannot import.
   */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  readonly executable: boolean;
  /** SHA-256 of the content. */
  readonly digest: string;
}

/**
 * The Lambda runtime of a bundle.
 *
 * @since 0.1.0
 */
export interface TargetRuntime {
  /** Lambda's identifier, such as `python3.13`. */
  readonly name: string;
  /** Major and minor version of Python. */
  readonly python: string;
  readonly architecture: ArchitectureName;
  /** The newest glibc that a shared library may need, such as `2.34`. */
  readonly glibc: string;
  /** The platform tags that a wheel may have, best first (PEP 600). */
  readonly platformTags: readonly string[];
  /** The option or file that named the runtime. */
  readonly source: RuntimeSource;
}

/**
 * Everything about a bundle, as plain data without functions, dates or secrets. A plan can be stored as JSON, and
 * another machine with the same files can run it.
 *
 * @since 0.1.0
 */
export interface BundlePlan {
  readonly version: 1;
  /** The origin of the request: a construct path, or a file. */
  readonly label: string;
  /** The kind of bundle: a function's code, or a layer. */
  readonly kind: 'function' | 'layer';
  readonly entry: {
    /** Absolute path of the entry, or of a layer's folder. */
    readonly file: string;
    /** Absolute path of the folder whose files go in. */
    readonly root: string;
    /** The entry's path in the bundle; null for a layer. */
    readonly path: string | null;
  };
  /** Lambda's handler string: module, dot, function; null for a layer. */
  readonly handler: string | null;
  readonly runtime: TargetRuntime;
  /** Other targets that a layer declares. With other targets, the layer must not contain code for `runtime` alone. */
  readonly alsoFor: OtherTargets;
  /** The image of the container in which dependencies are installed, if a container is used. */
  readonly image: string;
  readonly sources: readonly SourceFile[];
  /** How the dependencies are installed; null if nothing is declared. */
  readonly install: InstallPlan | null;
  /** Whether the modules are in this bundle, or in a layer beside it: then they count only for the size limits. */
  readonly dependenciesIn: DependenciesIn;
  /** The bytecode beside the modules and the sources; null for a bundle without bytecode. */
  readonly bytecode: BytecodePlan | null;
  readonly output: {
    readonly packaging: Packaging;
    /** Absolute path of the finished bundle: a zip, or a folder. */
    readonly path: string;
    /** The folder of the bundle into which everything goes; `.` for the bundle itself. */
    readonly prefix: string;
    /** The largest total size of the files, in bytes (Lambda quota: 250 MB unzipped). */
    readonly maximumSize: number;
    /** Whether a bill of materials of the modules is written beside the bundle. */
    readonly sbom: boolean;
  };
  readonly hash: {
    /** Of all that decides the installed modules; null if nothing is installed. */
    readonly dependencies: string | null;
    /** Of the same and all that decides the modules' bytecode, in a layer if they are in one; null without bytecode. */
    readonly bytecode: string | null;
    /** Of all that decides the content of the bundle. */
    readonly content: string;
    /** CDK's asset hash: equal to `content`, unless the user sets another. */
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

/** The shape of a plan. Use `decodePlan`, which checks more than the shape. */
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
