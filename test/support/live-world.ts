import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { isExecutable, TOOLS_CACHE } from './python-tools';
import { remembered } from './remembered';
import type { Ask, InterpreterPlaces } from '../../src/exec/machine/interpreter';
import { askProgram } from '../../src/exec/machine/interpreter';
import type { AskTool, ToolAnswer } from '../../src/exec/machine/known-tools';
import { askTool, nativeVersions } from '../../src/exec/machine/known-tools';
import { liveWorld } from '../../src/exec/batch/live-world';
import type { World } from '../../src/exec/batch/world';

/** Variables of pip and Python that do not change what they say of their version. */
const HARMLESS = [
  ...['PYTHONUNBUFFERED', 'PYTHONDONTWRITEBYTECODE', 'PIP_FIND_LINKS', 'PIP_NO_INDEX', 'PIP_INDEX_URL'],
  ...['PIP_EXTRA_INDEX_URL', 'PIP_CACHE_DIR', 'PIP_CERT', 'PIP_RETRIES', 'PIP_DEFAULT_TIMEOUT'],
  'PIP_DISABLE_PIP_VERSION_CHECK',
];

/** Whether a Python is one of this machine's or of the tools that tests share, and not of a folder of a test. */
const isLasting = (program: string): boolean => !program.startsWith(tmpdir() + path.sep);

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

/** Whether a program is a shared tool, and no variable decides what it says of itself. */
const isShared = ([name = '']: readonly string[], places: InterpreterPlaces): boolean =>
  sharedTool(name, places) !== undefined && !Object.keys(places.environment).some(mayDecide);

/** Asks a shared tool once a run, in whichever process that is. To ask pip for its version takes 0.2 s. */
const askOnce =
  (places: InterpreterPlaces): AskTool =>
  (program) => {
    const [name = '', ...rest] = program;
    const { HOME } = places.environment;
    return isShared(program, places)
      ? answers(JSON.stringify({ program: [sharedTool(name, places), ...rest], environment: { HOME } }))
      : askTool(places)(program);
  };

/** An install takes what is known of a shared tool too: it is the same one in every folder. */
const knownShared: typeof nativeVersions = (versions, places) => {
  const native = nativeVersions(versions, places);
  return (program) => (isShared(program, places) ? versions(program) : native(program));
};

const pythonAnswers = remembered('python-answers', (key): string | null => {
  const { program, argv } = JSON.parse(key) as { readonly program: string; readonly argv: readonly string[] };
  return askProgram(program, argv) ?? null;
});

/** Asks a Python that no test changes once a run, and others each time. */
const askPythonOnce: Ask = (program, argv) =>
  isLasting(program)
    ? (pythonAnswers(JSON.stringify({ program, argv })) ?? undefined)
    : askProgram(program, argv);

/** The world as it is, in which the tools that tests share are known. */
export const testWorld = (environment: NodeJS.ProcessEnv): Promise<World> =>
  liveWorld(environment, true, { tools: askOnce, python: askPythonOnce, known: knownShared });
