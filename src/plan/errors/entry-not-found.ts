import type { BundleRequest } from '../request/bundle-request';
import { entryCandidates } from '../request/entry';
import { list } from '../values/message-text';

/** Files that help to find a missing entry. */
export interface NearEntry {
  /** Absolute paths of files, or folders, that may be meant; the likeliest first. @default - none */
  readonly nearby?: readonly string[];
  /** Whether they lie in the folder that `entry` names, so that `index` names them. @default false */
  readonly isIndex?: boolean;
  /** A defining JavaScript file that was compiled without a source map. @default - none */
  readonly compiled?: string;
}

/** An entry that does not exist. */
export interface EntryNotFound extends NearEntry {
  readonly _tag: 'EntryNotFound';
  /** Absolute paths, in the order in which they were tried. */
  readonly tried: readonly string[];
  readonly byId: boolean;
  /** Whether it is the entry of a layer, which is a folder. @default false */
  readonly isLayer?: boolean;
}

export const entryNotFound = (request: BundleRequest): EntryNotFound => ({
  _tag: 'EntryNotFound',
  tried: entryCandidates(request),
  byId: request.entry._tag === 'ById',
  ...(request.kind === 'layer' ? { isLayer: true } : {}),
});

export const showEntryNotFound = (error: EntryNotFound): string => {
  const { tried, byId, isLayer = false } = error;
  if (isLayer) {
    return tried.length === 0
      ? 'The call stack does not show the file that defines this layer. Set `entry` to the absolute path of the folder.'
      : `The folder of this layer does not exist. Looked for:${list(tried)}${around(error)}\nSet \`entry\` to a folder, absolute or relative to the file that defines the layer.`;
  }
  if (tried.length === 0) {
    return 'No Python entry: the call stack does not show the file that defines this function. Set `entry` to the path of the Python file.';
  }
  return byId
    ? `No Python entry for this function. Looked for:${list(tried)}${around(error)}\nCreate one of these files, or set \`entry\` to the path of the Python file.`
    : `The entry does not exist. Looked for:${list(tried)}${around(error)}\nSet \`entry\` to a Python file, or to a folder that holds \`index\` (default index.py).`;
};

const around = ({ nearby = [], isIndex = false, compiled }: NearEntry): string =>
  [
    ...(nearby.length === 0
      ? []
      : [
          `\nNearby ${nearby.length === 1 ? 'is' : 'are'}:${list(nearby)}\nIf you mean ${nearby.length === 1 ? 'that' : 'one of them'}, name it with \`${isIndex ? 'index' : 'entry'}\`.`,
        ]),
    ...(compiled === undefined
      ? []
      : [
          `\n${compiled} was compiled without a source map, so the folder of its TypeScript is not known. Set \`sourceMap\` (or \`inlineSourceMap\`) in tsconfig.json, or set \`entry\`.`,
        ]),
  ].join('');
