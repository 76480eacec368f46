/**
 * Loads TypeScript as CommonJS, as tsx does, for processes that tests start by the hundred. What esbuild makes of a file is
 * kept under the hash of the file's text, so a changed file is never served from the past; so is what V8 makes of it. Modules
 * of `src` load each other when they are first used, as those of `lib` do (build/lazy-requires.ts): most processes use a third
 * of them.
 */
'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const keptCode = require('./kept-code.cjs');
const sourceLines = require('./source-lines.cjs');

const CACHE = path.resolve(__dirname, '../../.cache/compiled');
const LAZY = path.resolve(__dirname, '../../src') + path.sep;
const TSX = require.resolve('tsx/cjs');
const { version } = require('tsx/package.json');

/** esbuild comes with tsx. */
const esbuild = () => require(require.resolve('esbuild', { paths: [path.dirname(TSX)] }));

const OPTIONS = {
  format: 'cjs',
  platform: 'node',
  target: `node${process.versions.node}`,
  loader: 'ts',
  sourcemap: 'inline',
  sourcesContent: false,
};

/** esbuild writes `import_name.value` for each use of `var import_name = require(…)`; no other name begins like that. */
const IMPORT = /^var (import_\w+) = ((?:__toESM\()?require\("(?!node:)[^"]+"\)\)?);$/gm;

/** A copy of a module of Node.js, made for the sake of a default import that no file has. */
const COPY = /^var (?!import_)(\w+) = __toESM\((require\("node:[^"]+"\))\);$/gm;

const withLazyRequires = (script) => {
  const code = script.replace(COPY, 'var $1 = $2;');
  const names = [...code.matchAll(IMPORT)].map(([, name]) => name);
  if (names.length === 0) return code;
  return code
    .replace(new RegExp(`\\b(?:${names.join('|')})\\b(?! = )`, 'g'), '($&())')
    .replace(IMPORT, 'let $1_; const $1 = () => ($1_ ??= $2);');
};

const compiled = (file) => {
  const text = fs.readFileSync(file, 'utf8');
  const name = path.basename(file);
  const isLazy = file.startsWith(LAZY);
  const key = [version, JSON.stringify(OPTIONS), isLazy, name, text].join('\0');
  const kept = path.join(CACHE, `${createHash('sha256').update(key).digest('hex')}.js`);
  try {
    return fs.readFileSync(kept, 'utf8');
  } catch {
    const { code } = esbuild().transformSync(text, { ...OPTIONS, sourcefile: name });
    fs.mkdirSync(CACHE, { recursive: true });
    const sibling = `${kept}.${process.pid}`;
    const script = isLazy ? withLazyRequires(code) : code;
    fs.writeFileSync(sibling, script);
    fs.renameSync(sibling, kept);
    return script;
  }
};

// V8 counts what ran of a script that it compiled itself, and Node.js says then where the lines come from.
if (process.env.NODE_V8_COVERAGE !== undefined) {
  process.setSourceMapsEnabled(true);
} else {
  sourceLines.install();
  keptCode.install(path.join(CACHE, 'code'));
}
Module._extensions['.ts'] = (module, file) => {
  const script = compiled(file);
  sourceLines.add(file, script);
  module._compile(script, file);
};

// Tests and src/exec/batch/run-in-child.ts start processes with the loader of tsx. Here they get this one.
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = (request, parent, ...rest) => {
  // Node.js looks for three other endings first.
  if (request.startsWith('.') && parent?.filename?.endsWith('.ts')) {
    const file = path.resolve(path.dirname(parent.filename), `${request}.ts`);
    if (fs.existsSync(file)) return file;
  }
  const file = resolveFilename(request, parent, ...rest);
  return file === TSX ? __filename : file;
};
