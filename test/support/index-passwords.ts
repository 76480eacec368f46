import { CANARY } from './canary';

/** How a user may give the password of an index. */
export interface PasswordWay {
  readonly name: string;
  /** @default both */
  readonly tool?: 'uv' | 'pip';
  /** Lines before the requirement. @default none */
  readonly lines?: string;
  /** @default the requirement by its name */
  readonly requirement?: string;
  /** Variables of this machine. @default none */
  readonly own?: Readonly<Record<string, string>>;
  /** Those of the bundle. @default none */
  readonly given?: Readonly<Record<string, string>>;
  /** Files of the user's home. @default none */
  readonly home?: Readonly<Record<string, string>>;
}

/**
 * All ways there are, of an index whose password is the canary.
 *
 * @param url of the index, without user name and password
 */
const passwordWays = (url: string): readonly PasswordWay[] => {
  const withPassword = url.replace('//', `//aws:${encodeURIComponent(CANARY)}@`);
  const wheel = url.replace('/simple', '/files/private-lib/private_lib-1-py3-none-any.whl');
  return [
    { name: 'a variable of this machine', own: { PIP_INDEX_URL: withPassword } },
    { name: "uv's variable of this machine", own: { UV_DEFAULT_INDEX: withPassword } },
    { name: "uv's older variable", own: { UV_INDEX_URL: withPassword } },
    {
      name: 'an extra index',
      own: {
        PIP_INDEX_URL: `${url}/none`,
        PIP_EXTRA_INDEX_URL: withPassword,
        // pip alone asks no index in an order.
        UV_INDEX_STRATEGY: 'unsafe-best-match',
      },
    },
    {
      name: 'user name and password of a named index',
      tool: 'uv',
      own: {
        UV_DEFAULT_INDEX: `private=${url}`,
        UV_INDEX_PRIVATE_USERNAME: 'aws',
        UV_INDEX_PRIVATE_PASSWORD: CANARY,
      },
    },
    { name: 'a variable of the bundle', given: { PIP_INDEX_URL: withPassword } },
    { name: 'a line of the requirements', lines: `--index-url ${withPassword}\n` },
    {
      name: 'a variable in a line of the requirements',
      lines: `--index-url ${url.replace('//', '//aws:${INDEX_TOKEN}@')}\n`,
      own: { INDEX_TOKEN: encodeURIComponent(CANARY) },
    },
    {
      name: 'the URL of a requirement',
      lines: `--no-index\n`,
      requirement: `private-lib @ ${wheel.replace('//', `//aws:${encodeURIComponent(CANARY)}@`)}`,
    },
    {
      name: 'a netrc file',
      own: { PIP_INDEX_URL: url },
      home: { '.netrc': `machine 127.0.0.1 login aws password ${CANARY}\n` },
    },
    {
      name: 'pip.conf',
      tool: 'pip',
      home: { '.config/pip/pip.conf': `[global]\nindex-url = ${withPassword}\n` },
    },
    {
      name: 'uv.toml',
      tool: 'uv',
      home: { '.config/uv/uv.toml': `[[index]]\nurl = "${withPassword}"\ndefault = true\n` },
    },
  ];
};

/** Those that a tool reads. */
export const waysFor = (url: string, tool: 'uv' | 'pip'): readonly PasswordWay[] =>
  passwordWays(url).filter((way) => (way.tool ?? tool) === tool);

/** Whether a way is one of those that are tried where a run takes seconds. */
export const isAmongFew = ({ name }: PasswordWay): boolean =>
  ['a variable of the bundle', 'a line of the requirements', 'a netrc file'].includes(name);
