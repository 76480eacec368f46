import { isRight } from 'fp-ts/Either';
import type * as t from 'io-ts';
import { jsonKeyLines } from '../../packaging/project/json-file';
import { arrayHeaderLines, lineOfKey } from '../../packaging/project/toml-lines';
import type { PlanError } from '../../errors/plan-error';
import type { ProjectFile } from '../../model/source-snapshot';

/** Keys and indexes that lead to a value. */
type Keys = readonly string[];

const isIndex = (key: string): boolean => /^\d+$/.test(key);

const IN_WORDS: Readonly<Record<string, string>> = {
  StringType: 'a text',
  BooleanType: 'true or false',
  ArrayType: 'a list',
  PartialType: 'a table',
  DictionaryType: 'a table',
};

/** The expected type of a value, in words. */
const expected = ({ _tag = '', name }: t.Decoder<unknown, unknown> & { readonly _tag?: string }): string =>
  IN_WORDS[_tag] ?? name;

const shown = (keys: Keys): string =>
  keys.map((key, index) => (isIndex(key) ? `[${key}]` : index === 0 ? key : `.${key}`)).join('');

/** @param lineAt the line of a value */
const shapeErrors = (
  codec: t.Decoder<unknown, unknown>,
  value: unknown,
  { file }: ProjectFile,
  above: Keys,
  lineAt: (keys: Keys) => number,
): readonly PlanError[] => {
  const read = codec.decode(value);
  if (isRight(read)) return [];
  return read.left.map(({ context }): PlanError => {
    const keys = [...above, ...context.slice(1).map(({ key }) => key)];
    const type = context.at(-1)?.type;
    const reason = `${shown(keys)} is not ${type === undefined ? 'what it should be' : expected(type)}`;
    return { _tag: 'InvalidDeclaration', file, line: lineAt(keys), reason };
  });
};

/** The errors of values with wrong types in a TOML lock. */
export const tomlShapeErrors = (
  codec: t.Decoder<unknown, unknown>,
  value: unknown,
  source: ProjectFile,
): readonly PlanError[] =>
  shapeErrors(codec, value, source, [], (keys) => {
    const [first = '', second = ''] = keys;
    const from = isIndex(second) ? arrayHeaderLines(source.text, first)[Number(second)] : 1;
    return lineOfKey(
      source.text,
      keys.filter((key) => !isIndex(key)),
      from,
    );
  });

/** The errors of values with wrong types in a part of a JSON lock. */
export const jsonShapeErrors = (
  codec: t.Decoder<unknown, unknown>,
  value: unknown,
  source: ProjectFile,
  above: Keys,
): readonly PlanError[] =>
  shapeErrors(codec, value, source, above, (keys) => {
    const lineOf = jsonKeyLines(source.text);
    const named = keys.filter((key) => !isIndex(key));
    return named.reduce((line, _, index) => Math.max(line, lineOf(...named.slice(0, index + 1))), 1);
  });
