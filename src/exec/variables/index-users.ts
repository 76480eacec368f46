import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import * as E from 'fp-ts/Either';
import { userInfoOfIndex, withIndexUsers } from '../../plan/variables/index-credentials';
import type { Values } from '../../plan/variables/installer-environment';
import { namedHosts } from '../../plan/values/hosts-in-text';
import { netrcEntries } from '../../plan/values/netrc-entries';
import type { AskedIndex } from '../install/asked-indexes';
import { askedIndexes } from '../install/asked-indexes';
import type { ExecutionError } from '../errors/execution-error';
import { homeOf } from '../files/home';
import type { Install } from '../install/install';
import type { MachineFiles } from '../machine/settings-files';
import { NO_FILES, saidByMachine } from '../machine/settings-files';
import { findNetrc } from '../machine/netrc';
import { refusedIndex } from '../failures/refused-index';
import { textOf } from '../files/requirement-texts';

/** Makes both installers ask a keyring if one of them is set to do so. */
const keyring = ({ UV_KEYRING_PROVIDER: uv = '', PIP_KEYRING_PROVIDER: pip = '' }: Values) => ({
  ...(uv === 'subprocess' && pip === '' ? { PIP_KEYRING_PROVIDER: uv } : {}),
  ...(pip === 'subprocess' && uv === '' ? { UV_KEYRING_PROVIDER: pip } : {}),
});

/** Failures that the asked indexes can explain. */
const isOfIndex = ({ _tag }: ExecutionError): boolean => _tag === 'IndexFailed' || _tag === 'NoSuchVersion';

/** An index whose URL has a user name or a password, such as `${TOKEN}`. */
const NAMED = /^--(?:extra-)?index-url (\S+@\S+)$/gm;

/**
 * Gives the indexes of a lock their user names and passwords, from the variables and settings of this machine and from
 * the bundle's variables. If an index refuses an install, the error says which credentials it got.
 *
 * @param own the variables of this machine
 */
export const withIndexCredentials =
  (own: Values, files: MachineFiles = NO_FILES, install: Install): Install =>
  async (task) => {
    const { generated, isLocked, credentials = [], docker } = task.install;
    const said = saidByMachine(own, files, task.environment);
    // The installer reports errors in the settings.
    if (E.isLeft(said)) return install(task);
    const known: Values = { ...said.right.variables, ...task.environment };
    if (!isLocked)
      return E.mapLeft((error: ExecutionError) =>
        isOfIndex(error)
          ? refusedIndex(error, askedIndexes(task.install, known, own, files), credentials)
          : error,
      )(await install(task));
    const values: Record<string, string> = {};
    const asked: AskedIndex[] = [];
    const netrc = findNetrc(known, homeOf(known));
    const find = (url: string) => {
      const found = userInfoOfIndex(url, credentials, known);
      const [host = ''] = namedHosts([url]);
      const isInNetrc = netrc !== undefined && netrcEntries(textOf(netrc), [host]) !== '';
      asked.push({ url, by: found !== undefined ? 'variables' : isInNetrc ? 'netrc' : 'nothing' });
      return found;
    };
    for (const [place, { path: file, text }] of generated.entries()) {
      for (const [, url = ''] of text.matchAll(NAMED)) asked.push({ url, by: 'url' });
      const written = withIndexUsers(text, place, find);
      if (written.text === text) continue;
      await fs.writeFile(path.join(task.folders.input, file), written.text);
      Object.assign(values, written.values);
    }
    const names = Object.keys(values);
    const installed = await install({
      ...task,
      ...(names.length === 0
        ? {}
        : {
            install: {
              ...task.install,
              docker: { ...docker, environment: [...docker.environment, ...names] },
            },
          }),
      environment: { ...task.environment, ...keyring(known), ...values },
    });
    return E.mapLeft((error: ExecutionError) => refusedIndex(error, asked, credentials))(installed);
  };
