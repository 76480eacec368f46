#!/usr/bin/env node
import * as path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ageOption, sizeOption } from './amount-options';
import { argumentFaults } from './argument-errors';
import { auditCommand } from './audit';
import { bundle } from './bundle';
import { cacheInfoCommand, cachePruneCommand, cacheVerifyCommand } from './cache';
import { fail } from './fail';
import { lockCommand } from './lock';
import { packageCommand } from './package';
import { planCommand } from './plan';
import { ASSEMBLY_FORMATS } from './plan-assembly';
import { run } from './run';
import { verifyCommand } from './verify';
import type { Include } from '../plan/request/bundle-request';

const included = (value: string, earlier: readonly Include[]): readonly Include[] => {
  const [, from, to] = /^(.+)=(.+)$/s.exec(value) ?? [];
  if (from === undefined || to === undefined)
    throw new InvalidArgumentError('Give a path and its place in the bundle, such as ../schemas=schemas.');
  return [...earlier, { from: path.resolve(from), to }];
};

const repeated = (value: string, earlier: readonly string[]): readonly string[] => [...earlier, value];

const request = (command: Command): Command =>
  bundleOptions(command.argument('<file>', 'the Python file, or a folder with index.py'));

const bundleOptions = (command: Command): Command =>
  command
    .option('--handler <name>', 'the handler function in the file', 'lambda_handler')
    .option('--root <folder>', 'the root folder of the bundle (default: the folder of the file)')
    .option(
      '--runtime <version>',
      'such as 3.13 or python3.13 (default: .python-version beside the file, else requires-python, else 3.7)',
    )
    .addOption(new Option('--arch <name>', 'the architecture').choices(['x86_64', 'arm64']).default('x86_64'))
    .addOption(
      new Option('--executor <name>', 'what installs')
        .choices(['auto', 'host', 'docker', 'buildkit'])
        .default('auto'),
    )
    .addOption(
      new Option(
        '--sdist <policy>',
        'where source distributions may be built (default: host; docker if that is the executor)',
      ).choices(['forbid', 'docker', 'host']),
    )
    .addOption(
      new Option(
        '--installer <name>',
        'the only program that may install (default: the first that is installed)',
      ).choices(['uv', 'pip']),
    )
    .addOption(
      new Option('--bytecode <mode>', 'whether the bundle has bytecode')
        .choices(['auto', 'require', 'off'])
        .default('auto'),
    )
    .option(
      '--exclude <pattern>',
      'files that stay out, as a .gitignore pattern; may be repeated',
      repeated,
      [],
    )
    .option(
      '--include <from=to>',
      'a folder or file from elsewhere, and its path in the bundle, such as ../schemas=schemas; may be repeated',
      included,
      [],
    )
    .option(
      '--from <declaration>',
      'the declaration: a file, such as uv.lock, "script", "beside" or "none" (default: the first that exists)',
    )
    .option('--group <name>', 'a dependency group that is installed as well; may be repeated', repeated, [])
    .option('--extra <name>', 'an extra of the project; may be repeated', repeated, [])
    .option('--index <url>', 'the index; \${NAME} stands for a variable')
    .option('--extra-index <url>', 'a further index; may be repeated', repeated, [])
    .option('--omit <name>', 'a distribution that is left out; may be repeated', repeated, [])
    .option('--require-hashes', 'refuse requirements without a hash')
    .option('--require-pinned', 'refuse a declaration without exact versions')
    .option(
      '--resolved-as-of <date>',
      'ignore files that were uploaded later, such as 2026-11-01 or 2026-11-01T12:00:00Z',
    )
    .option('--sbom', 'write a bill of materials (CycloneDX) beside the bundle');

const program = new Command('cdk-lambda-python')
  .description('Plans and makes Lambda bundles from Python files.')
  .showHelpAfterError();

request(program.command('plan'))
  .description('print the plan of a bundle, and change nothing')
  .option('--json', 'as JSON, to be run by "run"')
  .addOption(
    new Option(
      '--format <format>',
      'for a cloud assembly that was synthesized for publishing: all its plans, the jobs that could make them, or a file for "docker buildx bake"',
    ).choices(ASSEMBLY_FORMATS),
  )
  .action(planCommand);

request(program.command('bundle'))
  .description('make a bundle')
  .requiredOption('--out <folder>', 'a new or empty folder, or a new file that ends in .zip')
  .option('--force', 'replace an existing output')
  .action(bundle);

