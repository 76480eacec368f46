import type { BundleRequest } from '../request/bundle-request';
import type { PythonRuntime } from '../target/python-runtime';
import { buildImageOf } from '../target/python-runtime';

/**
 * A request that names the runtime's own build image is one that names none: the same image is used where a container
 * installs, and nothing but the name asked for a container.
 */
export const withoutOwnImage = (request: BundleRequest, runtime: PythonRuntime): BundleRequest => {
  const { image, ...docker } = request.docker;
  // Docker takes a name without a tag for `latest`.
  if (image?.replace(/:latest$/, '') !== buildImageOf(runtime)) return request;
  const { isExecutorByImage, ...others } = request;
  return { ...others, executor: isExecutorByImage === true ? 'auto' : request.executor, docker };
};
