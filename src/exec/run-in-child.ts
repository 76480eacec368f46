import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { isRight } from 'fp-ts/Either';
import type { BatchItem } from './batch';
import { encodeBatch } from './batch-request';
import { ExecutionReport } from './execution-report';

/**
 * Runs plans before it returns. Bundles that are there already are reported without starting anything; the others go
 * to one process, all together.
 */
export const runInChild = (items: readonly BatchItem[]): readonly ExecutionReport[] => {
  const isPresent = ({ plan }: BatchItem): boolean => fs.existsSync(plan.output.directory);
  const present = items.filter(isPresent).map(({ plan }): ExecutionReport => ({
    asset: plan.hash.asset,
    label: plan.label,
    outcome: { _tag: 'Present', directory: plan.output.directory },
  }));
  const missing = items.filter((item) => !isPresent(item));
  return missing.length === 0 ? present : [...present, ...startRunner(missing)];
};

const startRunner = (items: readonly BatchItem[]): readonly ExecutionReport[] => {
  const runner = require.resolve('./runner');
  // Run from its sources, as this library's own tests do, the runner needs the loader that its parent has.
  const loader = runner.endsWith('.ts') ? ['--require', 'tsx/cjs'] : [];
  const child = spawnSync(process.execPath, [...loader, runner], {
    input: encodeBatch(items),
    stdio: ['pipe', 'pipe', 'inherit'],
    maxBuffer: Number.POSITIVE_INFINITY,
    encoding: 'utf8',
  });
  const reports = child.stdout.split('\n').flatMap(readReport);
  const known = new Set(reports.map(({ asset }) => asset));
  const exit = child.signal === null ? `exit code ${child.status}` : `signal ${child.signal}`;
  const lost = items
    .filter(({ plan }) => !known.has(plan.hash.asset))
    .map(({ plan }): ExecutionReport => ({
      asset: plan.hash.asset,
      label: plan.label,
      outcome: { _tag: 'Failed', error: { _tag: 'RunnerFailed', exit, output: child.error?.message ?? '' } },
    }));
  return [...reports, ...lost];
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
