import * as t from 'io-ts';
import { closed } from '../values/codecs';

/** A runtime on which AWS creates no functions, and which no option of the app has named. */
export interface RetiredRuntime {
  readonly _tag: 'RetiredRuntime';
  /** Lambda's name. */
  readonly runtime: string;
  /** The day since which that is so (RFC 3339). */
  readonly since: string;
  /** Which kind of file has named it. */
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
    ? `\`requires-python\` allows no runtime that AWS still creates functions on, so ${runtime} is used, the newest that it allows`
    : `\`.python-version\` names ${runtime}`) +
  `: AWS creates no functions on ${runtime} since ${since}. An existing function may still be updated for a while. ` +
  `Allow a newer Python in \`${source}\`, or set the \`runtime\` prop.`;
