import { Architecture } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { ArchitectureName } from '../../plan/target/architecture';
import type { BundleRequest } from '../../plan/request/bundle-request';
import { LAYER_PREFIX } from '../../plan/runtime/layer';
import type { PythonLayerVersionProps } from '../props/python-layer-version-props';
import { requestOfProps } from './request-of-props';

/** Lambda's name of an architecture. */
const nameOf = ({ name }: Architecture): ArchitectureName => (name === 'arm64' ? 'arm64' : 'x86_64');

/** The architectures of a layer, always at least one. */
export const architecturesOf = ({
  compatibleArchitectures = [],
}: Pick<PythonLayerVersionProps, 'compatibleArchitectures'>): readonly [Architecture, ...Architecture[]] => {
  const [first = Architecture.X86_64, ...others] = compatibleArchitectures;
  return [first, ...others];
};

/** The properties of a layer, as plain data. `definingFiles` are absolute, nearest first. */
export const requestOfLayerProps = (
  scope: Construct,
  id: string,
  props: PythonLayerVersionProps,
  definingFiles: readonly string[],
): BundleRequest => {
  const { entry, compatibleRuntimes = [], bundling, dependencies } = props;
  const [runtime, ...runtimes] = compatibleRuntimes;
  const [architecture, ...architectures] = architecturesOf(props);
  const request = requestOfProps(
    scope,
    id,
    {
      entry,
      architecture,
      ...(runtime === undefined ? {} : { runtime }),
      ...(bundling === undefined ? {} : { bundling }),
      ...(dependencies === undefined ? {} : { dependencies }),
    },
    definingFiles,
  );
  return {
    ...request,
    kind: 'layer',
    dependenciesIn: 'bundle',
    prefix: request.prefix === '.' ? LAYER_PREFIX : request.prefix,
    alsoFor: { runtimes: runtimes.map(({ name }) => name), architectures: architectures.map(nameOf) },
  };
};
