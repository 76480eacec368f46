import { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { askHooks } from '../../../src/construct/props/hook-commands';
import { givenFunctionProps, givenLayerProps } from '../../../src/construct/props/given-props';
import type { PythonFunctionProps, PythonLayerVersionProps } from '../../../src/construct/index';
import { PythonLayerVersion } from '../../../src/construct/index';
import { showPlanError } from '../../../src/plan/errors/plan-error';
import { recordingStack } from '../support/app';

const test = suite('properties as untyped code may give them');

const said = (props: unknown): readonly string[] =>
  givenFunctionProps(props as PythonFunctionProps).errors.map(showPlanError);

/** What is given, and what is said of it. */
const WRONG: readonly (readonly [given: unknown, ...said: readonly string[]])[] = [
  [
    { entry: 'fn/h.py', index: 'other.py' },
    '`index` is "other.py", but must be left out where `entry` is a Python file.',
  ],
  [{ memorySize: NaN }, '`memorySize` is "NaN", but must be a number.'],
  [
    { executor: 'host', groups: ['a'], exclude: ['b'], bundling: { slim: true } },
    '`executor` is "a string", but must be left out: there is no such option; perhaps `bundling.executor` is meant.',
    '`groups` is "an array", but must be left out: there is no such option; perhaps `dependencies.groups` is meant.',
    '`exclude` is "an array", but must be left out: there is no such option; perhaps `bundling.exclude` or `dependencies.exclude` is meant.',
    '`bundling.slim` is "a boolean", but must be left out: there is no such option; perhaps `dependencies.slim` is meant.',
  ],
  [
    { depsLockFilePath: 'uv.lock', bundle: {}, hooks: {}, bundling: { hooks: {} } },
    '`depsLockFilePath` is "a string", but must be left out: there is no such option; perhaps `dependencies.from` is meant.',
    '`bundle` is "an object", but must be left out: there is no such option; perhaps `bundling` is meant.',
    '`hooks` is "an object", but must be left out: there is no such option; perhaps `bundling.commandHooks` is meant.',
    '`bundling.hooks` is "an object", but must be left out: there is no such option; perhaps `bundling.commandHooks` is meant.',
  ],
  [{ entry: 5 }, '`entry` is "5", but must be a text.'],
  [{ entry: '' }, '`entry` is "", but must be a path; "." is the folder itself.'],
  [
    { bundling: { include: [{ from: '', to: 'shared' }] } },
    '`bundling.include[0].from` is "", but must be a path; "." is the folder itself.',
  ],
  [
    { runtime: 'python3.13' },
    '`runtime` is "python3.13", but must be a Runtime, such as Runtime.PYTHON_3_13.',
  ],
  [
    { architecture: 'arm64' },
    '`architecture` is "arm64", but must be Architecture.X86_64 or Architecture.ARM_64.',
  ],
  [
    { bundling: 'docker' },
    '`bundling` is "docker", but must be an object with options, such as { executor: "docker" }.',
  ],
  [{ bundling: { exclude: '*.md' } }, '`bundling.exclude` is "*.md", but must be a list of texts.'],
  [{ bundling: { exclude: ['a', 1] } }, '`bundling.exclude[1]` is "1", but must be a text.'],
  [
    { bundling: { assetExclude: ['*.md'] } },
    '`bundling.assetExclude` is "an array", but must be left out: there is no such option; perhaps assetExcludes is meant.',
  ],
  [
    { bundling: { dependencies: { groups: ['dev'] } } },
    '`bundling.dependencies` is "an object", but must be "bundle" or "layer"; the property `dependencies` of the function says what is installed.',
  ],
  [
    { bundling: { volumes: [{ hostPath: '/a', containerPaht: '/b' }] } },
    '`bundling.volumes[0].containerPaht` is "a string", but must be left out: there is no such option; perhaps containerPath is meant.',
    '`bundling.volumes[0]` is "an object without containerPath", but must be an object with hostPath and containerPath.',
  ],
  [
    { bundling: { include: '../shared' } },
    '`bundling.include` is "../shared", but must be a list of objects with from and to.',
  ],
  [
    { bundling: { include: ['../shared', { from: 5, too: 'x' }] } },
    '`bundling.include[0]` is "../shared", but must be an object with from and to.',
    '`bundling.include[1].from` is "5", but must be a text.',
    '`bundling.include[1].too` is "a string", but must be left out: there is no such option; perhaps to is meant.',
    '`bundling.include[1]` is "an object without to", but must be an object with from and to.',
  ],
  [
    { bundling: { include: [{ to: 'x' }, { from: 'x' }] } },
    '`bundling.include[0]` is "an object without from", but must be an object with from and to.',
    '`bundling.include[1]` is "an object without to", but must be an object with from and to.',
  ],
  [{ bundling: { environment: { A: 1 } } }, '`bundling.environment.A` is "a number", but must be a text.'],
  // As `process.env.A` is where the variable is not set.
  [
    { bundling: { environment: { A: undefined } } },
    '`bundling.environment.A` is "undefined", but must be a text.',
  ],
  [
    { bundling: { buildArgs: { A: undefined } } },
    '`bundling.buildArgs.A` is "undefined", but must be a text.',
  ],
  [
    { entri: 'a.py', bundling: { sbom: 'yes' } },
    '`entri` is "a string", but must be left out: there is no such option; perhaps entry is meant.',
    '`bundling.sbom` is "yes", but must be true or false.',
  ],
  [
    { memory: 256 },
    '`memory` is "a number", but must be left out: there is no such option; perhaps `bundling.memory` or memorySize is meant.',
  ],
  [
    { xyz: 256 },
    '`xyz` is "a number", but must be left out: there is no such option, only entry, index, handler, runtime, dependencies, bundling and the options of lambda.Function.',
  ],
  [
    { code: { path: 'src' } },
    '`code` is "an object", but must be left out: `entry` names the Python file, or the folder that it is in.',
  ],
  [
    { bundling: { environment: [] } },
    '`bundling.environment` is "an array", but must be an object with names and texts.',
  ],
  [
    { bundling: { commandHooks: 'make' } },
    '`bundling.commandHooks` is "make", but must be an object with the methods beforeBundling and afterBundling.',
  ],
  [
    { bundling: { commandHooks: { beforeBundling: 'make' } } },
    '`bundling.commandHooks` is "an object without the methods beforeBundling and afterBundling", but must be an object with the methods beforeBundling and afterBundling.',
  ],
  [5, '`props` is "5", but must be an object with properties.'],
];

/** Objects whose content is in no property: all of it would be left out in silence. */
const WITHOUT_PROPERTIES: readonly (readonly [given: unknown, kind: string])[] = [
  [new Map([['A', '1']]), 'a Map'],
  [new Set(['A']), 'a Set'],
  [new URLSearchParams('A=1'), 'a URLSearchParams'],
  [new Date(0), 'a Date'],
  [Promise.resolve({ A: '1' }), 'a Promise'],
];
for (const [given, kind] of WITHOUT_PROPERTIES)
  test(`${kind} is no object with options`, () => {
    const bundling = { environment: given, buildArgs: given, volumes: [given], include: [given] };
    assert.equal(said({ environment: given, bundling }), [
      `\`environment\` is "${kind}", but must be an object with names and texts.`,
      `\`bundling.environment\` is "${kind}", but must be an object with names and texts.`,
      `\`bundling.buildArgs\` is "${kind}", but must be an object with names and texts.`,
      `\`bundling.volumes[0]\` is "${kind}", but must be an object with hostPath and containerPath.`,
      `\`bundling.include[0]\` is "${kind}", but must be an object with from and to.`,
    ]);
    assert.equal(said({ bundling: given }), [
      `\`bundling\` is "${kind}", but must be an object with options, such as { executor: "docker" }.`,
    ]);
    assert.equal(said(given), [`\`props\` is "${kind}", but must be an object with properties.`]);
  });

for (const [given, ...expected] of WRONG)
  test(JSON.stringify(given), () => {
    assert.equal(said(given), expected);
  });

test('hooks give lists of commands', () => {
  const commandHooks = { beforeBundling: () => 'make', afterBundling: () => ['make', 5] };
  assert.equal(said({ bundling: { commandHooks } }), [
    '`bundling.commandHooks.beforeBundling(…)` is "make", but must be a list of commands, such as ["make"].',
    '`bundling.commandHooks.afterBundling(…)[1]` is "5", but must be a text.',
  ]);
});

test('another method beside the hooks would never run', () => {
  const hooks = { beforeBundling: () => [], afterBundling: () => [] };
  assert.equal(said({ bundling: { commandHooks: { ...hooks, beforeInstall: () => ['make'] } } }), [
    '`bundling.commandHooks.beforeInstall` is "a function", but must be left out: there is no such option, only beforeBundling, afterBundling.',
  ]);
  class Hooks {
    readonly beforeBundling = () => [];
    readonly afterBundling = () => [];
    readonly more = () => [];
  }
  assert.equal(said({ bundling: { commandHooks: new Hooks() } }), []);
});

test('the method that a class of hooks lacks is named', () => {
  class Hooks {
    public beforeBundling(): string[] {
      return [];
    }
  }
  assert.equal(said({ bundling: { commandHooks: new Hooks() } }), [
    '`bundling.commandHooks` is "an object without the method afterBundling", but must be an object with the methods beforeBundling and afterBundling.',
  ]);
});

test('an empty text is no command', () => {
  const commandHooks = { beforeBundling: () => ['', ' '], afterBundling: () => ['make', ''] };
  const { hooks } = askHooks(commandHooks);
  assert.equal([hooks.beforeBundling('', ''), hooks.afterBundling('', '')], [[], ['make']]);
});

test('hooks that give nothing have no commands', () => {
  assert.equal(
    said({ bundling: { commandHooks: { beforeBundling: () => undefined, afterBundling: () => null } } }),
    [],
  );
});

test('what is right stays, beside what is wrong', () => {
  const props = {
    runtime: Runtime.PYTHON_3_13,
    memorySize: 256,
    entry: 5,
    bundling: { exclude: 'x', sbom: true },
  };
  assert.equal(givenFunctionProps(props as unknown as PythonFunctionProps).props, {
    runtime: Runtime.PYTHON_3_13,
    memorySize: 256,
    bundling: { sbom: true },
  });
});

test('all options are options', () => {
  const props: PythonFunctionProps = {
    entry: 'a.py',
    architecture: Architecture.ARM_64,
    bundling: { executor: { execute: () => [] }, command: ['make'], pidsLimit: -1 },
  };
  assert.equal(givenFunctionProps(props), { props, errors: [], undefinedNames: [] });
});

test('a layer without an entry lacks it, and nothing else is said', () => {
  const expected = '`entry` is "undefined", but must be the path of the folder that goes into the layer.';
  const compatibleRuntimes = [Runtime.PYTHON_3_13];
  for (const props of [{ compatibleRuntimes }, { compatibleRuntimes, entry: undefined }]) {
    const given = props as unknown as PythonLayerVersionProps;
    assert.equal(givenLayerProps(given).errors.map(showPlanError), [expected]);
    assert.equal(new PythonLayerVersion(recordingStack(), 'Layer', given).node.validate(), [expected]);
  }
});

test('layers', () => {
  const layer = { entry: '', compatibleRuntimes: Runtime.PYTHON_3_13, bundling: { dependencies: 'layer' } };
  const messages = givenLayerProps(layer as unknown as PythonLayerVersionProps).errors.map(showPlanError);
  assert.equal(
    messages.map((message) => message.replace(/only .*/, 'only')),
    [
      '`entry` is "", but must be a path; "." is the folder itself.',
      '`compatibleRuntimes` is "an object", but must be a list of runtimes, such as [Runtime.PYTHON_3_13].',
      '`bundling.dependencies` is "a string", but must be left out: there is no such option, only',
    ],
  );
});

test.run();
