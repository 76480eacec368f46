import { isRight } from 'fp-ts/Either';
import { lineUrls } from '../../plan/declarations/lines/line-urls';
import { readRequirements } from '../../plan/declarations/lines/requirements-file';
import { INDEX_VARIABLES } from '../../plan/variables/declared-index';
import type { IndexCredentials } from '../../plan/variables/index-credentials';
import { credentialNames, variablesOfIndex } from '../../plan/variables/index-credentials';
import type { InstallPlan } from '../../plan/model/install-plan';
import type { Values } from '../../plan/variables/installer-environment';
import { namedHosts } from '../../plan/values/hosts-in-text';
import { netrcEntries } from '../../plan/values/netrc-entries';
import { redactUrls } from '../../plan/values/redact';
import { indexTexts } from '../../plan/declarations/uv-settings/uv-files';
import { readUrl, splitUrl, variablesOfUrl } from '../../plan/values/url';
import { homeOf } from '../files/home';
import type { MachineFiles } from '../machine/settings-files';
import { findNetrc } from '../machine/netrc';
import { requirementFiles, textOf } from '../files/requirement-texts';

/** An index that was asked, and the source of its user name and password. */
export interface AskedIndex {
  /** Without user name and password. */
  readonly url: string;
  /** The source of its user name and password. */
  readonly by: 'variables' | 'netrc' | 'url' | 'nothing';
  /** The place of its URL: `file:line`, or a variable. @default - not known */
  readonly from?: string;
  /** The prefix of the variables for its user name and password. @default - no such variables */
  readonly variables?: string;
  /** Names of the variables in its URL's user name and password. @default - none */
  readonly inUrl?: readonly string[];
}

/** An index as declared, perhaps with a name for uv. */
interface Named {
  readonly url: string;
  readonly name?: string | undefined;
  readonly from?: string;
}

const inText = (text: string, file?: string): readonly Named[] =>
  readRequirements(text).flatMap((line) =>
    lineUrls(line)
      .filter(({ isIndex }) => isIndex)
      .map(({ text: url }) => ({ url, ...(file === undefined ? {} : { from: `${file}:${line.at.from}` }) })),
  );

/** The indexes of the user's requirements files, and of the generated ones. */
const inFiles = ({ declaration, generated }: InstallPlan): readonly Named[] => [
  ...(declaration?.endsWith('.txt') === true
    ? requirementFiles([declaration]).flatMap(({ file, text = '' }) => inText(text, file))
    : []),
  ...generated.flatMap(({ text }) => inText(text)),
];

const inSettings = ({ uv }: InstallPlan): readonly Named[] => {
  const listed = uv?.settings['index'];
  const named = (Array.isArray(listed) ? listed : []) as readonly { name?: string; url: string }[];
  const place = uv?.from.find(({ setting }) => setting === 'index');
  return indexTexts(uv)
    .flatMap((text) => inText(text))
    .map(({ url }) => ({
      url,
      name: named.find((each) => each.url === url)?.name,
      ...(place === undefined ? {} : { from: `${place.file}:${place.line}` }),
    }));
};

/** The source of a variable: a settings file, or the variable itself if the machine sets it. */
const originOf = (variable: string, own: Values, files: MachineFiles): string => {
  const read = isRight(files) ? [...files.right.uv, ...files.right.pip] : [];
  const file =
    own[variable] === undefined
      ? [...read].reverse().find((each) => variable in each.variables)?.file
      : undefined;
  return file ?? `the variable ${variable}`;
};

const inVariables = (values: Values, own: Values, files: MachineFiles): readonly Named[] =>
  INDEX_VARIABLES.flatMap((variable) =>
    (values[variable] ?? '')
      .split(/\s+/)
      .filter((part) => part !== '')
      .map((part) => {
        const [, name, url = part] = /^([\w.-]+)=([a-z]+:.*)$/i.exec(part) ?? [];
        return { url, name, from: originOf(variable, own, files) };
      }),
  );

const hasUser = (url: string): boolean => (splitUrl(url)?.userInfo ?? '') !== '';

/** The variables, such as `${USER}`, in a URL's user name and password. */
const variablesInUrl = (url: string): Pick<AskedIndex, 'inUrl'> => {
  const read = readUrl(url);
  const names = isRight(read) ? variablesOfUrl(read.right) : [];
  return names.length === 0 ? {} : { inUrl: [...new Set(names)] };
};

const hasValue = (values: Values, variables: string): boolean =>
  credentialNames(variables).some((name) => (values[name] ?? '') !== '');

/**
 * The indexes that an install without a lock asks, in their declared order.
 *
 * @param values the variables of this machine, of its settings files, and of the bundle
 * @param own only the variables of this machine
 */
export const askedIndexes = (
  install: InstallPlan,
  values: Values,
  own: Values,
  files: MachineFiles,
): readonly AskedIndex[] => {
  const netrc = findNetrc(values, homeOf(values));
  const isInNetrc = (url: string): boolean => {
    const [host = ''] = namedHosts([url]);
    return netrc !== undefined && netrcEntries(textOf(netrc), [host]) !== '';
  };
  const declared: readonly IndexCredentials[] = install.credentials ?? [];
  return [...inFiles(install), ...inSettings(install), ...inVariables(values, own, files)].map(
    ({ url, name, from }) => {
      const variables =
        name === undefined
          ? declared.find((each) => each.url === url)?.variables
          : variablesOfIndex('uv', name);
      const isFilled = variables !== undefined && hasValue(values, variables);
      const by = hasUser(url) ? 'url' : isFilled ? 'variables' : isInNetrc(url) ? 'netrc' : 'nothing';
      return {
        url: redactUrls(url),
        by,
        ...(from === undefined ? {} : { from }),
        ...(variables === undefined ? {} : { variables }),
        ...(by === 'url' ? variablesInUrl(url) : {}),
      } as const;
    },
  );
};
