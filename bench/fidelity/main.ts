import * as path from 'node:path';
import { Command, Option } from 'commander';
import { positive } from '../options';
import { repository } from '../places';
import { today } from '../results';
import { say } from '../say';
import { writeDocument } from './document';
import type { LockTool } from './locks/manifest';
import { runLocks } from './locks/run-locks';
import { runPackages } from './run-packages';
import { PYTHONS } from './targets';

/** Nothing that was uploaded later is taken, so that a run that goes on finds what it found before. */
const BEFORE = '2026-11-28';

interface Options {
  readonly command: string;
  readonly before: string;
  readonly part: string;
  readonly only?: readonly string[];
  readonly pythons: readonly string[];
}

interface LocksOptions {
  readonly tools: readonly LockTool[];
  readonly projects: number;
  readonly keep?: string;
  readonly keepSeeds: readonly string[];
}

const program = new Command('fidelity').description(
  'Compares what is bundled with what pip says is possible, and what locks select with what their tools export.',
);

program
  .command('packages')
  .description('the most used packages on each runtime; goes on where an earlier run was stopped')
  .option('--command <file>', "the library's command", path.join(repository, 'lib', 'cli', 'main.js'))
  .option('--before <date>', 'nothing that was uploaded later is taken', BEFORE)
  .option('--part <part>', 'such as 1/2: two processes share the packages', '1/1')
  .option('--only <names...>', 'these packages alone')
  .addOption(
    new Option('--pythons <versions...>', 'for these Pythons alone').choices(PYTHONS).default(PYTHONS),
  )
  .action(({ part, ...options }: Options) => {
    const [one = 1, all = 1] = part.split('/').map(Number);
    runPackages({ ...options, part: [one, all] });
  });

program
  .command('locks')
  .description('random projects, locked by each tool: what is read of their locks, and what the tools export')
  .addOption(
    new Option('--tools <names...>', 'which tools')
      .choices(['uv', 'poetry', 'pdm'])
      .default(['uv', 'pdm', 'poetry']),
  )
  .option('--projects <n>', 'projects that each tool must have locked', positive, 30)
  .option('--keep <folder>', 'writes projects with their locks and exports there, for the tests')
  .option('--keep-seeds <seeds...>', 'which', [])
  .action(({ tools, projects, keep, keepSeeds }: LocksOptions) =>
    runLocks(
      tools,
      projects,
      today(),
      keep === undefined ? undefined : { folder: keep, seeds: keepSeeds.map(Number) },
    ),
  );

program
  .command('document')
  .description('writes what was found up to now into docs/compatibility.md')
  .option('--before <date>', 'as the packages were run', BEFORE)
  .option('--only <sections...>', 'such as locks', [])
  .action(({ before, only }: { readonly before: string; readonly only: readonly string[] }) =>
    writeDocument(before, only),
  );

program.parseAsync().catch((error: unknown) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
