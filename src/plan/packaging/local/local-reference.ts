import { decodedUrl } from '../../values/decoded-url';

/** A reference to a file or folder on this machine in a requirements line. */
export interface LocalReference {
  /** Absolute, or relative to the folder in which the installer runs. */
  readonly target: string;
  /** Extras, marker and options, in a form that both uv and pip read. */
  readonly rest: string;
  /** Whether it has an environment marker. */
  readonly marked: boolean;
}

/** Whether a target is fetched from the network or from version control: a URL, but not a `file:` URL. */
export const isRemote = (target: string): boolean =>
  !/^file:/i.test(target) && (/^[a-z][a-z0-9+.-]+:\/\//i.test(target) || /^(git|hg|svn|bzr)\+/i.test(target));

/** The path of a `file:` URL, without its query and fragment. */
export const pathOfUrl = (url: string): string =>
  decodedUrl(url.replace(/^file:(\/\/(localhost)?(?=\/))?/i, '').replace(/[?#].*/s, ''));

const isFileUrl = (target: string): boolean => /^file:/i.test(target);

interface Parts {
  readonly target: string;
  readonly extras: string;
  readonly marker: string;
  readonly options: string;
}

/** Splits `./lib[extra] ; marker --hash=…`. In a URL, a `;` only begins a marker beside white space. */
const split = (text: string): Parts => {
  // The pattern has one white space character: with `\s+` it would retry at each of a thousand spaces.
  const end = text.search(/\s-(?:-|C\s)/);
  const [before, options] = end === -1 ? [text, ''] : [text.slice(0, end), text.slice(end + 1)];
  const separator = isFileUrl(text) ? /(?<=\s);|;(?=\s)/ : ';';
  const [requirement = '', ...markers] = before.split(separator).map((part) => part.trim());
  const [extras = ''] = /\[[^\][/\\]*\]$/.exec(requirement) ?? [];
  const target = requirement.slice(0, requirement.length - extras.length).trimEnd();
  return { target, extras, marker: markers.join(' ; ').trim(), options };
};

/** `#egg=name[extra]&subdirectory=folder` after a URL or a path. A `#` of another kind is part of a path. */
const fragment = (
  target: string,
): { readonly path: string; readonly extras: string; readonly subdirectory: string } => {
  const [, path = target, found = ''] = /^(.*?)#((?:egg|subdirectory|sha\d+|md5)=.*)$/s.exec(target) ?? [];
  const value = (name: string): string => new RegExp(`(?:^|&)${name}=([^&]*)`).exec(found)?.[1] ?? '';
  return { path, extras: /\[[^\][]*\]/.exec(value('egg'))?.[0] ?? '', subdirectory: value('subdirectory') };
};

/** Parses the text after `-e` or `name @`, or a whole line, as a path or a `file:` URL. */
export const readLocal = (text: string, namedExtras = ''): LocalReference => {
  const { target, extras, marker, options } = split(text);
  const { path, extras: eggExtras, subdirectory } = fragment(target);
  const folder = isFileUrl(path) ? pathOfUrl(path) : path;
  return {
    target: subdirectory === '' ? folder : `${folder.replace(/\/$/, '')}/${subdirectory}`,
    rest: [
      namedExtras || extras || eggExtras,
      marker === '' ? '' : ` ; ${marker}`,
      options === '' ? '' : ` ${options}`,
    ].join(''),
    marked: marker !== '',
  };
};

/** The extras and the marker in the `rest` of a local reference. */
export const extrasAndMarker = (
  rest: string,
): { readonly extras: readonly string[]; readonly marker: string | null } => {
  const [, extras = '', marker] = /^(?:\[([^\]]*)\])?(?: ; (.*?))?(?: -[-C].*)?$/s.exec(rest) ?? [];
  const names = extras.split(',').map((name) => name.trim());
  return { extras: names.filter((name) => name !== ''), marker: marker ?? null };
};

const ARCHIVE = /^[^\s=<>!~,@]+\.(whl|zip|tar|tgz|tbz|txz|tlz|tar\.(gz|bz2|xz|lz|lzma))$/i;

/**
 * Whether a line that is not an option names a file or folder, by pip's rules: a leading dot, a slash, or an archive's
 * name.
 */
export const isLocal = (text: string): boolean => {
  const { target } = split(text);
  return (
    isFileUrl(target) ||
    /^\./.test(target) ||
    (!isRemote(target) && (/[/\\]/.test(target) || ARCHIVE.test(target)))
  );
};
