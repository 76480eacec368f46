import { byText } from './hash';

const URL_HOST = /:\/\/(?:[^@/\s"']*@)?(\[[^\]\s]*\]|[^/:\s"'#?,\\]+)/g;

/** The hosts of the URLs in texts (requirements files, settings, values of variables), in lower case and sorted. */
export const namedHosts = (texts: readonly string[]): readonly string[] =>
  [
    ...new Set(
      texts.flatMap((text) => [...text.matchAll(URL_HOST)].flatMap(([, host]) => host?.toLowerCase() ?? [])),
    ),
  ].sort(byText);

/** The absolute paths in texts, plain or in `file:` URLs. */
export const namedPaths = (texts: readonly string[]): readonly string[] => [
  ...new Set(texts.flatMap((text) => text.split(/[\s=,"'<>@]+/).flatMap(pathOf))),
];

const pathOf = (word: string): readonly string[] => {
  const [, inUrl] = /^(?:\w+\+)?file:(?:\/\/(?:localhost)?)?(\/[^#?]*)/.exec(word) ?? [];
  if (inUrl === undefined) return /^\/[^/]/.test(word) ? [word.replace(/[#;].*$/, '')] : [];
  try {
    return [decodeURIComponent(inUrl)];
  } catch {
    return [inUrl];
  }
};
