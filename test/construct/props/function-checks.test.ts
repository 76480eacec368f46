import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Lazy } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { givenFunctionProps, givenLayerProps } from '../../../src/construct/props/given-props';
import type { PythonFunctionProps, PythonLayerVersionProps } from '../../../src/construct/index';
import { PythonFunction } from '../../../src/construct/index';
import type { PlanError } from '../../../src/plan/errors/plan-error';
import { showPlanError } from '../../../src/plan/errors/plan-error';
import { functionProperties, recordingStack, sources } from '../support/app';

const test = suite('options of lambda.Function as untyped code may give them');

interface TypeOf {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: string; readonly elementtype: TypeOf };
}

interface Described {
  readonly kind: string;
  readonly datatype?: boolean;
  readonly interfaces?: readonly string[];
  readonly properties?: readonly { readonly name: string; readonly type: TypeOf; readonly optional?: true }[];
}

/** What CDK says of its own types, for other languages than TypeScript. */
const described = ((): Readonly<Record<string, Described>> => {
  const file = path.join(path.dirname(require.resolve('aws-cdk-lib/package.json')), '.jsii.gz');
  return (JSON.parse(gunzipSync(readFileSync(file)).toString()) as { types: Record<string, Described> })
    .types;
})();

const propertiesOf = (name: string): NonNullable<Described['properties']> => {
  const { interfaces = [], properties = [] } = described[name] ?? { kind: 'none' };
  return [...interfaces.flatMap(propertiesOf), ...properties];
};

/** A wrong value, and the end of the path that a message must name. */
type Wrong = readonly [value: unknown, where: string];

const within = (
  wrap: (value: unknown) => unknown,
  where: string,
  wrong: readonly Wrong[],
): readonly Wrong[] => wrong.map(([value, inner]) => [wrap(value), `${where}${inner}`]);

/** Values that a type cannot have, at each of its depths. */
const wrongValues = ({ primitive, collection, fqn }: TypeOf): readonly Wrong[] => {
  if (primitive !== undefined)
    return [
      [primitive === 'string' ? 5 : 'x', ''],
      [{}, ''],
      [null, ''],
    ];
  if (collection !== undefined) {
    const inner = wrongValues(collection.elementtype);
    return collection.kind === 'array'
      ? [['x', ''], [{}, ''], ...within((value) => [value], '[0]', inner)]
      : [['x', ''], [['x'], ''], ...within((A) => ({ A }), '.A', inner)];
  }
  const type = described[fqn ?? ''];
  // Members of these are numbers, and others than these are amounts too.
  const isAmount = fqn === 'aws-cdk-lib.aws_logs.RetentionDays';
  if (type?.kind === 'enum')
    return [
      [{}, ''],
      [isAmount ? 'x' : 'no such member', ''],
    ];
  if (type?.datatype !== true)
    return [
      ['x', ''],
      [5, ''],
      [{}, ''],
      [[], ''],
    ];
  return [
    ['x', ''],
    [{ noSuchName: 1 }, '.noSuchName'],
    ...(propertiesOf(fqn ?? '').some(({ optional }) => optional !== true) ? [[{}, ''] as const] : []),
    ...propertiesOf(fqn ?? '').flatMap((property) =>
      within((value) => ({ [property.name]: value }), `.${property.name}`, wrongValues(property.type)),
    ),
  ];
};

const optionsOf = (errors: readonly PlanError[]): readonly string[] =>
  errors.map((error) => (error._tag === 'InvalidOption' ? error.option : error._tag));

/** What is wrong but for an object around it, which may lack other options as well. */
const innermost = (options: readonly string[]): readonly string[] =>
  options.filter((option) => !options.some((other) => other.startsWith(`${option}.`)));

for (const { name, type } of propertiesOf('aws-cdk-lib.aws_lambda.FunctionOptions'))
  for (const [value, where] of wrongValues(type))
    test(`${name}: ${JSON.stringify(value)}`, () => {
      const props = { [name]: value } as unknown as PythonFunctionProps;
      assert.equal(innermost(optionsOf(givenFunctionProps(props).errors)), [`${name}${where}`]);
    });

for (const { name, type } of propertiesOf('aws-cdk-lib.aws_lambda.LayerVersionOptions'))
  for (const [value, where] of wrongValues(type))
    test(`${name} of a layer: ${JSON.stringify(value)}`, () => {
      const props = { entry: 'a', [name]: value } as unknown as PythonLayerVersionProps;
      assert.equal(optionsOf(givenLayerProps(props).errors), [`${name}${where}`]);
    });

