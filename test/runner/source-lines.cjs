/**
 * Says in stacks which line of the TypeScript it was. Node.js could do that (`--enable-source-maps`), but it reads the map of
 * each file as that is loaded; here a map is read when a stack is, which most processes never do.
 */
'use strict';
const Module = require('node:module');

/** The scripts by their files, each with its map at its end. */
const scripts = new Map();

const maps = new Map();

const MAP = /\n\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/;

const mapOf = (file) => {
  if (!maps.has(file)) {
    const [, encoded] = MAP.exec(scripts.get(file) ?? '') ?? [];
    const payload = encoded && JSON.parse(Buffer.from(encoded, 'base64').toString());
    maps.set(file, payload && new Module.SourceMap(payload));
  }
  return maps.get(file);
};

const PLACE = /(\/[^():]+\.ts):(\d+):(\d+)(?=\)?$)/;

const mapped = (line) =>
  line.replace(PLACE, (place, file, row, column) => {
    const { originalLine, originalColumn } = mapOf(file)?.findEntry(row - 1, column - 1) ?? {};
    return originalLine === undefined ? place : `${file}:${originalLine + 1}:${originalColumn + 1}`;
  });

/** Errors of Node.js itself have their code in the first line. */
const isOfNode = (error) =>
  Object.getOwnPropertySymbols(error).some(({ description }) => description === 'kIsNodeError');

const headOf = (error) => {
  try {
    return isOfNode(error) && error.code
      ? `${error.name} [${error.code}]: ${error.message}`
      : Error.prototype.toString.call(error);
  } catch {
    return '<error>';
  }
};

module.exports = {
  add: (file, script) => {
    scripts.set(file, script);
  },
  install: () => {
    Error.prepareStackTrace = (error, sites) =>
      [headOf(error), ...sites.map((site) => `    at ${mapped(String(site))}`)].join('\n');
  },
};
