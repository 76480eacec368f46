/**
 * Keeps what V8 makes of a script, as `module.enableCompileCache` of newer Node.js does: to compile the modules of a process
 * takes longer than most tests do. It is kept under the hash of the script and of its path; V8 itself refuses what another
 * version of it has made.
 */
'use strict';
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

const [HEAD] = Module.wrapper;

const IS_KEPT = /\.ts$|[\\/]node_modules[\\/]/;

/** Node.js 20 warns where a script of this kind imports. */
const IMPORTS = /\bimport\(/;

const read = (file) => {
  try {
    return fs.readFileSync(file);
  } catch {
    return undefined;
  }
};

/** The functions that a script has used by then are in it. A folder that cannot be written to keeps nothing. */
const write = (file, script) => {
  const sibling = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(sibling, script.createCachedData());
    fs.renameSync(sibling, file);
  } catch {
    // The next process compiles it again.
  }
};

/** The `require` of a module. */
const requireOf = (module) =>
  Object.defineProperties((request) => module.require(request), {
    resolve: { value: (request, options) => Module._resolveFilename(request, module, false, options) },
    main: { value: process.mainModule },
    extensions: { value: Module._extensions },
    cache: { value: Module._cache },
  });

/** @param folder absolute path */
const install = (folder) => {
  const unkept = [];
  process.once('exit', () => {
    for (const [file, script] of unkept) write(file, script);
  });
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, filename, ...rest) {
    if (!IS_KEPT.test(filename) || IMPORTS.test(content))
      return compile.call(this, content, filename, ...rest);
    const key = createHash('sha256').update(`${process.version}\0${filename}\0${content}`).digest('hex');
    const file = path.join(folder, key);
    const cachedData = read(file);
    const script = new vm.Script(Module.wrap(content.replace(/^#!/, '//')), {
      filename,
      columnOffset: -HEAD.length,
      cachedData,
    });
    if (cachedData === undefined || script.cachedDataRejected) unkept.push([file, script]);
    return script
      .runInThisContext()
      .call(this.exports, this.exports, requireOf(this), this, filename, path.dirname(filename));
  };
};

module.exports = { install };
