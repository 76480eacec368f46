import { isPinned } from '../../plan/install/installer-argv';
import type { Values } from '../../plan/variables/installer-environment';
import {
  handedOn,
  has,
  hostEnvironment,
  variableNotes,
  withValues,
} from '../../plan/variables/installer-environment';
import { isOn } from '../../plan/values/is-on';
import { shownValue } from '../../plan/values/redact';
import { refusedVariables } from '../../plan/variables/version-variables';
import type { ExecutionError } from '../errors/execution-error';
import { showExecutionError } from '../errors/execution-error';
import { toolName } from '../failures/host-failure';
import type { FoundTool } from '../machine/host-tool';
import type { InstallTask } from '../install/install';

type Task = Pick<InstallTask, 'install' | 'environment'>;

/** A variable as an error names it. */
const shown = (name: string, { environment }: Task, own: Values): string => {
  const isGiven = has(environment, name);
  const value = shownValue(name, (isGiven ? environment[name] : own[name]) ?? '');
  return `${name} (${value}) of ${isGiven ? '`bundling.environment`' : "this machine's environment"}`;
};

/**
 * The error if variables choose versions and this machine's installer cannot honour them; undefined if it can.
 *
 * @param own the variables of this machine that count
 */
export const variablesRefused = (task: Task, own: Values, found: FoundTool): ExecutionError | undefined => {
  const { install, environment } = task;
  const pins = { isPinned: isPinned(install) };
  const [mine, given] = [handedOn(own, pins), handedOn(environment, pins)];
  const { tool, version } = found;
  const refused = refusedVariables(
    { ...mine, ...given },
    { ...withValues(mine), ...hostEnvironment(mine, given) },
    { tool: tool.tool, version, isDated: install.resolvedAsOf !== null },
  );
  return refused.length === 0
    ? undefined
    : {
        _tag: 'VariablesRefused',
        variables: refused.map(({ name, because }) => ({
          _tag: 'RefusedVariable',
          variable: shown(name, task, own),
          because,
        })),
        lacking: [],
        tool: toolName(found),
        other: tool.tool === 'uv' ? 'pip' : 'uv',
        isInContainer: false,
      };
};

/** Failures that a variable may have caused which chooses versions or leaves out indexes. */
const MAY_BE_CAUSED: readonly ExecutionError['_tag'][] = [
  'InstallFailed',
  'NoSuchVersion',
  'NotOnFirstIndex',
  'RequirementsConflict',
  'WrongWheel',
];

/** Adds the variables to a failure that they may have caused. */
export const causedByVariables = (task: Task, own: Values, failure: ExecutionError): ExecutionError => {
  if (!MAY_BE_CAUSED.includes(failure._tag)) return failure;
  const values = { ...own, ...task.environment };
  const { used } = variableNotes(values, { isPinned: isPinned(task.install) });
  const without = ['PIP_NO_INDEX', 'UV_NO_INDEX'].filter((name) => isOn(values[name]));
  const variables = [...used, ...without].map((name) => shown(name, task, own));
  return variables.length === 0
    ? failure
    : { _tag: 'FailedWithVariables', variables, message: showExecutionError(failure) };
};
