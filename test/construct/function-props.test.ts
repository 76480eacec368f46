import { Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as codeguru from 'aws-cdk-lib/aws-codeguruprofiler';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as signer from 'aws-cdk-lib/aws-signer';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { PythonFunction } from '../../src/construct/index';
import { recordingStack, sources } from './support/app';

type Options = lambda.FunctionOptions;
type Case = (stack: Stack) => Options;

const queue = (stack: Stack): sqs.Queue => new sqs.Queue(stack, 'Queue');
const vpc = (stack: Stack): ec2.Vpc =>
  new ec2.Vpc(stack, 'Vpc', { maxAzs: 1, natGateways: 0, ipProtocol: ec2.IpProtocol.DUAL_STACK });
const inVpc = (stack: Stack, subnetType = ec2.SubnetType.PRIVATE_ISOLATED) => ({
  vpc: new ec2.Vpc(stack, 'Vpc', {
    maxAzs: 1,
    natGateways: 0,
    ipProtocol: ec2.IpProtocol.DUAL_STACK,
    subnetConfiguration: [
      {
        name: 'subnet',
        subnetType,
        ...(subnetType === ec2.SubnetType.PUBLIC ? {} : { ipv6AssignAddressOnCreation: true }),
      },
    ],
  }),
  vpcSubnets: { subnetType },
});
const role = (stack: Stack): iam.Role =>
  new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
const json = { loggingFormat: lambda.LoggingFormat.JSON };
const { ONE_WEEK } = logs.RetentionDays;

/** A use of every property that `lambda.Function` has beyond those of its code; a new one is a compile error here. */
const cases: Readonly<Record<keyof Options, Case>> = {
  description: () => ({ description: 'Says hello' }),
  timeout: () => ({ timeout: Duration.seconds(17) }),
  environment: () => ({ environment: { STAGE: 'test', EMPTY: '' } }),
  functionName: () => ({ functionName: 'hello' }),
  memorySize: () => ({ memorySize: 1769 }),
  ephemeralStorageSize: () => ({ ephemeralStorageSize: Size.gibibytes(2) }),
  initialPolicy: () => ({
    initialPolicy: [new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] })],
  }),
  role: (stack) => ({ role: role(stack) }),
  vpc: (stack) => ({ ...inVpc(stack) }),
  ipv6AllowedForDualStack: (stack) => ({
    vpc: vpc(stack),
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    ipv6AllowedForDualStack: true,
  }),
  vpcSubnets: (stack) => ({ vpc: vpc(stack), vpcSubnets: { availabilityZones: ['dummy1a'] } }),
  securityGroups: (stack) => {
    const props = inVpc(stack);
    return { ...props, securityGroups: [new ec2.SecurityGroup(stack, 'Group', { vpc: props.vpc })] };
  },
  allowAllOutbound: (stack) => ({ ...inVpc(stack), allowAllOutbound: false }),
  allowAllIpv6Outbound: (stack) => ({ ...inVpc(stack), allowAllIpv6Outbound: true }),
  deadLetterQueueEnabled: () => ({ deadLetterQueueEnabled: true }),
  deadLetterQueue: (stack) => ({ deadLetterQueue: queue(stack) }),
  deadLetterTopic: (stack) => ({ deadLetterTopic: new sns.Topic(stack, 'Topic') }),
  tracing: () => ({ tracing: lambda.Tracing.ACTIVE }),
  snapStart: () => ({ snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS }),
  profiling: () => ({ profiling: true }),
  profilingGroup: (stack) => ({ profilingGroup: new codeguru.ProfilingGroup(stack, 'Profiling') }),
  insightsVersion: () => ({ insightsVersion: lambda.LambdaInsightsVersion.VERSION_1_0_98_0 }),
  adotInstrumentation: () => ({
    adotInstrumentation: {
      layerVersion: lambda.AdotLayerVersion.fromPythonSdkLayerVersion(
        lambda.AdotLambdaLayerPythonSdkVersion.LATEST,
      ),
      execWrapper: lambda.AdotLambdaExecWrapper.INSTRUMENT_HANDLER,
    },
  }),
  paramsAndSecrets: () => ({
    paramsAndSecrets: lambda.ParamsAndSecretsLayerVersion.fromVersion(
      lambda.ParamsAndSecretsVersions.V1_0_103,
    ),
  }),
  layers: (stack) => ({
    layers: [
      lambda.LayerVersion.fromLayerVersionArn(
        stack,
        'Layer',
        'arn:aws:lambda:eu-west-1:123456789012:layer:a:1',
      ),
    ],
  }),
  reservedConcurrentExecutions: () => ({ reservedConcurrentExecutions: 0 }),
  events: (stack) => ({ events: [new SqsEventSource(queue(stack))] }),
  logRetention: () => ({ logRetention: ONE_WEEK }),
  logRemovalPolicy: () => ({ logRetention: ONE_WEEK, logRemovalPolicy: RemovalPolicy.DESTROY }),
  logRetentionRole: (stack) => ({ logRetention: ONE_WEEK, logRetentionRole: role(stack) }),
  logRetentionRetryOptions: () => ({ logRetention: ONE_WEEK, logRetentionRetryOptions: { maxRetries: 7 } }),
  currentVersionOptions: () => ({
    currentVersionOptions: { description: 'live', removalPolicy: RemovalPolicy.RETAIN },
  }),
  filesystem: (stack) => {
    const props = inVpc(stack);
    const system = new efs.FileSystem(stack, 'Files', props);
    const point = system.addAccessPoint('Point');
    return { ...props, filesystem: lambda.FileSystem.fromEfsAccessPoint(point, '/mnt/data') };
  },
  allowPublicSubnet: (stack) => ({ ...inVpc(stack, ec2.SubnetType.PUBLIC), allowPublicSubnet: true }),
  environmentEncryption: (stack) => ({ environmentEncryption: new kms.Key(stack, 'Key') }),
  codeSigningConfig: (stack) => ({
    codeSigningConfig: new lambda.CodeSigningConfig(stack, 'Signing', {
      signingProfiles: [
        new signer.SigningProfile(stack, 'Profile', { platform: signer.Platform.AWS_LAMBDA_SHA384_ECDSA }),
      ],
    }),
  }),
  architecture: () => ({ architecture: lambda.Architecture.ARM_64 }),
  runtimeManagementMode: () => ({ runtimeManagementMode: lambda.RuntimeManagementMode.FUNCTION_UPDATE }),
  tenancyConfig: () => ({ tenancyConfig: lambda.TenancyConfig.PER_TENANT }),
  durableConfig: () => ({
    durableConfig: { executionTimeout: Duration.hours(1), retentionPeriod: Duration.days(3) },
  }),
  logGroup: (stack) => ({ logGroup: new logs.LogGroup(stack, 'Logs') }),
  logFormat: () => ({ logFormat: lambda.LogFormat.JSON }),
  loggingFormat: () => json,
  recursiveLoop: () => ({ recursiveLoop: lambda.RecursiveLoop.ALLOW }),
  applicationLogLevel: () => ({ ...json, applicationLogLevel: lambda.ApplicationLogLevel.WARN }),
  applicationLogLevelV2: () => ({ ...json, applicationLogLevelV2: lambda.ApplicationLogLevel.DEBUG }),
  systemLogLevel: () => ({ ...json, systemLogLevel: lambda.SystemLogLevel.WARN }),
  systemLogLevelV2: () => ({ ...json, systemLogLevelV2: lambda.SystemLogLevel.DEBUG }),
  onFailure: (stack) => ({ onFailure: new SqsDestination(queue(stack)) }),
  onSuccess: (stack) => ({ onSuccess: new SqsDestination(queue(stack)) }),
  maxEventAge: () => ({ maxEventAge: Duration.minutes(5) }),
  retryAttempts: () => ({ retryAttempts: 0 }),
};

