/** The module that a handler string names, and the string. */
export interface HandlerModule {
  /** Dotted name, such as `datadog_lambda.handler`. */
  readonly module: string;
  readonly handler: string;
}

/** A program that Lambda's wrapper starts, such as `run.sh`, and no function of a module. */
const PROGRAM = /\.(?:sh|bash|exe)$/;

/**
 * The module that Lambda imports for a handler string with dots; undefined for the name of a function in the entry, and for a program.
 * Lambda takes a slash for a dot.
 */
export const handlerModule = (handler: string): HandlerModule | undefined => {
  const end = handler.lastIndexOf('.');
  return end < 1 || PROGRAM.test(handler)
    ? undefined
    : { module: handler.slice(0, end).replaceAll('/', '.'), handler };
};
