import { hasOwnCommand, volumesOf } from '../../plan/install/container-install';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { InstallPlan } from '../../plan/model/install-plan';
import { buildImageOf } from '../../plan/target/python-runtime';
import { firstSentence } from '../../plan/values/message-text';
import type { ExecutionError } from './execution-error';
import { showExecutionError } from './execution-error';

/** Without an engine: names `bundling.image` as the cause if nothing else in the plan needs a container. */
export const noEngineForImage = (
  { image, runtime }: BundlePlan,
  { executor, docker, isWhole }: InstallPlan,
  error: ExecutionError,
): ExecutionError =>
  (error._tag === 'DockerNotFound' || error._tag === 'DockerDaemonDown') &&
  executor === 'docker' &&
  image !== buildImageOf(runtime) &&
  !isWhole &&
  !hasOwnCommand(docker) &&
  docker.entrypoint === null &&
  docker.volumesFrom.length === 0 &&
  volumesOf(docker).length === 0
    ? { _tag: 'NoEngineForImage', image, docker: firstSentence(showExecutionError(error)) }
    : error;
