import type { BundleRequest } from '../request/bundle-request';
import type { PythonRuntime } from '../target/python-runtime';
import { buildImageOf } from '../target/python-runtime';

/**
 * Removes the runtime's own build image from a request: containers use this image anyway, and its name alone would ask
 * for a container.
 */
export const withoutOwnImage = (request: BundleRequest, runtime: PythonRuntime): BundleRequest => {
  const { image, ...docker } = request.docker;
  // Docker reads a name without a tag as `latest`.
  if (image?.replace(/:latest$/, '') !== buildImageOf(runtime)) return request;
  const { isExecutorByImage, ...others } = request;
  return { ...others, executor: isExecutorByImage === true ? 'auto' : request.executor, docker };
};
