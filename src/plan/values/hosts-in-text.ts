import { byText } from './hash';

const URL_HOST = /:\/\/(?:[^@/\s"']*@)?(\[[^\]\s]*\]|[^/:\s"'#?,\\]+)/g;

/** The hosts that texts name in URLs: requirements files, settings, values of variables. In small letters, sorted. */
export const namedHosts = (texts: readonly string[]): readonly string[] =>
  [
    ...new Set(
      texts.flatMap((text) => [...text.matchAll(URL_HOST)].flatMap(([, host]) => host?.toLowerCase() ?? [])),
    ),
  ].sort(byText);

/** The absolute paths that texts name, as they are written or in `file:` URLs. */
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
