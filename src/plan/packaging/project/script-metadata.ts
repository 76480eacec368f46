import type { Either } from 'fp-ts/Either';
import { isRight, left, right } from 'fp-ts/Either';
import type { DeclaredDependencies } from './declared-dependencies';
import { readWritten, withSources } from './declared-dependencies';
import type { PlanError } from '../../errors/plan-error';
import { scriptBlocks } from './script-block';
import type { ProjectFile } from '../../model/source-snapshot';
import { parseToml } from './toml-file';
import { lineOfKey, lineOfString } from './toml-lines';
import type { TomlTable } from '../../values/toml-values';
import { asArray, textAt, valueAt } from '../../values/toml-values';

const readTable = (
  file: string,
  table: TomlTable,
  text: string,
  offset: number,
): Either<readonly PlanError[], DeclaredDependencies> => {
  const key = lineOfKey(text, ['dependencies']);
  const listed = valueAt(table, 'dependencies') ?? [];
  const items = asArray(listed);
  if (items === undefined || !items.every((item) => typeof item === 'string'))
    return left([
      {
        _tag: 'InvalidDeclaration',
        file,
        line: offset + key,
        reason: 'dependencies is not a list of texts',
      },
    ]);
  const { read, problems } = readWritten(
    file,
    items.map((item) => ({
      text: item,
      line: offset + lineOfString(text, item, key),
      section: { extra: null, group: null },
    })),
  );
  const requires = textAt(table, 'requires-python');
  return problems.length > 0
    ? left(problems)
    : right(
        withSources(
          table,
          read,
          requires === undefined
            ? null
            : { text: requires, line: offset + lineOfKey(text, ['requires-python']) },
        ),
      );
};

/**
 * The dependencies in a script's inline metadata (`# /// script`); null without such metadata. Lines are those of the
 * script.
 *
 * @see PEP 723
 */
export const readScriptMetadata = ({
  file,
  text: source,
}: ProjectFile): Either<readonly PlanError[], DeclaredDependencies | null> => {
  const [block, second] = scriptBlocks(source, 'script');
  if (block === undefined) return right(null);
  if (second !== undefined)
    return left([
      {
        _tag: 'InvalidDeclaration',
        file,
        line: second.line,
        reason: `there is a second block "# /// script"; the first is on line ${block.line}`,
      },
    ]);
  const parsed = parseToml({ file, text: block.text });
  if (isRight(parsed)) return readTable(file, parsed.right, block.text, block.line);
  const problem = parsed.left;
  return left([
    'line' in problem && problem.line !== null ? { ...problem, line: problem.line + block.line } : problem,
  ]);
};
