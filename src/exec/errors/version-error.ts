import * as t from 'io-ts';
import { error, text } from './error-shape';
import { MINIMUM_DATED_PIP } from '../../plan/variables/installer-versions';

/** Variables choose versions, and the installer cannot honour them. */
const VariablesRefused = error('VariablesRefused', {
  variables: t.readonlyArray(
    error('RefusedVariable', {
      /** Its name, its value and its source. */
      variable: text,
      because: t.keyof({ other: null, value: null, 'old pip': null, 'no hashes': null }),
    }),
  ),
  /** Locked requirements without a hash, each with its place; empty for another reason. */
  lacking: t.readonlyArray(text),
  tool: text,
  other: t.keyof({ uv: null, pip: null }),
  isInContainer: t.boolean,
});

/** An install failed, and variables choose its versions. */
const FailedWithVariables = error('FailedWithVariables', { variables: t.readonlyArray(text), message: text });

/**
 * Why an install failed whose versions are chosen by variables.
 *
 * @since 0.1.0
 */
export const VersionError = t.union([VariablesRefused, FailedWithVariables], 'VersionError');

/** See {@link VersionError}. */
export type VersionError = t.TypeOf<typeof VersionError>;

type Refused = t.TypeOf<typeof VariablesRefused>;

const reasonOf = (
  { tool, other, lacking }: Refused,
  because: Refused['variables'][number]['because'],
): string => {
  switch (because) {
    case 'other':
      return `decides which versions are installed, and only ${other} can honour it. ${tool} was found`;
    case 'value':
      return `decides which versions are installed, and ${tool} cannot read its value. Write a moment, such as 2026-01-31T00:00:00Z`;
    case 'old pip':
      return `decides which versions are installed, and ${tool} does not know it. Use uv, or pip ${MINIMUM_DATED_PIP} or newer`;
    case 'no hashes':
      return lacking.length === 0
        ? 'asks for a hash of each requirement, and the requirements do not all have one'
        : `asks for a hash of each requirement, and the lock has none for: ${lacking.join(', ')}`;
  }
};

const installUv = (isInContainer: boolean): string =>
  isInContainer
    ? "install uv on this machine (on Linux, a container for this machine's processor uses it)"
    : 'install uv';

const showRefused = (refused: Refused): string => {
  const { other, isInContainer, lacking } = refused;
  const said = refused.variables.map(({ variable, because }) => `${variable} ${reasonOf(refused, because)}.`);
  const ways = [
    ...(refused.variables.some(({ because }) => because === 'other')
      ? [other === 'uv' ? installUv(isInContainer) : 'set `bundling.installer` to "pip"']
      : []),
    `take ${refused.variables.length === 1 ? 'the variable' : 'the variables'} away`,
    lacking.length > 0
      ? 'lock with hashes'
      : 'lock the dependencies (`npx cdk-lambda-python lock`), as no variable changes what a lock has',
  ];
  const [first = '', ...rest] = [ways.slice(0, -1).join(', '), ways.at(-1)].join(', or ');
  return `${said.join(' ')} ${first.toUpperCase()}${rest.join('')}.`;
};

export const showVersionError = (error: VersionError): string =>
  error._tag === 'VariablesRefused'
    ? showRefused(error)
    : `${error.variables.join(' and ')} ${error.variables.length === 1 ? 'decides' : 'decide'} what can be installed here, and may be the cause: ${error.message}`;
