import { CANARY } from './canary';

/** Files that tools keep their secrets in, or in which a password of an index may be, as they lie beside sources. */
const NAMES = [
  '.env',
  '.env.production',
  '.netrc',
  '_netrc',
  '.pypirc',
  '.npmrc',
  '.yarnrc.yml',
  '.git/config',
  '.git-credentials',
  '.aws/credentials',
  '.azure/accessTokens.json',
  '.docker/config.json',
  '.gnupg/secring.gpg',
  '.kube/config',
  '.ssh/config',
  '.terraform/terraform.tfstate',
  'terraform.tfstate',
  'terraform.tfstate.backup',
  'id_rsa',
  'keys/id_ed25519',
  'pip.conf',
  'pip.ini',
  'uv.toml',
  'requirements-dev.txt',
  'constraints.txt',
  'requirements.in',
];

export const SECRET_FILES: Readonly<Record<string, string>> = Object.fromEntries(
  NAMES.map((name) => [name, `# ${CANARY}\n`]),
);
