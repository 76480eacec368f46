import { spawnSync } from 'node:child_process';
import { isRight } from 'fp-ts/Either';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { encodeBatch } from './batch-request';
import { ExecutionReport } from './execution-report';
import { removeLeftovers } from './leftovers';
import { pruneWhenDue } from '../store/prune';
import { settleBundles } from './settle';
import { WATCHED } from '../process/watch-parent';
import { liveStore } from './live-store';
import type { BatchItem } from './world';

/**
 * Runs plans synchronously. Plans that need no installer are settled in this process; all others go to one child
 * process. Reports are in the order of the items.
 *
 * @since 0.1.0
 */
export const runInChild = (items: readonly BatchItem[]): readonly ExecutionReport[] => {
  const { env: environment, platform } = process;
  const places = { environment, platform };
  const store = liveStore(places);
  const settled = settleBundles(store, places, items);
  const missing = items.filter((item) => !settled.has(item));
  const answer = missing.length === 0 ? undefined : startRunner(missing);
  if (missing.length === 0) {
    removeLeftovers(store, items);
    pruneWhenDue(store);
  }
  return items.map((item) => {
    const { hash, label } = item.plan;
    const outcome = settled.get(item);
    return outcome === undefined ? reportOf(item.plan, answer) : { asset: hash.asset, label, outcome };
  });
};

/** The reports of the runner, and how it ended. */
interface RunnerAnswer {
  readonly reports: readonly ExecutionReport[];
  readonly exit: string;
  readonly output: string;
}

const NO_ANSWER: RunnerAnswer = { reports: [], exit: 'no start', output: '' };

const startRunner = (items: readonly BatchItem[]): RunnerAnswer => {
  const runner = require.resolve('../runner');
  // This library's own tests run it from its sources. Then the runner needs the loader of its parent.
  const loader = runner.endsWith('.ts') ? ['--require', require.resolve('tsx/cjs')] : [];
  const { stdout, status, signal, error } = spawnSync(process.execPath, [...loader, runner, WATCHED], {
    input: encodeBatch(items),
    // The last pipe closes when the parent ends, so that the runner notices.
    stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
    maxBuffer: Number.POSITIVE_INFINITY,
    encoding: 'utf8',
  });
  return {
    // The output is null if the process could not start.
    reports: ((stdout as string | null) ?? '').split('\n').flatMap(readReport),
    exit: signal !== null ? `signal ${signal}` : status !== null ? `exit code ${status}` : 'a failed start',
    output: error?.message ?? '',
  };
};

const readReport = (line: string): readonly ExecutionReport[] => {
  if (line === '') return [];
  try {
    const report = ExecutionReport.decode(JSON.parse(line));
    return isRight(report) ? [report.right] : [];
  } catch {
    return [];
  }
};

const reportOf = (
  { hash, label, output }: BundlePlan,
  { reports, exit, output: said }: RunnerAnswer = NO_ANSWER,
): ExecutionReport => {
  const own = reports.filter(
    ({ asset, outcome }) =>
      asset === hash.asset && (outcome._tag === 'Failed' || outcome.path === output.path),
  );
  return (
    own.find((report) => report.label === label) ??
    own[0] ?? {
      asset: hash.asset,
      label,
      outcome: { _tag: 'Failed', error: { _tag: 'RunnerFailed', exit, output: said } },
    }
  );
};
