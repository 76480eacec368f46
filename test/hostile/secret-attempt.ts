import * as fs from 'node:fs';
import * as path from 'node:path';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { planOf } from '../exec/support/plans';
import { folderOf, HANDLER } from '../exec/support/requests';
import { execute } from '../support/bundle-file';
import type { PasswordWay } from '../support/index-passwords';
import { secretMachine, withoutTrace } from '../support/secret-machine';

/** What is installed, by which tool and from what. */
export interface Attempt {
  readonly tool: 'uv' | 'pip';
  readonly requirement?: string;
  readonly tree?: Readonly<Record<string, string>>;
  readonly changes?: Partial<BundleRequest>;
  /** More variables of this machine. */
  readonly own?: Readonly<Record<string, string>>;
}

/** The requirements file of a way to give a password. */
export const requirementsOf = (
  { lines = '', requirement = 'private-lib==1' }: PasswordWay,
  wanted = requirement,
): string => `${lines}${wanted}\n`;

/** Makes a bundle with the password of the index given in some way; answers its folder, or the message. */
export const attemptAt = async (
  index: { readonly seen: () => string },
  way: PasswordWay,
  { tool, tree = {}, changes = {}, ...rest }: Attempt,
): Promise<string> => {
  const { requirement, own = {} } = rest;
  const { environment, written } = secretMachine({ [tool]: true }, { ...way.own, ...own }, way.home);
  const given = way.given ?? {};
  const folder = folderOf({
    'index.py': HANDLER,
    'requirements.txt': requirementsOf(way, requirement),
    ...tree,
  });
  const plan = planOf(folder, {
    docker: { environment: Object.keys(given), volumes: [] },
    ...(changes.kind === 'layer' ? { entry: { _tag: 'ByPath', path: folder, index: 'index.py' } } : {}),
    ...changes,
  });
  const output = path.dirname(plan.output.path);
  fs.mkdirSync(output, { recursive: true });
  const [, report] = await withoutTrace(
    [written, output],
    async () => {
      const [made] = await execute([plan], environment, given);
      const message = made?.outcome._tag === 'Failed' ? showExecutionError(made.outcome.error) : '';
      return [plan, made, message] as const;
    },
    index,
  );
  if (report?.outcome._tag === 'Failed') return showExecutionError(report.outcome.error);
  return plan.output.path;
};
