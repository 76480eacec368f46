import { spawnSync } from 'node:child_process';
import { isRight } from 'fp-ts/Either';
import type { BundlePlan } from '../plan/bundle-plan';
import type { BatchItem } from './batch';
import { encodeBatch } from './batch-request';
import { ExecutionReport } from './execution-report';
import { isPresent } from './present';

/**
 * Runs plans before it returns. Bundles that are there already are reported without starting anything; the others go
 * to one process, all together. Reports are in the order of the items.
 *
 * @since 0.1.0
 */
export const runInChild = (items: readonly BatchItem[]): readonly ExecutionReport[] => {
  const present = new Set(items.filter(({ plan }) => isPresent(plan)));
  const missing = items.filter((item) => !present.has(item));
  const answer = missing.length === 0 ? undefined : startRunner(missing);
  return items.map((item) =>
    answer === undefined || present.has(item) ? presentReport(item.plan) : reportOf(item.plan, answer),
  );
};

/** What the runner has said, and how it ended. */
interface RunnerAnswer {
  readonly reports: readonly ExecutionReport[];
  readonly exit: string;
  readonly output: string;
}

const startRunner = (items: readonly BatchItem[]): RunnerAnswer => {
  const runner = require.resolve('./runner');
  // Run from its sources, as this library's own tests do, the runner needs the loader that its parent has.
  const loader = runner.endsWith('.ts') ? ['--require', require.resolve('tsx/cjs')] : [];
  const { stdout, status, signal, error } = spawnSync(process.execPath, [...loader, runner], {
    input: encodeBatch(items),
    stdio: ['pipe', 'pipe', 'inherit'],
    maxBuffer: Number.POSITIVE_INFINITY,
    encoding: 'utf8',
  });
  return {
    // There is no output at all where the process could not be started.
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

const presentReport = ({ hash, label, output }: BundlePlan): ExecutionReport => ({
  asset: hash.asset,
  label,
  outcome: { _tag: 'Present', directory: output.directory },
});

const reportOf = (
  { hash, label, output }: BundlePlan,
  { reports, exit, output: said }: RunnerAnswer,
): ExecutionReport =>
  reports.find(
    ({ asset, outcome }) =>
      asset === hash.asset && (outcome._tag === 'Failed' || outcome.directory === output.directory),
  ) ?? {
    asset: hash.asset,
    label,
    outcome: { _tag: 'Failed', error: { _tag: 'RunnerFailed', exit, output: said } },
  };
