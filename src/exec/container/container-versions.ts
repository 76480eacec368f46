import { has } from '../../plan/variables/installer-environment';
import { REFUSED_BECAUSE } from '../../plan/variables/version-variables';
import type { ExecutionError } from '../errors/execution-error';
import type { InstallTask } from '../install/install';
import { withoutHash } from '../install/hashes-asked';

/** A container prints this before its installer and the variables that the installer cannot honour. */
export const VERSIONS_REFUSED = 'cdk-lambda-python: the installer cannot honour:';

/** The install of a container, and the variables of the bundle. */
interface AskedOfContainer extends Pick<InstallTask, 'install'>, Partial<Pick<InstallTask, 'environment'>> {}

/** The error that a container's installer cannot honour variables that choose versions, from its output. */
export const variablesRefusedInContainer = (
  { install, environment = {} }: AskedOfContainer,
  output: string,
): ExecutionError | undefined => {
  const { docker } = install;
  const [, tool, listed = ''] = new RegExp(`${VERSIONS_REFUSED} (uv|pip) (.*)`).exec(output) ?? [];
  const variables = listed.split(' ').flatMap((word) => {
    const [name = '', reason = ''] = word.split(':');
    const because = REFUSED_BECAUSE.find((each) => each === reason.replace('-', ' '));
    const by = has(environment, name) ? '`bundling.environment`' : "this machine's environment or the image";
    return because === undefined
      ? []
      : [{ _tag: 'RefusedVariable' as const, variable: `${name} of ${by}`, because }];
  });
  return variables.length === 0 || tool === undefined
    ? undefined
    : {
        _tag: 'VariablesRefused',
        variables,
        lacking: variables.some(({ because }) => because === 'no hashes') ? withoutHash(install) : [],
        tool: `${tool} in ${docker.image}`,
        other: tool === 'uv' ? 'pip' : 'uv',
        isInContainer: true,
      };
};
