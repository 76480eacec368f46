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

/** An index that was asked, and with which user name and password. */
export interface AskedIndex {
  /** Without user name and password. */
  readonly url: string;
  /** Where its user name and password came from. */
  readonly by: 'variables' | 'netrc' | 'url' | 'nothing';
  /** Where its URL stands: `file:line`, or a variable. @default not known */
  readonly from?: string;
  /** How the names of the variables begin in which its user name and password may be. @default there are none */
  readonly variables?: string;
  /** Names of the variables that its URL has as user name and password. @default it has none */
  readonly inUrl?: readonly string[];
}

/** An index as it is named somewhere, with the name that uv may give it. */
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

/** The indexes of requirements files as their user wrote them, and of those that were generated. */
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

/** The settings file that a variable stands for, where it is none of the machine's own. */
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

/** The variables, such as `${USER}`, that a URL has as user name and password. */
const variablesInUrl = (url: string): Pick<AskedIndex, 'inUrl'> => {
  const read = readUrl(url);
  const names = isRight(read) ? variablesOfUrl(read.right) : [];
  return names.length === 0 ? {} : { inUrl: [...new Set(names)] };
};

const hasValue = (values: Values, variables: string): boolean =>
  credentialNames(variables).some((name) => (values[name] ?? '') !== '');

/**
 * The indexes that an install without a lock asks, in the order in which they are named.
 *
 * @param values the variables of this machine, those that its files stand for, and the bundle's
 * @param own the variables of this machine alone
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
