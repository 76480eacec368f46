#!/usr/bin/env node
import { Command, Option } from 'commander';
import { ageOption, sizeOption } from './amount-options';
import { bundle } from './bundle';
import { cacheInfoCommand, cachePruneCommand, cacheVerifyCommand } from './cache';
import { fail } from './fail';
import { planCommand } from './plan';
import { run } from './run';

const repeated = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

const request = (command: Command): Command =>
  command
    .argument('<file>', 'the Python file, or a folder with index.py')
    .option('--handler <name>', 'the function that the file exports', 'lambda_handler')
    .option(
      '--runtime <version>',
      'such as 3.13 or python3.13 (default: .python-version beside the file, else requires-python, else 3.7)',
    )
    .addOption(new Option('--arch <name>', 'the architecture').choices(['x86_64', 'arm64']).default('x86_64'))
    .addOption(
      new Option('--executor <name>', 'what installs').choices(['auto', 'host', 'docker']).default('auto'),
    )
    .addOption(
      new Option('--bytecode <mode>', 'whether byte code goes in')
        .choices(['auto', 'require', 'off'])
        .default('auto'),
    )
    .option('--exclude <pattern>', 'what stays out, as a .gitignore pattern; may be repeated', repeated, [])
    .option(
      '--from <declaration>',
      'what declares the dependencies: a file, such as uv.lock, "script" or "none" (default: the first there is)',
    )
    .option('--group <name>', 'a dependency group that is installed as well; may be repeated', repeated, [])
    .option('--extra <name>', 'an extra of the project; may be repeated', repeated, [])
    .option('--index <url>', 'the package index; \${NAME} stands for a variable')
    .option('--extra-index <url>', 'a further package index; may be repeated', repeated, [])
    .option('--omit <name>', 'a distribution that is left out; may be repeated', repeated, [])
    .option('--require-hashes', 'refuse requirements without a hash');

const program = new Command('cdk-lambda-python')
  .description('Plans and makes Lambda bundles from Python files.')
  .showHelpAfterError();

request(program.command('plan'))
  .description('print what a bundle will be, and change nothing')
  .option('--json', 'as JSON, to be run by "run"')
  .action(planCommand);

request(program.command('bundle'))
  .description('make a bundle')
  .requiredOption('--out <folder>', 'a new or empty folder, or a new file that ends in .zip')
  .option('--force', 'replace what is there')
  .action(bundle);

program
  .command('run')
  .description('make the bundle of a plan that "plan --json" printed')
  .argument('<plan>', 'a file, or - for standard input')
  .requiredOption('--out <folder>', 'a new or empty folder, or a new file that ends in .zip')
  .option('--force', 'replace what is there')
  .option(
    '--allow-commands',
    'run the commands and the image that the plan has of its own, mount what it names, and hand over what it asks for',
  )
  .action(run);

const cache = program
  .command('cache')
  .description('look at, prune or verify the store of installed modules and finished bundles');

cache
  .command('info')
  .description('print what the store holds')
  .option('--json', 'as JSON')
  .action(cacheInfoCommand);

cache
  .command('prune')
  .description('remove what was not used for longest (default: what is too much for the bound of the store)')
  .option('--older-than <age>', 'remove what was not used for so long, such as 12h, 30d or 2w', ageOption)
  .option('--max-size <size>', 'leave at most so much, such as 500MB, 5GB or 0', sizeOption)
  .action(cachePruneCommand);

cache
  .command('verify')
  .description('read every byte of the store, and take away what is broken')
  .action(cacheVerifyCommand);

// A reader that has seen enough, such as `head`, ends the program without a word.
process.stdout.on('error', () => process.exit(1));

program.parseAsync().catch((error: unknown) => {
  fail([error instanceof Error ? error.message : String(error)]);
});
