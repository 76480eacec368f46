import * as path from 'node:path';
import { Command } from 'commander';
import { repository } from '../places';
import { say } from '../say';
import { runPackages } from './run-packages';

interface Options {
  readonly command: string;
  readonly before: string;
  readonly part: string;
  readonly only?: readonly string[];
}

const program = new Command('fidelity').description(
  'Compares what is bundled with what pip says is possible, and what locks select with what their tools export.',
);

program
  .command('packages')
  .description('the most used packages on each runtime; goes on where an earlier run was stopped')
  .option('--command <file>', "the library's command", path.join(repository, 'lib', 'cli', 'main.js'))
  .option('--before <date>', 'nothing that was uploaded later is taken', '2026-11-28')
  .option('--part <part>', 'such as 1/2: two processes share the packages', '1/1')
  .option('--only <names...>', 'these packages alone')
  .action(({ part, ...options }: Options) => {
    const [one = 1, all = 1] = part.split('/').map(Number);
    runPackages({ ...options, part: [one, all] });
  });

program.parseAsync().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