program
  .command('run')
  .description('make the bundle of a plan that "plan --json" printed, or those of a cloud assembly')
  .argument('<plan>', 'a file, - for standard input, or the folder of an assembly with plans')
  .option('--out <folder>', 'a new or empty folder, or a new file that ends in .zip (not for an assembly)')
  .option('--shard <part>', 'for an assembly: one shard of several, such as 2/5')
  .option(
    '--built',
    'for an assembly: install nothing, and take the modules that "docker buildx bake" has built',
  )
  .option('--force', 'replace an existing output')
  .option(
    '--allow-commands',
    'allow the commands, the image, the mounts, the variables and the URLs that a plan has of its own, and builds of source distributions on this machine',
  )
  .action(run);

program
  .command('verify')
  .description('compare finished bundles with the manifests that were written beside them')
  .argument('<path...>', 'a bundle (a zip or a folder), or a folder with bundles, such as cdk.out')
  .option('--manifest <file>', 'the manifest of a bundle that was moved away from it')
  .option('--json', 'as JSON')
  .action(verifyCommand);

bundleOptions(program.command('audit'))
  .description('list packages without a hash, unpinned, or from an unexpected index; installs nothing')
  .argument(
    '<what...>',
    'plans that "plan --json" printed (*.json, - for standard input), cloud assemblies with plans, or Python files',
  )
  .option(
    '--allow-index <url>',
    'an expected index, in place of the default one; may be repeated',
    repeated,
    [],
  )
  .option('--json', 'as JSON')
  .option('--warn-only', 'end with exit code 0 whatever is found')
  .action(auditCommand);

program
  .command('lock')
  .description(
    'write a pylock.toml beside a declaration: versions and hashes of all its dependencies, for every target (by uv)',
  )
  .argument(
    '[file]',
    'a requirements file, a pyproject.toml, a script with metadata, or a folder with one of the first two',
    '.',
  )
  .option(
    '--runtime <version>',
    'a Python version that the lock must work for; may be repeated (default: those of the plans in --app that use it; else .python-version; else requires-python; else 3.10 and newer)',
    repeated,
    [],
  )
  .addOption(
    new Option(
      '--arch <name>',
      'an architecture that the lock must work for; may be repeated (default: both)',
    )
      .choices(['x86_64', 'arm64'])
      .argParser(repeated)
      .default([]),
  )
  .option('--app <folder>', 'a cloud assembly whose plans set the targets', 'cdk.out')
  .option('--group <name>', 'for a pyproject.toml: a dependency group as well; may be repeated', repeated, [])
  .option('--extra <name>', 'for a pyproject.toml: an extra as well; may be repeated', repeated, [])
  .option('--index <url>', 'the index; \${NAME} stands for a variable')
  .option('--extra-index <url>', 'a further index; may be repeated', repeated, [])
  .option('--resolved-as-of <date>', 'ignore files that were uploaded later, such as 2026-11-01')
  .option('--upgrade [name...]', 'choose new versions of these packages, or of all; other versions stay')
  .option(
    '--allow-builds',
    'build source distributions to read their dependencies, which runs their code here',
  )
  .option('--check', 'write nothing, ask no index, and end with exit code 1 if the lock is out of date')
  .action(lockCommand);

program
  .command('package')
  .description(
    'make the bundle of a plan in a cloud assembly, and print the path of the zip (for the CDK CLI, where `bundling.phase` is "publish")',
  )
  .argument('<plan>', 'the file in the cloud assembly')
  .action(packageCommand);

const cache = program
  .command('cache')
  .description('show, prune or verify the store of installed modules and finished bundles');

cache
  .command('info')
  .description('print the content of the store')
  .option('--json', 'as JSON')
  .action(cacheInfoCommand);

cache
  .command('prune')
  .description('remove the least recently used entries (default: those beyond the size limit of the store)')
  .option(
    '--older-than <age>',
    'remove entries that were not used for this time, such as 12h, 30d or 2w',
    ageOption,
  )
  .option('--max-size <size>', 'keep at most this size, such as 500MB, 5GB or 0', sizeOption)
  .action(cachePruneCommand);

cache
  .command('verify')
  .description('read every byte of the store, and remove broken entries')
  .action(cacheVerifyCommand);

// A reader that closes early, such as `head`, ends the program silently.
process.stdout.on('error', () => process.exit(1));

const faults = argumentFaults(program, process.argv.slice(2));

if (faults.length > 0) fail(faults);
else
  program.parseAsync().catch((error: unknown) => {
    fail([error instanceof Error ? error.message : String(error)]);
  });
