import * as path from 'node:path';
import { AssetHashType, Stage, SymlinkFollowMode } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import type {
  AssetHashKind,
  BundleRequest,
  CommandHooks,
  EntryRequest,
  SdistPolicy,
} from '../../plan/request/bundle-request';
import { countableVariables, variablesWithCredentials } from '../../plan/variables/declared-variables';
import { outputPrefix } from '../../plan/options/output-prefix';
import { requiringHashes } from '../../plan/errors/required-by';
import { RUNTIME_CONTEXT_KEY } from '../../plan/runtime/runtime-choice';
import { SDIST_CONTEXT_KEY, stricter } from '../../plan/options/sdist-policy';
import type { BundlingOptions } from '../props/bundling-options';
import { FROM_KEY, REQUIRE_HASHES_KEY, REQUIRE_PINNED_KEY, dependencyRequest } from './dependency-request';
import { defaultExecutor, dockerRequest, installerVariables } from './docker-request';
import { hashesAsked } from '../../exec/install/hashes-asked';
import { HOOK_FOLDERS } from '../props/hook-commands';
import type { PythonFunctionProps } from '../props/python-function-props';
import { machineFiles } from '../../exec/machine/machine-files';
import type { MachineFiles } from '../../exec/machine/settings-files';

const DEFAULT_INDEX = 'index.py';

const FOLLOWING = [SymlinkFollowMode.ALWAYS, SymlinkFollowMode.EXTERNAL];

/**
 * The properties of a function, as plain data. `definingFiles` are absolute, nearest first; `undefinedNames` are
 * properties that were given as `undefined`.
 */
export const requestOfProps = (
  scope: Construct,
  id: string,
  props: PythonFunctionProps,
  definingFiles: readonly string[],
  undefinedNames: readonly string[] = [],
): BundleRequest => {
  const { bundling = {}, dependencies = {}, runtime } = props;
  const context: unknown = scope.node.tryGetContext(RUNTIME_CONTEXT_KEY);
  return {
    kind: 'function',
    label: [scope.node.path, id.replaceAll('/', '--')].filter((part) => part !== '').join('/'),
    entry: entryOf(id, props),
    definingFiles,
    currentFolder: process.cwd(),
    ...(props.handler === undefined ? {} : { handler: props.handler }),
    runtime: {
      ...(runtime === undefined ? {} : { prop: runtime.name }),
      ...(context === undefined ? {} : { context: String(context) }),
      ...(undefinedNames.includes('runtime') ? { isUndefined: true } : {}),
    },
    architecture: props.architecture?.name === 'arm64' ? 'arm64' : 'x86_64',
    exclude: [...(bundling.exclude ?? []), ...(bundling.assetExcludes ?? [])],
    externalSymlinks:
      bundling.followSymlinks !== undefined && FOLLOWING.includes(bundling.followSymlinks)
        ? 'follow'
        : 'refuse',
    ...(bundling.include === undefined || bundling.include.length === 0 ? {} : { include: bundling.include }),
    outputDirectory: path.resolve(Stage.of(scope)?.assetOutdir ?? 'cdk.out'),
    ...executorOf(bundling),
    ...sdistOf(bundling, scope.node.tryGetContext(SDIST_CONTEXT_KEY)),
    ...(bundling.installer === undefined ? {} : { installer: bundling.installer }),
    packaging: bundling.packaging ?? 'zip',
    bytecode: bundling.bytecode ?? 'auto',
    dependencies: requiringHashes(
      dependencyRequest(dependencies, bundling, {
        from: scope.node.tryGetContext(FROM_KEY),
        hashes: scope.node.tryGetContext(REQUIRE_HASHES_KEY),
        pinned: scope.node.tryGetContext(REQUIRE_PINNED_KEY),
      }),
      hashesAsked(process.env, installerVariables(bundling), () => settingsOf(scope)),
    ),
    dependenciesIn: bundling.dependencies ?? 'bundle',
    prefix: outputPrefix(bundling.outputPathSuffix ?? ''),
    sbom: bundling.sbom ?? false,
    hooks: hooksOf(bundling),
    ...assetHashOf(bundling),
    docker: dockerRequest(bundling),
    ...variablesOf(bundling),
  };
};

const variablesOf = (bundling: BundlingOptions): Pick<BundleRequest, 'variables' | 'withCredentials'> => {
  const values = installerVariables(bundling);
  const variables = countableVariables(values);
  const withCredentials = variablesWithCredentials(values);
  return {
    ...(Object.keys(variables).length === 0 ? {} : { variables }),
    ...(withCredentials.length === 0 ? {} : { withCredentials }),
  };
};

/** The default is a container if the options need one. An executor of the user's own does not change the plan. */
const executorOf = (bundling: BundlingOptions): Pick<BundleRequest, 'executor' | 'isExecutorByImage'> =>
  typeof bundling.executor === 'string' ? { executor: bundling.executor } : defaultExecutor(bundling);

/** A policy: a function can be stricter than its app, but not laxer. Planning checks whether a text is a policy. */
const sdistOf = ({ sdist }: BundlingOptions, context: unknown): Pick<BundleRequest, 'sdist' | 'sdistKey'> => {
  if (context == null) return sdist === undefined ? {} : { sdist };
  const ofContext = String(context) as SdistPolicy;
  return sdist !== undefined && stricter(sdist, ofContext) === sdist
    ? { sdist }
    : { sdist: ofContext, sdistKey: SDIST_CONTEXT_KEY };
};

const hooksOf = ({ commandHooks }: BundlingOptions): CommandHooks => ({
  before: commandHooks?.beforeBundling(...HOOK_FOLDERS) ?? [],
  after: commandHooks?.afterBundling(...HOOK_FOLDERS) ?? [],
});

const HASH_KINDS: Readonly<Record<AssetHashType, AssetHashKind>> = {
  [AssetHashType.SOURCE]: 'source',
  [AssetHashType.OUTPUT]: 'output',
  [AssetHashType.CUSTOM]: 'custom',
};

/** As in CDK, an empty string counts as not given. */
const assetHashOf = ({
  assetHash,
  assetHashType,
}: BundlingOptions): Pick<BundleRequest, 'assetHash' | 'assetHashType'> => ({
  ...(assetHash === undefined || assetHash === '' ? {} : { assetHash }),
  ...(assetHashType === undefined ? {} : { assetHashType: HASH_KINDS[assetHashType] }),
});

const entryOf = (id: string, { entry, index = DEFAULT_INDEX }: PythonFunctionProps): EntryRequest =>
  entry === undefined ? { _tag: 'ById', id } : { _tag: 'ByPath', path: entry, index };

const known = new WeakMap<IConstruct, MachineFiles>();

/** The settings files of this machine, read once for the construct's app. */
export const settingsOf = ({ node: { root } }: IConstruct): MachineFiles => {
  const files = known.get(root) ?? machineFiles({ environment: process.env, platform: process.platform });
  known.set(root, files);
  return files;
};
