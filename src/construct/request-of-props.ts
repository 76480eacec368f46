import * as path from 'node:path';
import { Stage, SymlinkFollowMode } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { BundleRequest, EntryRequest } from '../plan/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../plan/bundle-request';
import { RUNTIME_CONTEXT_KEY } from '../plan/runtime-choice';
import type { PythonFunctionProps } from './python-function-props';

const DEFAULT_INDEX = 'index.py';

const FOLLOWING = [SymlinkFollowMode.ALWAYS, SymlinkFollowMode.EXTERNAL];

/** What a user wrote, as plain data. `definingFiles` are absolute, nearest first. */
export const requestOfProps = (
  scope: Construct,
  id: string,
  props: PythonFunctionProps,
  definingFiles: readonly string[],
): BundleRequest => {
  const { bundling = {}, runtime } = props;
  const context: unknown = scope.node.tryGetContext(RUNTIME_CONTEXT_KEY);
  return {
    kind: 'function',
    label: [scope.node.path, id.replaceAll('/', '--')].filter((part) => part !== '').join('/'),
    entry: entryOf(id, props, definingFiles),
    definingFiles,
    ...(props.handler === undefined ? {} : { handler: props.handler }),
    runtime: {
      ...(runtime === undefined ? {} : { prop: runtime.name }),
      ...(context === undefined ? {} : { context: String(context) }),
    },
    architecture: props.architecture?.name === 'arm64' ? 'arm64' : 'x86_64',
    exclude: bundling.exclude ?? [],
    externalSymlinks:
      bundling.followSymlinks !== undefined && FOLLOWING.includes(bundling.followSymlinks)
        ? 'follow'
        : 'refuse',
    outputDirectory: path.resolve(Stage.of(scope)?.assetOutdir ?? 'cdk.out'),
    executor: typeof bundling.executor === 'string' ? bundling.executor : 'auto',
    packaging: bundling.packaging ?? 'zip',
    bytecode: bundling.bytecode ?? 'auto',
    dependencies: DEFAULT_DEPENDENCIES,
    dependenciesIn: bundling.dependencies ?? 'bundle',
    prefix: '.',
    hooks: { before: [], after: [] },
    docker: {
      ...(bundling.image === undefined ? {} : { image: bundling.image }),
      ...(bundling.network === undefined ? {} : { network: bundling.network }),
      ...(bundling.user === undefined ? {} : { user: bundling.user }),
      environment: Object.keys(bundling.environment ?? {}),
      volumes: (bundling.volumes ?? []).map(({ hostPath, containerPath }) => ({
        hostPath: path.resolve(hostPath),
        containerPath,
        readOnly: false,
      })),
    },
  };
};

/** A relative entry is looked for beside the defining files; where none is known, in the current folder. */
const entryOf = (
  id: string,
  { entry, index = DEFAULT_INDEX }: PythonFunctionProps,
  definingFiles: readonly string[],
): EntryRequest =>
  entry === undefined
    ? { _tag: 'ById', id }
    : { _tag: 'ByPath', path: definingFiles.length === 0 ? path.resolve(entry) : entry, index };