const MESSAGES: readonly (readonly [given: unknown, said: string])[] = [
  [
    { layers: ['arn:aws:lambda:eu-west-1:123456789012:layer:a:1'] },
    '`layers[0]` is "arn:aws:lambda:eu-west-1:123456789012:layer:a:1", but must be a layer (ILayerVersion), such as LayerVersion.fromLayerVersionArn(this, "Layer", arn).',
  ],
  [{ timeout: 30 }, '`timeout` is "30", but must be a Duration, such as Duration.seconds(30).'],
  [
    { ephemeralStorageSize: 512 },
    '`ephemeralStorageSize` is "512", but must be a Size, such as Size.mebibytes(1024).',
  ],
  [
    { vpc: { vpcId: 'vpc-1' } },
    '`vpc` is "an object", but must be a VPC (IVpc), such as Vpc.fromLookup(this, "Vpc", { vpcId }).',
  ],
  [
    { vpcSubnets: { subnetType: 'x' } },
    `\`vpcSubnets.subnetType\` is "x", but must be one of ${Object.keys(SubnetType)
      .map((member) => `SubnetType.${member}`)
      .join(', ')}.`,
  ],
  [
    { adotInstrumentation: {} },
    '`adotInstrumentation` is "an object without layerVersion and execWrapper", but must be an object with layerVersion and execWrapper.',
  ],
  [
    { durableConfig: {} },
    '`durableConfig` is "an object without executionTimeout", but must be an object with options, such as { executionTimeout: Duration.hours(1) }.',
  ],
  [{ memorySize: '128' }, '`memorySize` is "128", but must be a number.'],
  [{ environment: { PASSWORD: 12 } }, '`environment.PASSWORD` is "a number", but must be a text.'],
  [
    { tracing: 'active' },
    '`tracing` is "active", but must be one of Tracing.ACTIVE, Tracing.PASS_THROUGH, Tracing.DISABLED.',
  ],
  [
    { currentVersionOptions: { provisionedConcurrency: 5 } },
    '`currentVersionOptions.provisionedConcurrency` is "a number", but must be left out: there is no such option; perhaps provisionedConcurrentExecutions is meant.',
  ],
  [
    { environment: Object.assign(() => 'secret', {}) },
    '`environment` is "a function", but must be an object with names and texts.',
  ],
];

for (const [given, said] of MESSAGES)
  test(said, () => {
    assert.equal(givenFunctionProps(given as PythonFunctionProps).errors.map(showPlanError), [said]);
  });

test('objects of another copy of CDK are known by their members', () => {
  const props = {
    timeout: { toSeconds: () => 30 },
    role: Object.defineProperty({}, 'roleArn', {
      get: () => {
        throw new Error('not known yet');
      },
    }),
    environmentEncryption: { keyArn: 'arn' },
    layers: [{ layerVersionArn: 'arn' }],
    tracing: 'Active',
  };
  assert.equal(givenFunctionProps(props as unknown as PythonFunctionProps).errors, []);
});

test('options that only the CDK of the app has', () => {
  // The declarations of Lambda's functions have this name, and no table of this library.
  const props = { currentVersionOptions: { lambda: 1 }, vpcSubnets: { vpcId: 'x' } };
  assert.equal(optionsOf(givenFunctionProps(props as unknown as PythonFunctionProps).errors), []);
});

test('values that are known at deployment only', () => {
  const stack = recordingStack();
  const later = (value: unknown): unknown => Lazy.any({ produce: () => value });
  const props = {
    entry: sources(),
    memorySize: Lazy.number({ produce: () => 512 }),
    description: Lazy.string({ produce: () => 'text' }),
    functionName: later('name'),
    reservedConcurrentExecutions: later(5),
    environment: { A: Lazy.string({ produce: () => 'a' }), B: later('b') },
    tracing: Lazy.string({ produce: () => 'Active' }),
  };
  new PythonFunction(stack, 'Fn', props as unknown as PythonFunctionProps);
  const { MemorySize, Description, FunctionName, ReservedConcurrentExecutions, Environment } =
    functionProperties(stack);
  assert.equal(
    { MemorySize, Description, FunctionName, ReservedConcurrentExecutions, Environment },
    {
      MemorySize: 512,
      Description: 'text',
      FunctionName: 'name',
      ReservedConcurrentExecutions: 5,
      Environment: { Variables: { A: 'a', B: 'b' } },
    },
  );
});

test('what is wrong is told in place of what CDK says of the options beside it', () => {
  const stack = recordingStack();
  const props = {
    entry: sources(),
    vpc: 'vpc-1',
    allowAllOutbound: false,
    loggingFormat: 'json',
    systemLogLevelV2: 'WARN',
    layers: 'x',
    timeout: 30,
    bundling: { commandHooks: { beforeBundling: () => 'echo hi', afterBundling: () => [] } },
  };
  const fn = new PythonFunction(stack, 'Fn', props as unknown as PythonFunctionProps);
  assert.equal(
    fn.node.validate().map((message) => /`[^`]+` is "[^"]+"/.exec(message)?.[0]),
    [
      '`vpc` is "vpc-1"',
      '`loggingFormat` is "json"',
      '`layers` is "x"',
      '`timeout` is "30"',
      '`bundling.commandHooks.beforeBundling(…)` is "echo hi"',
    ],
  );
});

/** Options that CDK refuses without another one, which is wrong here. */
const BESIDE_WRONG: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  vpcSubnets: { vpc: 5, vpcSubnets: { availabilityZones: ['a'] } },
  securityGroups: { vpc: 5, securityGroups: [{ securityGroupId: 'sg-1' }] },
  allowAllOutbound: { vpc: 5, allowAllOutbound: false },
  ipv6AllowedForDualStack: { vpc: 5, ipv6AllowedForDualStack: true },
  filesystem: { vpc: 5, filesystem: { config: {} } },
  applicationLogLevel: { logFormat: 5, applicationLogLevel: 'WARN' },
  applicationLogLevelV2: { loggingFormat: 'json', applicationLogLevelV2: 'WARN' },
  systemLogLevel: { logFormat: 5, systemLogLevel: 'WARN' },
  systemLogLevelV2: { loggingFormat: 'json', systemLogLevelV2: 'WARN' },
};
for (const [name, props] of Object.entries(BESIDE_WRONG))
  test(`${name} beside the option that it needs, which is wrong: that one alone is named`, () => {
    const [wrong = ''] = Object.keys(props);
    const given = { entry: sources(), ...props } as unknown as PythonFunctionProps;
    const messages = new PythonFunction(recordingStack(), 'Fn', given).node.validate();
    assert.equal(
      messages.map((message) => /`([^`]+)` is/.exec(message)?.[1]),
      [wrong],
    );
  });

test.run();
