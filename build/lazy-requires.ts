/**
 * Rewrites the JavaScript of `lib` so that a module is loaded when it is first used. A synthesis that finds all bundles in
 * place uses a third of the modules that its imports name, and loading the others took longer than its own work.
 *
 * TypeScript writes `const name_1 = require("./name")` for an import, with a name that occurs nowhere else in the file, and
 * `name_1.value` for each use. So the name can become a function, and each use a call of it. aws-cdk-lib does the same.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

/** Node.js has loaded most of its own modules already, so they stay as they are. */
const IMPORT = /^(?:const|var) (\w+_\d+) = ((?:__importDefault\()?require\("(?!node:)[^"]+"\)+);$/gm;

/**
 * Node.js tells an ES module the names of a script from its text. It takes them from `exports.name = void 0`, which TypeScript
 * writes too, unless it reads a getter that it does not know. The brackets keep it from reading it.
 */
const REEXPORT = /^Object\.defineProperty\(exports, ("\w+"), /gm;

/** @param script what TypeScript wrote, as CommonJS */
export const withLazyRequires = (script: string): string => {
  const names = [...script.matchAll(IMPORT)].map(([, name]) => name);
  if (names.length === 0) return script;
  const use = new RegExp(`\\b(?:${names.join('|')})\\b(?! = )`, 'g');
  return script
    .replace(use, '($&())')
    .replace(IMPORT, 'let $1_; const $1 = () => ($1_ ??= $2);')
    .replace(REEXPORT, 'Object.defineProperty(exports, ($1), ');
};

const scriptsIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => path.join(folder, name));

if (require.main === module)
  for (const file of scriptsIn(path.resolve(__dirname, '../lib')))
    writeFileSync(file, withLazyRequires(readFileSync(file, 'utf8')));
