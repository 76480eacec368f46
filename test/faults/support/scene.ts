import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import * as path from 'node:path';
import { randomUUID } from 'node:crypto';
import { sha256 } from '../../../src/plan/values/hash';
import { repository } from '../../support/consumer';
import type { Tools } from '../../support/python-tools';
import { cached, environmentWith, hostPython, runTool } from '../../support/python-tools';
import { listTree, temporaryFolder, writeTree } from '../../support/temporary';

/** Two small packages as their authors publish them. */
const WHEELS = ['six-1.16.0-py2.py3-none-any.whl', 'idna-3.6-py3-none-any.whl'];

const wheels = (): string =>
  cached('wheels-of-faults', (folder) => {
    runTool(hostPython(), [
      ...['-I', '-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps'],
      ...['--dest', folder, 'six==1.16.0', 'idna==3.6'],
    ]);
  });

/** A CDK app of one function, and all that its runs leave: one folder for each. */
export interface Scene {
  readonly folder: string;
  readonly entry: string;
  readonly output: string;
  readonly store: string;
  /** What the processes have as their folder for temporaries. */
  readonly temporaries: string;
  readonly environment: NodeJS.ProcessEnv;
  /** A text that the environment of its processes, and of all that these start, has in it. */
  readonly token: string;
}

/** What a test may say of a scene. */
export interface SceneOptions {
  /** @default uv alone */
  readonly tools?: Tools;
  /** The function's options under `bundling`, as JSON. @default a zip */
  readonly bundling?: Readonly<Record<string, unknown>>;
  /** @default in a folder of the scene */
  readonly store?: string;
  readonly output?: string;
  /** The package that the app requires. @default this one, as it was last built */
  readonly library?: string;
  /** Files beside the entry. */
  readonly tree?: Readonly<Record<string, string | Uint8Array>>;
  readonly environment?: NodeJS.ProcessEnv;
}

/** The function; its requirements are files of this machine, so that no package index takes part. */
const SOURCES: Readonly<Record<string, string>> = {
  'function/index.py': 'def lambda_handler(event, context):\n    return event\n',
  'function/requirements.txt': WHEELS.map((wheel) => `../wheels/${wheel}\n`).join(''),
};

const appOf = (library: string): string => `
const { App, Stack } = require(${JSON.stringify(path.join(repository, 'node_modules/aws-cdk-lib'))});
const { Runtime } = require(${JSON.stringify(path.join(repository, 'node_modules/aws-cdk-lib/aws-lambda'))});
const { PythonFunction } = require(${JSON.stringify(path.join(library, 'lib/construct'))});
const { SCENE_ENTRY, SCENE_OUTPUT, SCENE_BUNDLING } = process.env;
const app = new App({ outdir: SCENE_OUTPUT });
const stack = new Stack(app, 'Stack');
new PythonFunction(stack, 'Function', {
  entry: SCENE_ENTRY,
  runtime: Runtime.PYTHON_3_13,
  bundling: JSON.parse(SCENE_BUNDLING),
});
console.log('begun');
app.synth();
console.log('done');
`;

export const newScene = ({
  tools = { uv: true },
  bundling = {},
  store,
  output,
  library = repository,
  tree = {},
  environment = {},
}: SceneOptions = {}): Scene => {
  const folder = temporaryFolder('cdk-lambda-python-fault-');
  writeTree(folder, { ...SOURCES, 'app.cjs': appOf(library) });
  writeTree(path.join(folder, 'function'), tree);
  mkdirSync(path.join(folder, 'wheels'));
  for (const wheel of WHEELS) copyFileSync(path.join(wheels(), wheel), path.join(folder, 'wheels', wheel));
  const token = randomUUID();
  const places = {
    entry: path.join(folder, 'function/index.py'),
    output: output ?? path.join(folder, 'cdk.out'),
    store: store ?? path.join(folder, 'store'),
    temporaries: path.join(folder, 'tmp'),
  };
  mkdirSync(places.temporaries);
  return {
    folder,
    token,
    ...places,
    environment: {
      ...environmentWith(tools),
      CDK_LAMBDA_PYTHON_CACHE: places.store,
      CDK_VALIDATION: 'false',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      FORCE_COLOR: undefined,
      NO_COLOR: '1',
      SCENE_ENTRY: places.entry,
      SCENE_OUTPUT: places.output,
      SCENE_BUNDLING: JSON.stringify(bundling),
      SCENE_TOKEN: token,
      TMPDIR: places.temporaries,
      ...(tools.docker === true ? {} : { CDK_DOCKER: path.join(folder, 'no-docker') }),
      ...environment,
    },
  };
};

/** Bundles of an output folder by name, each as all that is in it. */
export const bundlesIn = (output: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    (existsSync(output) ? readdirSync(output) : [])
      .filter((name) => name.startsWith('asset.'))
      .map((name) => {
        const place = path.join(output, name);
        return [name, statSync(place).isDirectory() ? listTree(place) : sha256(readFileSync(place))];
      }),
  );
