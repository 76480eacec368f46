import type { PythonImport } from './import-statement';
import { importsOf } from './import-statement';
import { STRING_OR_COMMENT } from './string-or-comment';

/**
 * Strings and comments, so that their content is not mistaken for an import; import statements at the start of a line, up to their
 * end; the first word of any other line that is not indented; and `import` anywhere else.
 */
const TOKENS = new RegExp(
  [
    STRING_OR_COMMENT,
    /^(?<statement>import[ \t][^\n;\\#("']*|from[ \t.][^\n;\\#("']*\bimport\b[ \t]*(?:\([^()#"'\\;]*(?:#[^\n]*\n[^()#"'\\;]*)*\)[ \t]*|[^\n;\\#("']*))(?=[\r\n#]|(?![^]))/,
    /^(?<start>[^\s#"'()[\]{};:]+)/,
    /\b(?<elsewhere>import)\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gmu',
);

/** The first words of lines whose blocks do not run with the module. */
const NEVER_RUNS = /^(?:def|async)\b/;

/** `if TYPE_CHECKING:` and nothing after it. */
const FOR_TYPES = /if[ \t]+(?:typing\.)?TYPE_CHECKING[ \t]*:[ \t]*(?:#.*)?\r?$/my;

/**
 * The imports of a module, found without a parser. That is enough for most modules: all imports are at the start
 * of a line, in functions, or under `TYPE_CHECKING`. Undefined where the parser must decide, as for an import in a `try`.
 *
 * @param skipFunctions whether imports in functions do not matter; otherwise they need the parser as well
 */
export const plainImports = (source: string, skipFunctions = true): readonly PythonImport[] | undefined => {
  const found: PythonImport[] = [];
  let [line, counted] = [1, 0];
  let isSkipped = false;
  // Most modules import at their top. The text after the last `import` is not read.
  const last = source.lastIndexOf('import');
  for (const { index, groups = {} } of source.matchAll(TOKENS)) {
    if (index > last) break;
    const { statement, start, elsewhere } = groups;
    if (statement !== undefined) {
      for (; counted < index; counted += 1) if (source.charCodeAt(counted) === 10) line += 1;
      const here = line;
      found.push(...importsOf(statement).map((one) => ({ ...one, line: here, conditional: false })));
      isSkipped = false;
    } else if (start !== undefined) {
      if (/^(?:import|from)$/.test(start)) return undefined;
      FOR_TYPES.lastIndex = index;
      isSkipped = (skipFunctions && NEVER_RUNS.test(start)) || FOR_TYPES.test(source);
    } else if (elsewhere !== undefined && !isSkipped) return undefined;
  }
  return found;
};
