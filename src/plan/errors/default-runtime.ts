import * as t from 'io-ts';
import { closed, withOptional } from '../values/codecs';

/** The runtime that is used where nothing names one. */
export interface DefaultRuntime {
  readonly _tag: 'DefaultRuntime';
  /** Lambda's name. */
  readonly runtime: string;
  /** That the `runtime` prop was given, and is undefined. @default false */
  readonly isUndefined?: true;
}

export const DefaultRuntime: t.Type<DefaultRuntime> = withOptional(
  closed({ _tag: t.literal('DefaultRuntime'), runtime: t.string }, 'DefaultRuntime'),
  { isUndefined: t.literal(true) },
);

export const showDefaultRuntime = ({ runtime, isUndefined }: DefaultRuntime): string =>
  (isUndefined === true
    ? 'The `runtime` prop is undefined, which a misspelled name gives, and one that the installed aws-cdk-lib does not have yet. So'
    : 'No runtime was set, so') +
  ` the documented default ${runtime} is used; AWS creates no functions on it since 2024-01-09. ` +
  'Set the `runtime` prop, the context key `cdk-lambda-python:runtime` (for instance "python3.13"), or a `.python-version` file beside the entry.';
