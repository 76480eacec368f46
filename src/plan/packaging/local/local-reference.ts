import { decodedUrl } from '../../values/decoded-url';

/** What a requirements line says of a file or folder of this machine. */
export interface LocalReference {
  /** Absolute, or relative to the folder the installer runs in. */
  readonly target: string;
  /** Extras, marker and options, in the one way of writing them that uv and pip both read. */
  readonly rest: string;
  /** Whether it has an environment marker. */
  readonly marked: boolean;
}

/** Whether a target is fetched from the network, or from a version control system: a URL, but not a `file:` one. */
export const isRemote = (target: string): boolean =>
  !/^file:/i.test(target) && (/^[a-z][a-z0-9+.-]+:\/\//i.test(target) || /^(git|hg|svn|bzr)\+/i.test(target));

/** The path of a `file:` URL, less its query and fragment. */
export const pathOfUrl = (url: string): string =>
  decodedUrl(url.replace(/^file:(\/\/(localhost)?(?=\/))?/i, '').replace(/[?#].*/s, ''));

const isFileUrl = (target: string): boolean => /^file:/i.test(target);

interface Parts {
  readonly target: string;
  readonly extras: string;
  readonly marker: string;
  readonly options: string;
}

/** Takes `./lib[extra] ; marker --hash=…` apart. In a URL only a `;` beside white space begins a marker. */
const split = (text: string): Parts => {
  // White space is looked for one at a time: of a thousand in a row a pattern would try to read each beginning.
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

/** Reads what follows `-e` or `name @`, or a whole line, as a path or a `file:` URL. */
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

/** Whether a line that is no option names a file or folder, as pip tells it: by a leading dot, a slash, or an archive's name. */
export const isLocal = (text: string): boolean => {
  const { target } = split(text);
  return (
    isFileUrl(target) ||
    /^\./.test(target) ||
    (!isRemote(target) && (/[/\\]/.test(target) || ARCHIVE.test(target)))
  );
};
