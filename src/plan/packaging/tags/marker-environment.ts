import type { ArchitectureName } from '../../target/architecture';
import { machineOf } from '../../target/architecture';
import type { TargetRuntime } from '../../model/bundle-plan';
import type { PythonRuntime } from '../../target/python-runtime';
import { lowestVersionOf } from '../../target/python-runtime';

/**
 * The variables of PEP 508 environment markers, as a Lambda function on a runtime sees them. Lambda does not promise
 * the patch level and the kernel, so they are the lowest patch level of the runtime and the empty text.
 *
 * @see PEP 508, "Environment Markers"
 */
export const markerEnvironment = (
  runtime: Pick<PythonRuntime, 'python'> & Partial<PythonRuntime>,
  architecture: ArchitectureName,
): Readonly<Record<string, string>> => ({
  implementation_name: 'cpython',
  implementation_version: lowestVersionOf(runtime),
  os_name: 'posix',
  platform_machine: machineOf(architecture),
  platform_python_implementation: 'CPython',
  platform_release: '',
  platform_system: 'Linux',
  platform_version: '',
  python_full_version: lowestVersionOf(runtime),
  python_version: runtime.python,
  sys_platform: 'linux',
});

/** {@link markerEnvironment} for a plan's target. */
export const targetMarkers = (target: TargetRuntime): Readonly<Record<string, string>> =>
  markerEnvironment(target, target.architecture);
