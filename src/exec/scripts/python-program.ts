import * as fs from 'node:fs';
import * as path from 'node:path';

/** A value that TypeScript passes to a program. Its JSON is a Python literal as well. */
type PythonValue = string | number | readonly string[] | Readonly<Record<string, string>>;

type PythonValues = Readonly<Record<string, PythonValue>>;

/** Beside this file, in `src` as in `lib`. */
const FOLDER = path.join(__dirname, 'python');

/** An import at the left edge of a file, from a module beside it or from the values. */
const IMPORT = /^from (\w+) import (\w+(?:, \w+)*|\([\w\s,]*\))(?: *#.*)?\r?\n/gm;

const fileOf = (module: string): string => path.join(FOLDER, `${module}.py`);

const assignments = (names: string, values: PythonValues): string =>
  (names.match(/\w+/g) ?? [])
    .map((name) => {
      if (values[name] === undefined) throw new Error(`no value for ${name} of a Python program`);
      return `${name} = ${JSON.stringify(values[name])}\n`;
    })
    .join('');

const assemble = (program: string, values: PythonValues): string => {
  const taken = new Set<string>();
  const withModules = (module: string): string => {
    taken.add(module);
    return fs.readFileSync(fileOf(module), 'utf8').replace(IMPORT, (line, from: string, names: string) => {
      if (from === 'values') return assignments(names, values);
      if (taken.has(from)) return '';
      return fs.existsSync(fileOf(from)) ? withModules(from) : line;
    });
  };
  return withModules(program);
};

/**
 * A program of the folder `python` as one text, for the argument of a Python or a file in a container. The first call
 * reads the program and keeps its text.
 *
 * The text includes the program's imports: the first `from module import name` becomes that module of the folder, and
 * `from values import NAME` becomes an assignment. So a program consists of modules for linters and tests, and needs no
 * folder where it runs. All modules of a program share one namespace.
 *
 * @param name of the program's file, without `.py`
 * @param values the values for `from values import`
 */
export const pythonProgram = (name: string, values: () => PythonValues = () => ({})): (() => string) => {
  let text: string | undefined;
  return () => (text ??= assemble(name, values()));
};
