import { decodedUrl } from '../../values/decoded-url';

const NAME = /^[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?/;

/**
 * The name of the distribution at a bare URL: the one after `#egg=`, else that of its file or repository.
 *
 * @example "git+https://example.com/x.git@main" is "x", "https://example.com/my_lib-1.0-py3-none-any.whl" is "my_lib"
 */
export const nameInUrl = (text: string): string | undefined => {
  const [url = ''] = text.split(/\s/);
  const [place = '', fragment = ''] = url.split('#');
  const egg = /(?:^|&)egg=([^&]+)/.exec(fragment)?.[1];
  return NAME.exec(decodedUrl(egg ?? fileOf(place)))?.[0];
};

/** The last part of a URL's path, without a revision, an ending and a version. */
const fileOf = (place: string): string => {
  const isRepository = /^(git|hg|svn|bzr)\+/i.test(place);
  const [, path = ''] = /^[^/]*\/\/[^/?]*\/([^?]*)/.exec(place) ?? [];
  const whole = (isRepository ? path.replace(/@[^@]*$/, '') : path).replace(/\/+$/, '');
  const file = whole.slice(whole.lastIndexOf('/') + 1).replace(/\.git$/, '');
  // A wheel has no dash in its name; a source distribution may, and its version begins with a digit.
  if (/\.whl$/i.test(file)) return file.split('-')[0] ?? file;
  return isRepository
    ? file
    : file.replace(/\.(tar\.\w+|tgz|zip|tbz|txz|tlz|tar)$/i, '').replace(/-v?\d[^-]*$/, '');
};
