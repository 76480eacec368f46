import { pythonRuntimes } from '../target/python-runtime';
import { retiredSince } from '../target/runtime-lifecycle';

/** The runtimes that AWS creates functions on. */
const usable = (): string =>
  pythonRuntimes
    .filter((runtime) => retiredSince(runtime) === undefined)
    .map(({ name }) => name)
    .join(', ');

/**
 * What is said where a source names no runtime of Lambda. What a file asks for may be right for others that read it, such as pyenv.
 *
 * @param from the option, or the absolute path of the file
 */
export const showUnknownRuntime = (given: string, from: string): string =>
  `"${given}" (from ${from}) is not a Python runtime of Lambda. Use one of: ${usable()}.` +
  (/[/\\]/.test(from)
    ? ' Where the file is right for other tools, set the `runtime` prop (`compatibleRuntimes` of a layer): it comes first.'
    : '');
