import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { ACCOUNT, REGION } from '../../test/support/local-aws';
import { compiledApps, repository } from '../places';
import type { Project } from '../project';
import type { Command } from '../run';

/** A project that the CDK CLI can synthesize and publish from. */
export interface CliProject {
  readonly bootstrap: (environment: NodeJS.ProcessEnv) => Command;
  /** The synthesis and the publishing of its assets, without the deployment of a stack. */
  readonly publish: (environment: NodeJS.ProcessEnv) => Command;
}

/** Puts this package where `npx` of the CLI finds it, as an install does. */
const linkPackage = (folder: string): void => {
  const commands = path.join(folder, 'node_modules', '.bin');
  if (existsSync(commands)) return;
  mkdirSync(commands, { recursive: true });
  symlinkSync(repository, path.join(folder, 'node_modules', 'cdk-lambda-python'));
  const command = path.join(commands, 'cdk-lambda-python');
  writeFileSync(command, `#!/bin/sh\nexec node '${path.join(repository, 'lib/cli/main.js')}' "$@"\n`);
  chmodSync(command, 0o755);
};

export const cliProject = ({ folder }: Project): CliProject => {
  linkPackage(folder);
  const app = `node ${path.join(compiledApps, 'timed.js')} ours`;
  writeFileSync(path.join(folder, 'cdk.json'), JSON.stringify({ app, output: 'cdk.out' }));
  const cdk = (environment: NodeJS.ProcessEnv, argv: readonly string[]): Command => ({
    argv: [
      process.execPath,
      path.join(repository, 'node_modules', 'aws-cdk', 'bin', 'cdk'),
      ...argv,
      '--no-notices',
      '--no-color',
    ],
    cwd: folder,
    environment: { ...environment, CI: 'true', HOME: folder, CDK_DISABLE_CLI_TELEMETRY: 'true' },
  });
  return {
    bootstrap: (environment) => cdk(environment, ['bootstrap', `aws://${ACCOUNT}/${REGION}`]),
    publish: (environment) => cdk(environment, ['publish-assets', '--unstable=publish-assets']),
  };
};
