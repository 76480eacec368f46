import type { ArchitectureName } from '../target/architecture';
import type { TargetRuntime } from '../model/bundle-plan';
import { platformTags } from '../packaging/tags/platform-tags';
import type { PythonRuntime, RuntimeSource } from '../target/python-runtime';

/** A plan's description of a runtime on an architecture. */
export const runtimeOf = (
  runtime: PythonRuntime,
  architecture: ArchitectureName,
  source: RuntimeSource,
): TargetRuntime => ({
  name: runtime.name,
  python: runtime.python,
  architecture,
  glibc: `2.${runtime.glibcMinor}`,
  platformTags: platformTags(runtime, architecture),
  source,
});

/** The name of a target in messages. */
export const showTarget = ({
  python,
  architecture,
  glibc,
}: Pick<TargetRuntime, 'python' | 'architecture' | 'glibc'>): string =>
  `Python ${python} on ${architecture} (glibc ${glibc})`;
