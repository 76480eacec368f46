import { shortened } from '../values/message-text';

/** A URL of a declaration from which nothing is installed. Messages show it without a possible password. */
export type UrlError =
  /** uv, pip and git would not all read the URL alike. */
  | {
      readonly _tag: 'InvalidUrl';
      readonly file: string;
      readonly line: number;
      readonly url: string;
      readonly reason: string;
    }
  /** A requirement of pyproject.toml or a script is a `file:` URL. */
  | { readonly _tag: 'LocalUrl'; readonly file: string; readonly line: number; readonly text: string };

export const showUrlError = (error: UrlError): string => {
  switch (error._tag) {
    case 'InvalidUrl':
      return `${error.file}:${error.line} has the URL ${JSON.stringify(shortened(error.url))}, which ${error.reason}.`;
    case 'LocalUrl':
      return `${error.file}:${error.line} requires ${error.text}, a URL of a path on this machine, which is not supported here. Write the path under \`[tool.uv.sources]\` (\`name = { path = "…" }\`), or in a requirements.txt.`;
  }
};