process.env['JSII_DEPRECATED'] ??= 'quiet';

const entry = sources();
const runtime = lambda.Runtime.PYTHON_3_13;

/** What differs for the code's sake: where it is, how it is called, and the version's id, which has a hash of both. */
const withoutCode = (template: unknown): unknown => {
  const text = JSON.stringify(template).replaceAll(/(FnCurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1');
  const { Resources } = JSON.parse(text) as {
    Resources: Record<string, { Properties?: Record<string, unknown> }>;
  };
  for (const { Properties } of Object.values(Resources)) {
    if (Properties?.['Runtime'] === runtime.name) {
      delete Properties['Code'];
      delete Properties['Handler'];
    }
  }
  return Resources;
};

const plain = (stack: Stack, props: Options): lambda.Function =>
  new lambda.Function(stack, 'Fn', {
    ...props,
    runtime,
    code: lambda.Code.fromAsset(entry),
    handler: 'index.lambda_handler',
  });

for (const [name, make] of Object.entries(cases)) {
  const templateOf = (construct: (stack: Stack) => lambda.Function): unknown => {
    const stack = recordingStack();
    const fn = construct(stack);
    if (name === 'currentVersionOptions') void fn.currentVersion;
    return withoutCode(Template.fromStack(stack).toJSON());
  };

  test(name, () => {
    const expected = templateOf((stack) => plain(stack, make(stack)));
    const actual = templateOf((stack) => new PythonFunction(stack, 'Fn', { ...make(stack), runtime, entry }));
    assert.equal(actual, expected);
    // The case shows something: without the property the template is another, or there is none.
    let without: unknown;
    try {
      without = templateOf((stack) => plain(stack, { ...make(stack), [name]: undefined }));
    } catch {
      without = 'none';
    }
    assert.not.equal(without, expected);
  });
}

test.run();
