import { shortened } from '../values/message-text';

/** A URL of a declaration that nothing is installed from; it is shown without what may be a password. */
export type UrlError =
  /** One that uv, pip and git would not all read alike. */
  | {
      readonly _tag: 'InvalidUrl';
      readonly file: string;
      readonly line: number;
      readonly url: string;
      readonly reason: string;
    }
  /** A requirement of pyproject.toml or a script that is a `file:` URL. */
  | { readonly _tag: 'LocalUrl'; readonly file: string; readonly line: number; readonly text: string };

/** One error as a user reads it. */
export const showUrlError = (error: UrlError): string => {
  switch (error._tag) {
    case 'InvalidUrl':
      return `${error.file}:${error.line} has the URL ${JSON.stringify(shortened(error.url))}, which ${error.reason}.`;
    case 'LocalUrl':
      return `${error.file}:${error.line} requires ${error.text}, a path of this machine in a URL, which is not gathered. Write the path under \`[tool.uv.sources]\` (\`name = { path = "…" }\`), or in a requirements.txt.`;
  }
};
