import type { InstallPlan } from '../../plan/model/install-plan';
import { nameInRequirement, normalizeName } from '../../plan/packaging/requirement/package-name';
import { redactUrls } from '../../plan/values/redact';
import { declaredAt } from '../install/declared-at';
import type { ExecutionError } from '../errors/execution-error';
import { lastLines, withoutColours } from '../scripts/installer-output';
import { localLineOf, localLineOfName, withOwnPaths } from '../install/local-lines';
import { lacksProgram } from '../process/lacks-program';
import type { InstalledWheel } from '../distributions/wheel-tags';

/**
 * The output of uv and pip about a build backend that has failed. Older versions of pip name only its step. A backend
 * whose requirements could not be installed was not run.
 */
const FAILED =
  /Failed to build [`']|Failed building (?:wheel|editable) for|metadata-generation-failed|failed-wheel-build|[Bb]uild backend returned an error|(?:Getting requirements to build \w+|Preparing (?:editable )?metadata[^\n]*|Building (?:wheel|editable) for [^\n]*) did not run successfully/;

/** Whether a build has failed, for whatever reason. */
export const saysBuild = (output: string): boolean => FAILED.test(withoutColours(output));

/** Whether a build has failed, and not for lack of a compiler. */
export const saysBuildFailed = (output: string): boolean => {
  const text = withoutColours(output);
  return FAILED.test(text) && !lacksProgram(text);
};

/** pip's output about a failed step of a build: the backend's own lines, and pip's lines around them. */
const PIP_STEP = /╰─> \[\d+ lines? of output\]\n([\s\S]*?)\n[ \t]*\[end of output\]/g;

/** The backend's own output, if the installer marks it; else all of the output. */
const backendOutput = (output: string): string => {
  const said = [...withoutColours(output).matchAll(PIP_STEP)].at(-1)?.[1];
  if (said === undefined) return output;
  const lines = said.split('\n');
  const depth = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(depth)).join('\n');
};

/** The failure of a build, with the file and the line that require it. */
export const buildFailed = (
  install: Pick<InstallPlan, 'declaration' | 'inputs'>,
  requirement: string,
  output: string,
): ExecutionError => {
  const byName = localLineOfName(install, requirement);
  const byPath = localLineOf(install, requirement);
  return {
    _tag: 'BuildFailed',
    requirement: redactUrls(requirement),
    declaration: byName ?? declaredAt(install, requirement) ?? 'the plan',
    ...byPath,
    isLocal: byName !== undefined || byPath !== undefined,
    output: withOwnPaths(install, lastLines(backendOutput(output))),
  };
};

/** The value of `--no-binary` for all distributions. */
const ALL = ':all:';

/**
 * A note that names the distributions built on this machine; none if all were wheels.
 *
 * @param names distributions without a wheel, as installers and declarations write them
 */
export const builtHere = (names: readonly string[], wheels: readonly InstalledWheel[]): readonly string[] => {
  const asked = new Set(names.map((name) => (name === ALL ? ALL : nameInRequirement(name))));
  const built = wheels.flatMap(({ distribution }) => {
    const [name = '', version = ''] = distribution.split('-');
    return asked.has(ALL) || asked.has(normalizeName(name)) ? `${normalizeName(name)} ${version}` : [];
  });
  return built.length === 0 ? [] : [`built on this machine from source: ${built.sort().join(', ')}`];
};
