import type { ArchitectureName } from '../../target/architecture';
import { machineOf } from '../../target/architecture';
import type { TargetRuntime } from '../../model/bundle-plan';
import type { PythonRuntime } from '../../target/python-runtime';
import { lowestVersionOf } from '../../target/python-runtime';

/**
 * The variables of PEP 508 environment markers, as a Lambda function of a runtime would see them.
 * The patch level and the kernel are not promised by Lambda: they are the lowest that a runtime can have, and the empty one.
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

/** The same of a target as a plan has it. */
export const targetMarkers = (target: TargetRuntime): Readonly<Record<string, string>> =>
  markerEnvironment(target, target.architecture);
