import { spawnSync } from 'node:child_process';

const docker = process.env.CDK_DOCKER ?? 'docker';

const answers = (...args: readonly string[]): boolean => {
  const { status, stdout } = spawnSync(docker, args, { encoding: 'utf8', timeout: 20_000 });
  // Some clients exit with 0 when no engine answers, and print nothing.
  return status === 0 && stdout.trim() !== '';
};

let engine: boolean | undefined;

/**
 * Why a test that needs Docker, and this image on this machine, has to be skipped; undefined when it can run.
 * Nothing is pulled: a test must not depend on a registry.
 */
export const dockerSkipReason = (image?: string): string | undefined => {
  engine ??= answers('info', '--format', '{{.ServerVersion}}');
  if (!engine) return `no container engine answers \`${docker} info\``;
  if (image !== undefined && !answers('image', 'inspect', '--format', '{{.Id}}', image))
    return `the image ${image} is not on this machine`;
  return undefined;
};
