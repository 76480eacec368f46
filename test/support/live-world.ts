import * as path from 'node:path';
import { isExecutable, TOOLS_CACHE } from './python-tools';
import { remembered } from './remembered';
import type { InterpreterPlaces } from '../../src/exec/machine/interpreter';
import type { AskTool, ToolAnswer } from '../../src/exec/machine/known-tools';
import { askTool } from '../../src/exec/machine/known-tools';
import { liveWorld } from '../../src/exec/batch/live-world';
import { liveStore } from '../../src/exec/batch/live-store';
import { machineFiles } from '../../src/exec/machine/machine-files';
import type { World } from '../../src/exec/batch/world';

/** Variables of pip and Python that do not change what they say of their version. */
const HARMLESS = [
  ...['PYTHONUNBUFFERED', 'PYTHONDONTWRITEBYTECODE', 'PIP_FIND_LINKS', 'PIP_NO_INDEX', 'PIP_INDEX_URL'],
  ...['PIP_EXTRA_INDEX_URL', 'PIP_CACHE_DIR', 'PIP_CERT', 'PIP_RETRIES', 'PIP_DEFAULT_TIMEOUT'],
  'PIP_DISABLE_PIP_VERSION_CHECK',
];

const mayDecide = (variable: string): boolean =>
  /^(PYTHON|PIP_|VIRTUAL_ENV)/.test(variable) && !HARMLESS.includes(variable);

interface Question {
  readonly program: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

const answers = remembered('tool-answers', (key): ToolAnswer => {
  const { program, environment } = JSON.parse(key) as Question;
  return askTool({ environment, platform: process.platform })(program);
});

/** The file that a PATH has for a program, where it is one of the tools that tests share and that no test changes. */
const sharedTool = (name: string, { environment }: InterpreterPlaces): string | undefined => {
  const file = (environment['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find(isExecutable);
  return file !== undefined && path.dirname(path.dirname(file)).startsWith(TOOLS_CACHE + path.sep)
    ? file
    : undefined;
};

/** Asks a shared tool once a run, in whichever process that is. To ask pip for its version takes 0.2 s. */
const askOnce =
  (places: InterpreterPlaces): AskTool =>
  (program) => {
    const [name = '', ...rest] = program;
    const file = sharedTool(name, places);
    const { HOME } = places.environment;
    const isPlain = !Object.keys(places.environment).some(mayDecide);
    return file === undefined || !isPlain
      ? askTool(places)(program)
      : answers(JSON.stringify({ program: [file, ...rest], environment: { HOME } }));
  };

/** The world as it is, in which the tools that tests share are known. */
export const testWorld = async (environment: NodeJS.ProcessEnv): Promise<World> => {
  const places = { environment, platform: process.platform };
  const store = liveStore(places, { files: machineFiles(places), ask: askOnce(places) });
  return { ...(await liveWorld(environment)), store };
};
