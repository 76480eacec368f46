/**
 * Turns a URL after `-e` into a requirement that is not editable, under the name in its fragment, if any.
 *
 * @example "git+https://example.com/x.git@v1#egg=x&subdirectory=py" is "x @ git+https://example.com/x.git@v1#subdirectory=py"
 */
export const editableUrl = (text: string): string => {
  const [, url, fragment = '', rest = ''] = /^([^\s#]+)#(\S*)(.*)$/s.exec(text) ?? [];
  const parts = fragment.split('&');
  const [, name] = parts.map((part) => EGG.exec(part)).find((egg) => egg !== null) ?? [];
  if (url === undefined || name === undefined) return text;
  const others = parts.filter((part) => !EGG.test(part));
  return `${name} @ ${url}${others.length === 0 ? '' : `#${others.join('&')}`}${rest}`;
};

const EGG = /^egg=([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?(?:\[[^\][]*\])?)$/;
