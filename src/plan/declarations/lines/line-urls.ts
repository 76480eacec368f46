import { isRemote } from '../../packaging/local/local-reference';
import { lineOptions } from './line-options';
import type { RequirementsLine } from './requirements-file';

/** A URL that an installer reads from a line. */
export interface LineUrl {
  readonly text: string;
  readonly isIndex: boolean;
}

const INDEX_OPTIONS = ['-i', '--index-url', '--extra-index-url', '--pypi-url'];
const LINKS_OPTIONS = ['-f', '--find-links'];

/** `name[extra] @ URL`: captures the URL. */
const DIRECT = /^[A-Za-z0-9][\w.-]*\s*(?:\[[^\]]*\]\s*)?@\s*(\S+)/;

const fetched = (text: string | undefined): readonly LineUrl[] =>
  text === undefined ? [] : [{ text, isIndex: false }];

/** The URLs that an installer reads from a line, as they are written. URLs in build options do not count. */
export const lineUrls = (line: RequirementsLine): readonly LineUrl[] => {
  switch (line._tag) {
    case 'Include':
      return isRemote(line.target) ? fetched(line.target) : [];
    case 'Named':
      return fetched(isRemote(line.text) ? /^\S+/.exec(line.text)?.[0] : DIRECT.exec(line.text)?.[1]);
    case 'Option':
      return lineOptions(line.text).flatMap(({ known, value }) => {
        if (known === null || value === undefined || value === '') return [];
        if (INDEX_OPTIONS.includes(known)) return [{ text: value, isIndex: true }];
        return LINKS_OPTIONS.includes(known) && isRemote(value) ? fetched(value) : [];
      });
    case 'LocalPackage':
    case 'FindLinks':
      return [];
  }
};
