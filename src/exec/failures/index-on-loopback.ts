import type { InstallPlan } from '../../plan/model/install-plan';
import { redactUrls } from '../../plan/values/redact';
import type { ExecutionError } from '../errors/execution-error';
import { withoutColours } from '../scripts/installer-output';

/** The host of a URL that means the machine itself, or pip's words without a URL. */
const LOOPBACK =
  /(?:\/\/(?:[^@/\s]*@)?|ConnectionPool\(host=')(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)(?=[:/'\s]|$)/;

/** pip prints a refused connection in its retries, and ends with the error that there is no such version. */
const REFUSED = /connection refused/i;

/** The error for an index whose address means another machine in a container; else the given error. */
export const onLoopback = (
  { docker }: Pick<InstallPlan, 'docker'>,
  error: ExecutionError,
  coloured: string,
): ExecutionError => {
  if ((error._tag !== 'IndexFailed' && error._tag !== 'InstallFailed') || docker.network === 'host')
    return error;
  const output = withoutColours(coloured);
  const reason = error._tag === 'IndexFailed' ? error.reason : output;
  const wanted = error._tag === 'IndexFailed' ? error.wanted : '';
  const asked = /^Looking in indexes: .*$/m.exec(output)?.[0] ?? '';
  const [, host] = [wanted, asked, output].map((text) => LOOPBACK.exec(text)).find((found) => found) ?? [];
  return host === undefined || !REFUSED.test(reason)
    ? error
    : { _tag: 'IndexOnLoopback', host, wanted: redactUrls(wanted), tool: error.tool, output: error.output };
};
