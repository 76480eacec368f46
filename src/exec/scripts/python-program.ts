import * as fs from 'node:fs';
import * as path from 'node:path';

/** What TypeScript hands to a program; as JSON it is a literal of Python too. */
type PythonValue = string | number | readonly string[] | Readonly<Record<string, string>>;

type PythonValues = Readonly<Record<string, PythonValue>>;

/** Beside this file, in `src` as in `lib`. */
const FOLDER = path.join(__dirname, 'python');

/** An import at the left edge of a file: of a module beside it, or of the values. */
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
 * A program of the folder `python` as one text, which a Python takes as an argument or a container as a file. It is read when it is
 * first asked for, and kept.
 *
 * The text has in it what the program imports: `from module import name` becomes the module of that name in the folder, the
 * first time, and `from values import NAME` becomes an assignment. So a program is made of modules that a linter reads and a test
 * imports, and needs no folder where it runs. All modules of a program share their names.
 *
 * @param name of the program's file, without `.py`
 * @param values what its `from values import` names
 */
export const pythonProgram = (name: string, values: () => PythonValues = () => ({})): (() => string) => {
  let text: string | undefined;
  return () => (text ??= assemble(name, values()));
};
