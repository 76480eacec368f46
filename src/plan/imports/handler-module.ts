/** A handler string and the module that it names. */
export interface HandlerModule {
  /** Dotted name, such as `datadog_lambda.handler`. */
  readonly module: string;
  readonly handler: string;
}

/** A program, such as `run.sh`, that Lambda's wrapper starts in place of a module's function. */
const PROGRAM = /\.(?:sh|bash|exe)$/;

/**
 * The module that Lambda imports for a handler string with dots; undefined for a function of the entry and for a
 * program. Lambda reads a slash as a dot.
 */
export const handlerModule = (handler: string): HandlerModule | undefined => {
  const end = handler.lastIndexOf('.');
  return end < 1 || PROGRAM.test(handler)
    ? undefined
    : { module: handler.slice(0, end).replaceAll('/', '.'), handler };
};
