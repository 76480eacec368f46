type LezerPython = typeof import('@lezer/python');

/**
 * The parser of Python, loaded when it is first needed: with its tables it takes as long to load (10 ms) as a fifth of
 * this package, and most apps never ask for it.
 */
export const pythonParser = (): LezerPython['parser'] =>
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import statement would load it at once
  (require('@lezer/python') as LezerPython).parser;
