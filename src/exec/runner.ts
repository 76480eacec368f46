/**
 * The process that makes bundles: a batch as JSON on stdin, one report a line on stdout, progress on stderr. It is a
 * separate process because a CDK app synthesizes synchronously, while bundles are made in parallel.
 */
import { text } from 'node:stream/consumers';
import { isLeft } from 'fp-ts/Either';
import { runBatch } from './batch/batch';
import { decodeBatch } from './batch/batch-request';
import { liveWorld } from './batch/live-world';
import { WATCHED, watchParent } from './process/watch-parent';

const main = async (): Promise<void> => {
  if (process.argv.includes(WATCHED)) watchParent();
  const batch = decodeBatch(await text(process.stdin));
  if (isLeft(batch)) {
    process.stderr.write(`cdk-lambda-python: ${batch.left}\n`);
    process.exitCode = 2;
    return;
  }
  await runBatch(await liveWorld(process.env), batch.right, (report) => {
    process.stdout.write(`${JSON.stringify(report)}\n`);
  });
};

void main();
