import * as t from 'io-ts';
import { BuildReadsAbove, showBuildReadsAbove } from './climbing-build';
import { ComputedImport, showComputedImport } from './computed-import';
import { closed, EnvironmentName, list, Natural, tagged } from '../values/codecs';
import { DefaultRuntime, RetiredRuntime, showDefaultRuntime, showRetiredRuntime } from './runtime-messages';
import { NotPinned, showNotPinned } from './not-pinned';

/** Why a mount does not count, although it could if it were read-only. */
export const WRITABLE = 'it may be written to';

/**
 * Something in a plan that the user should know. It does not stop the plan.
 *
 * @since 0.1.0
 */
export type PlanWarning =
  | DefaultRuntime
  | RetiredRuntime
  | {
      readonly _tag: 'HandlerNotDefined';
      readonly handler: string;
      readonly entry: string;
      readonly functions: readonly string[];
    }
  | { readonly _tag: 'RemoteInclude'; readonly file: string; readonly line: number }
  | { readonly _tag: 'DeclarationNotUsed'; readonly used: string; readonly unused: string }
  | ComputedImport
  | NotPinned
  | BuildReadsAbove
  | {
      readonly _tag: 'GitNotPinned';
      readonly file: string;
      readonly line: number;
      readonly requirement: string;
    }
  | {
      readonly _tag: 'VolumeNotCounted';
      readonly option: string;
      /** The mount's source, such as a path. */
      readonly what: string;
      readonly reason: string;
    }
  | {
      readonly _tag: 'UndeclaredVariable';
      /** Names of variables, sorted. */
      readonly names: readonly string[];
    }
  | {
      readonly _tag: 'UncountedVariable';
      /** Variables whose names are those of credentials, sorted. */
      readonly names: readonly string[];
      /** Variables with a user name or a password in a URL, sorted. */
      readonly urls: readonly string[];
    }
  | { readonly _tag: 'OutputHash' };

export const PlanWarning: t.Type<PlanWarning> = tagged<PlanWarning>(
  {
    DefaultRuntime,
    RetiredRuntime,
    HandlerNotDefined: closed(
      {
        _tag: t.literal('HandlerNotDefined'),
        handler: t.string,
        entry: t.string,
        functions: list(t.string),
      },
      'HandlerNotDefined',
    ),
    RemoteInclude: closed(
      { _tag: t.literal('RemoteInclude'), file: t.string, line: Natural },
      'RemoteInclude',
    ),
    DeclarationNotUsed: closed(
      { _tag: t.literal('DeclarationNotUsed'), used: t.string, unused: t.string },
      'DeclarationNotUsed',
    ),
    ComputedImport,
    NotPinned,
    BuildReadsAbove,
    GitNotPinned: closed(
      { _tag: t.literal('GitNotPinned'), file: t.string, line: Natural, requirement: t.string },
      'GitNotPinned',
    ),
    VolumeNotCounted: closed(
      { _tag: t.literal('VolumeNotCounted'), option: t.string, what: t.string, reason: t.string },
      'VolumeNotCounted',
    ),
    UndeclaredVariable: closed(
      { _tag: t.literal('UndeclaredVariable'), names: list(EnvironmentName) },
      'UndeclaredVariable',
    ),
    UncountedVariable: closed(
      {
        _tag: t.literal('UncountedVariable'),
        names: list(EnvironmentName),
        urls: list(EnvironmentName),
      },
      'UncountedVariable',
    ),
    OutputHash: closed({ _tag: t.literal('OutputHash') }, 'OutputHash'),
  },
  'PlanWarning',
);

/**
 * The id of a warning, with which a user acknowledges it (`Annotations.acknowledgeWarning`).
 *
 * @since 0.1.0
 */
export const warningId = (warning: PlanWarning): string =>
  `cdk-lambda-python:${warning._tag.charAt(0).toLowerCase()}${warning._tag.slice(1)}`;

/**
 * The message of a warning.
 *
 * @since 0.1.0
 */
export const showPlanWarning = (warning: PlanWarning): string => {
  switch (warning._tag) {
    case 'DefaultRuntime':
      return showDefaultRuntime(warning);
    case 'RetiredRuntime':
      return showRetiredRuntime(warning);
    case 'HandlerNotDefined':
      return (
        `The handler "${warning.handler}" is not defined at the top level of ${warning.entry}. ` +
        (warning.functions.length === 0
          ? 'The file defines no functions. '
          : `The functions it defines: ${warning.functions.join(', ')}. `) +
        'Set `handler` to one of the names the file defines.'
      );
    case 'ComputedImport':
      return showComputedImport(warning);
    case 'RemoteInclude':
      return `${warning.file}:${warning.line} includes a file from the network, so changes of it are not noticed. Include a copy of it instead.`;
    case 'DeclarationNotUsed':
      return `${warning.unused} declares dependencies as well, but those of ${warning.used} are installed. Remove one of the two, or set \`dependencies.from\`.`;
    case 'NotPinned':
      return `${showNotPinned(warning)} Run \`${warning.command}\`, or set \`dependencies.resolvedAsOf\` to a date.`;
    case 'BuildReadsAbove':
      return showBuildReadsAbove(warning);
    case 'GitNotPinned':
      return `${warning.file}:${warning.line} requires ${warning.requirement}, which names no commit, so its content may change unnoticed. Name a commit, as in \`@<commit>\`.`;
    case 'VolumeNotCounted':
      return (
        `\`${warning.option}\` mounts ${warning.what}, whose content is not in the hash: ${warning.reason}. The bundle is built on every run and shared with no other function, ` +
        'and a deployment does not notice when that content changes. Set ' +
        (warning.reason === WRITABLE
          ? '`readOnly: true` if it is a folder of this project with at most 16 MB and 2,000 files, or set '
          : '') +
        '`bundling.volumesDigest` to any text that changes when the content changes.'
      );
    case 'UndeclaredVariable':
      return showUndeclared(warning.names);
    case 'UncountedVariable':
      return showUncounted(warning.names, warning.urls);
    case 'OutputHash':
      return 'AssetHashType.OUTPUT would need the finished bundle in the constructor. The hash of all that decides the output is used instead.';
  }
};

const showUndeclared = (names: readonly string[]): string => {
  const [its, it] = names.length === 1 ? ['its value is', 'it'] : ['their values are', 'them'];
  return (
    `\`bundling.commandHooks\` read ${names.join(', ')}, which \`bundling.environment\` does not set: ${its} not in the hash, ` +
    `so a deployment does not notice a change. Set ${it} there.`
  );
};

const showUncounted = (names: readonly string[], urls: readonly string[]): string => {
  const reasons = [
    ...(names.length === 0
      ? []
      : [
          names.length === 1
            ? `${names.join('')} (its name is that of a credential)`
            : `${names.join(', ')} (their names are those of credentials)`,
        ]),
    ...(urls.length === 0 ? [] : [`the user name and the password in the URL of ${urls.join(', ')}`]),
  ];
  return (
    `Your commands read ${reasons.join(', and ')} from \`bundling.environment\`. The hash does not have that value, so a deployment does not notice a change. ` +
    `If it decides the content of the bundle, ${names.length === 0 ? '' : 'give the variable a name that is not that of a credential, or '}` +
    'set another variable that changes with it.'
  );
};
