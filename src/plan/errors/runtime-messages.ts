import * as t from 'io-ts';
import { closed, withOptional } from '../values/codecs';
import { pythonRuntimes } from '../target/python-runtime';
import { retiredSince } from '../target/runtime-lifecycle';

/** The runtime that is used if nothing names one. */
export interface DefaultRuntime {
  readonly _tag: 'DefaultRuntime';
  /** Lambda's name. */
  readonly runtime: string;
  /** Whether the `runtime` prop was given as undefined. @default false */
  readonly isUndefined?: true;
}

export const DefaultRuntime: t.Type<DefaultRuntime> = withOptional(
  closed({ _tag: t.literal('DefaultRuntime'), runtime: t.string }, 'DefaultRuntime'),
  { isUndefined: t.literal(true) },
);

export const showDefaultRuntime = ({ runtime, isUndefined }: DefaultRuntime): string =>
  (isUndefined === true
    ? 'The `runtime` prop is undefined: its name may be misspelled, or newer than the installed aws-cdk-lib. So'
    : 'No runtime was set, so') +
  ` the documented default ${runtime} is used; AWS has not allowed new functions on it since 2024-01-09. ` +
  'Set the `runtime` prop, the context key `cdk-lambda-python:runtime` (for instance "python3.13"), or a `.python-version` file beside the entry.';

/** A runtime on which AWS creates no functions any more, named by a file and not by an option of the app. */
export interface RetiredRuntime {
  readonly _tag: 'RetiredRuntime';
  /** Lambda's name. */
  readonly runtime: string;
  /** The day since which AWS creates no functions on it (RFC 3339). */
  readonly since: string;
  /** The kind of file that names it. */
  readonly source: '.python-version' | 'requires-python';
}

export const RetiredRuntime: t.Type<RetiredRuntime> = closed(
  {
    _tag: t.literal('RetiredRuntime'),
    runtime: t.string,
    since: t.string,
    source: t.keyof({ '.python-version': null, 'requires-python': null }),
  },
  'RetiredRuntime',
);

export const showRetiredRuntime = ({ runtime, since, source }: RetiredRuntime): string =>
  (source === 'requires-python'
    ? `\`requires-python\` allows no runtime on which AWS still creates functions, so the newest that it allows is used, ${runtime}`
    : `\`.python-version\` names ${runtime}`) +
  `: AWS has not allowed new functions on ${runtime} since ${since}. An existing function may still be updated for a while. ` +
  `Allow a newer Python in \`${source}\`, or set the \`runtime\` prop.`;

/** The runtimes on which AWS creates functions. */
const usable = (): string =>
  pythonRuntimes
    .filter((runtime) => retiredSince(runtime) === undefined)
    .map(({ name }) => name)
    .join(', ');

/**
 * The message for a source that names no runtime of Lambda. A file may still be right for other tools that read it,
 * such as pyenv.
 *
 * @param from the option, or the absolute path of the file
 */
export const showUnknownRuntime = (given: string, from: string): string =>
  `"${given}" (from ${from}) is not a Python runtime of Lambda. Use one of: ${usable()}.` +
  (/[/\\]/.test(from)
    ? ' If the file is right for other tools, set the `runtime` prop (`compatibleRuntimes` of a layer), which comes first.'
    : '');
