import * as E from 'fp-ts/Either';
import { missingRequirement, withoutColours } from './installer-output';
import { UV_LOGGED } from './page-without-files';
import type { CommandResult, Shell } from '../process/shell';
import { succeeded } from '../process/shell';
import type { Run } from './wheels-first';

/** Makes uv log the pages that it got. By itself it only says that there is no such version. */
export const UV_LOG: Readonly<Record<string, string>> = {
  RUST_LOG: 'uv_client=trace,uv_resolver::candidate_selector=trace',
};

/** The lines of that log to keep, as a pattern for JavaScript and Python. */
export const UV_PAGES =
  'Received response for [a-z]+ request with status|Redirecting to |Selecting candidate for [^ ]+ with range .* with 0 remote versions';

/** Starts uv so that it logs its pages, and requests cached pages again. */
export const tellingPages =
  (shell: Shell): Shell =>
  (command) =>
    shell({
      ...command,
      argv: [...command.argv.filter((word) => word !== '--refresh'), '--refresh'],
      environment: { ...command.environment, ...UV_LOG },
    });

/** The lines about pages in uv's log. */
const pagesLogged = (log: string): string =>
  [...new Set(log.split('\n').filter((line) => new RegExp(UV_PAGES).test(line)))]
    .map((line) => `${UV_LOGGED}${line}\n`)
    .join('');

/** uv does not say that it got a page without files, so it runs once more and logs its pages. */
export const withPages = async (result: CommandResult, seeing: Run): Promise<CommandResult> => {
  if (succeeded(result) || missingRequirement(result.output) === undefined) return result;
  const again = await seeing([], false);
  return E.isLeft(again)
    ? result
    : { ...result, output: `${pagesLogged(withoutColours(again.right.output))}${result.output}` };
};
