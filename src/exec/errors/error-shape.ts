import * as t from 'io-ts';
import { closed } from '../../plan/values/codecs';
import { indented } from '../../plan/values/message-text';

/** The codec of an error with a tag and properties. */
export const error = <T extends string, P extends t.Props>(tag: T, props: P) =>
  closed({ _tag: t.literal(tag), ...props }, tag);

export const text = t.string;

export const withOutput = (output: string): string =>
  output === '' ? '' : `\nIts last lines:\n${indented(output)}`;
