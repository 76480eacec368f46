import * as fs from 'node:fs';
import * as path from 'node:path';
import { showExecutionError } from '../../src/exec/errors/execution-error';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import { execute } from '../support/bundle-file';
import { environmentWith } from '../support/python-tools';
import { temporaryFolder } from '../support/temporary';

export const BOTH = ['uv', 'pip'] as const;
export type Tool = (typeof BOTH)[number];

/** A machine without settings of its own, with one tool. */
export const machine = (tool: Tool, more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => {
  const home = temporaryFolder();
  const bare = Object.entries(environmentWith({ [tool]: true })).filter(
    ([name]) => !/^((UV|PIP|XDG|SSL_CERT)_|(REQUESTS|CURL)_CA_BUNDLE$)/.test(name),
  );
  return {
    ...Object.fromEntries(bare),
    HOME: home,
    UV_CACHE_DIR: path.join(home, 'uv'),
    PIP_CACHE_DIR: path.join(home, 'pip'),
    ...more,
  };
};

/** What is in the bundle of a plan, or why there is none. */
export const madeOn = async (
  plan: BundlePlan,
  environment: NodeJS.ProcessEnv,
  values: Readonly<Record<string, string>> = {},
): Promise<string> => {
  const [report] = await execute([plan], environment, values);
  if (report?.outcome._tag === 'Failed') return showExecutionError(report.outcome.error);
  const file = path.join(plan.output.path, 'corp.py');
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : 'no corp.py';
};

/** The lines that a run writes to stderr. */
export const told = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
  const lines: string[] = [];
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = ((text: string) => lines.push(...text.split('\n')) > 0) as typeof write;
  try {
    await work();
  } finally {
    process.stderr.write = write;
  }
  return lines.filter((line) => line !== '');
};
