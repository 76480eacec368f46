type LezerPython = typeof import('@lezer/python');

/**
 * The Python parser, loaded on first use. It takes 10 ms to load, a fifth of the load time of this package, and most
 * apps never need it.
 */
export const pythonParser = (): LezerPython['parser'] =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import statement would load it at once
  (require('@lezer/python') as LezerPython).parser;
