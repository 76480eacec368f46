/** What a container engine reads of the arguments of `run` or `create`. */
export interface ContainerArguments {
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly image: string | undefined;
  readonly command: readonly string[];
}

/** The options that are used, and whether a value follows. */
const OPTIONS: Readonly<Record<string, boolean>> = {
  '--rm': false,
  ...Object.fromEntries(
    [
      '--name',
      '--platform',
      '--user',
      '--network',
      '--cap-drop',
      '--cap-add',
      '--security-opt',
      '--pids-limit',
    ]
      .concat(['--memory', '--volumes-from', '--mount', '--env', '--workdir', '--entrypoint'])
      .map((name) => [name, true]),
  ),
};

/** Reads arguments as the engine's client does: options up to the first word that is none, which is the image. */
export const containerArguments = ([, ...argv]: readonly string[]): ContainerArguments => {
  const options: Record<string, string[]> = {};
  let at = 0;
  for (; argv[at]?.startsWith('-') === true; at += 1) {
    const name = argv[at] ?? '';
    const hasValue = OPTIONS[name];
    if (hasValue === undefined) throw new Error(`an option of its own: ${name}`);
    if (hasValue) at += 1;
    (options[name] ??= []).push(hasValue ? (argv[at] ?? '') : '');
  }
  return { options, image: argv[at], command: argv.slice(at + 1) };
};

/** Reads one line of CSV (RFC 4180), as the engine reads the value of `--mount`. */
export const csvFields = (line: string): readonly string[] => {
  const fields: string[] = [];
  let at = 0;
  do {
    if (line[at] !== '"') {
      const end = line.indexOf(',', at);
      fields.push(line.slice(at, end === -1 ? undefined : end));
      at = end === -1 ? line.length : end;
    } else {
      let field = '';
      for (at += 1; line[at] !== '"' || line[at + 1] === '"'; at += line[at] === '"' ? 2 : 1) {
        if (at >= line.length) throw new Error(`a quote without an end: ${line}`);
        field += line[at] ?? '';
      }
      fields.push(field);
      at += 1;
    }
    if (at < line.length && line[at] !== ',') throw new Error(`no comma at ${at}: ${line}`);
  } while (at++ < line.length);
  return fields;
};
