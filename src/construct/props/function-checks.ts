import { aws_ec2, RemovalPolicy } from 'aws-cdk-lib';
import type { FunctionOptions, LayerVersionOptions } from 'aws-cdk-lib/aws-lambda';
import {
  AdotLambdaExecWrapper,
  ApplicationLogLevel,
  LoggingFormat,
  RecursiveLoop,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import type { Check } from '../../plan/request/option-checks';
import { listOf } from '../../plan/request/option-checks';
import {
  amount,
  flag,
  laterMemberOf,
  memberOf,
  optionsOfCdk,
  text,
  variables,
  withMethod,
  withOneOf,
} from './cdk-values';
import { isArchitecture } from './prop-checks';

const duration = withMethod('a Duration, such as Duration.seconds(30)', 'toSeconds');

const role = withOneOf('a role (IRole), such as Role.fromRoleArn(this, "Role", arn)', 'roleArn', 'roleRef');

const destination = withMethod('a destination (IDestination), such as new SqsDestination(queue)', 'bind');

const removalPolicy = memberOf('RemovalPolicy', RemovalPolicy);

const OF_INVOKES = {
  maxEventAge: duration,
  onFailure: destination,
  onSuccess: destination,
  retryAttempts: amount,
};

const versionOptions = optionsOfCdk(
  {
    ...OF_INVOKES,
    codeSha256: text,
    description: text,
    maxExecutionEnvironments: amount,
    minExecutionEnvironments: amount,
    provisionedConcurrentExecutions: amount,
    removalPolicy,
  },
  ['lambda-version.d.ts', 'event-invoke-config.d.ts'],
  'an object with options, such as { description: "live" }',
);

const subnets = optionsOfCdk(
  {
    availabilityZones: listOf(text),
    onePerAz: flag,
    subnetFilters: listOf(withMethod('a SubnetFilter', 'selectSubnets'), 'a list of filters'),
    subnetGroupName: text,
    subnets: listOf(
      withOneOf(
        'a subnet (ISubnet), such as Subnet.fromSubnetId(this, "Subnet", id)',
        'subnetId',
        'subnetRef',
      ),
      'a list of subnets',
    ),
    subnetType: laterMemberOf('SubnetType', () => aws_ec2.SubnetType),
  },
  ['../../aws-ec2/lib/vpc.d.ts'],
  'an object with options, such as { subnetType: SubnetType.PRIVATE_ISOLATED }',
);

const durable = optionsOfCdk(
  { executionTimeout: duration, retentionPeriod: duration },
  ['durable-config.d.ts'],
  'an object with options, such as { executionTimeout: Duration.hours(1) }',
  ['executionTimeout'],
);

const retryOptions = optionsOfCdk(
  { base: duration, maxRetries: amount },
  ['../../aws-logs/lib/log-retention.d.ts'],
  'an object with options, such as { maxRetries: 3 }',
);

const adot = optionsOfCdk(
  {
    execWrapper: memberOf('AdotLambdaExecWrapper', AdotLambdaExecWrapper),
    layerVersion: withMethod(
      'an AdotLayerVersion, such as AdotLayerVersion.fromPythonSdkLayerVersion(…)',
      '_bind',
    ),
  },
  ['adot-layers.d.ts'],
  'an object with layerVersion and execWrapper',
  ['layerVersion', 'execWrapper'],
);

const layers = listOf(
  withOneOf(
    'a layer (ILayerVersion), such as LayerVersion.fromLayerVersionArn(this, "Layer", arn)',
    'layerVersionArn',
  ),
  'a list of layers',
);

const securityGroups = listOf(
  withOneOf(
    'a security group (ISecurityGroup), such as SecurityGroup.fromSecurityGroupId(this, "Group", id)',
    'securityGroupId',
  ),
  'a list of security groups',
);

/** Checks of the properties of `lambda.Function`. A newer CDK may have more. */
export const OF_FUNCTIONS = {
  ...OF_INVOKES,
  adotInstrumentation: adot,
  allowAllIpv6Outbound: flag,
  allowAllOutbound: flag,
  allowPublicSubnet: flag,
  applicationLogLevel: text,
  applicationLogLevelV2: memberOf('ApplicationLogLevel', ApplicationLogLevel),
  architecture: isArchitecture,
  codeSigningConfig: withOneOf(
    'a CodeSigningConfig, such as CodeSigningConfig.fromCodeSigningConfigArn(this, "Signing", arn)',
    'codeSigningConfigRef',
    'codeSigningConfigArn',
  ),
  currentVersionOptions: versionOptions,
  deadLetterQueue: withOneOf('a queue (IQueue), such as Queue.fromQueueArn(this, "Queue", arn)', 'queueArn'),
  deadLetterQueueEnabled: flag,
  deadLetterTopic: withOneOf('a topic (ITopic), such as Topic.fromTopicArn(this, "Topic", arn)', 'topicArn'),
  description: text,
  durableConfig: durable,
  environment: variables,
  environmentEncryption: withOneOf(
    'a key (IKey), such as Key.fromKeyArn(this, "Key", arn)',
    'keyRef',
    'keyArn',
  ),
  ephemeralStorageSize: withMethod('a Size, such as Size.mebibytes(1024)', 'toMebibytes'),
  events: listOf(
    withMethod('an event source (IEventSource), such as new SqsEventSource(queue)', 'bind'),
    'a list of event sources',
  ),
  filesystem: withOneOf(
    'a lambda.FileSystem, such as FileSystem.fromEfsAccessPoint(point, "/mnt/data")',
    'config',
  ),
  functionName: text,
  initialPolicy: listOf(
    withMethod('a PolicyStatement, such as new PolicyStatement({ actions, resources })', 'toStatementJson'),
    'a list of policy statements',
  ),
  insightsVersion: withOneOf(
    'a LambdaInsightsVersion, such as LambdaInsightsVersion.fromInsightVersionArn(arn)',
    'layerVersionArn',
  ),
  ipv6AllowedForDualStack: flag,
  layers,
  logFormat: text,
  logGroup: withOneOf(
    'a log group (ILogGroup), such as LogGroup.fromLogGroupName(this, "Logs", name)',
    'logGroupRef',
    'logGroupName',
  ),
  logRemovalPolicy: removalPolicy,
  logRetention: amount,
  logRetentionRetryOptions: retryOptions,
  logRetentionRole: role,
  loggingFormat: memberOf('LoggingFormat', LoggingFormat),
  memorySize: amount,
  paramsAndSecrets: withMethod(
    'a ParamsAndSecretsLayerVersion, such as ParamsAndSecretsLayerVersion.fromVersionArn(arn)',
    '_bind',
  ),
  profiling: flag,
  profilingGroup: withOneOf(
    'a profiling group (IProfilingGroup), such as ProfilingGroup.fromProfilingGroupName(this, "Group", name)',
    'profilingGroupName',
  ),
  recursiveLoop: memberOf('RecursiveLoop', RecursiveLoop),
  reservedConcurrentExecutions: amount,
  role,
  runtimeManagementMode: withOneOf(
    'a RuntimeManagementMode, such as RuntimeManagementMode.AUTO',
    'runtimeManagementConfig',
  ),
  securityGroups,
  snapStart: withMethod('a SnapStartConf, such as SnapStartConf.ON_PUBLISHED_VERSIONS', '_render'),
  systemLogLevel: text,
  systemLogLevelV2: memberOf('SystemLogLevel', SystemLogLevel),
  tenancyConfig: withOneOf('a TenancyConfig, such as TenancyConfig.PER_TENANT', 'tenancyConfigProperty'),
  timeout: duration,
  tracing: memberOf('Tracing', Tracing),
  vpc: withMethod('a VPC (IVpc), such as Vpc.fromLookup(this, "Vpc", { vpcId })', 'selectSubnets'),
  vpcSubnets: subnets,
} satisfies Readonly<Record<keyof FunctionOptions, Check>>;

/** Checks of the properties of `lambda.LayerVersion`. */
export const OF_LAYERS = {
  description: text,
  layerVersionName: text,
  license: text,
  removalPolicy,
} satisfies Readonly<Record<keyof LayerVersionOptions, Check>>;

/** Groups of options in which CDK refuses some without others. */
const GROUPS: readonly (readonly (keyof FunctionOptions)[])[] = [
  [
    'vpc',
    'vpcSubnets',
    'securityGroups',
    'allowAllOutbound',
    'allowAllIpv6Outbound',
    'ipv6AllowedForDualStack',
    'allowPublicSubnet',
    'filesystem',
  ],
  [
    'loggingFormat',
    'logFormat',
    'applicationLogLevel',
    'applicationLogLevelV2',
    'systemLogLevel',
    'systemLogLevelV2',
  ],
];

/** The options without each group that has a wrong one: CDK would throw at the rest of the group and hide the error. */
export const withoutGroupsOf = <P extends Readonly<Record<string, unknown>>>(
  options: P,
  isWrong: (name: string) => boolean,
): P => {
  const gone: readonly string[] = GROUPS.filter((group) => group.some(isWrong)).flat();
  return Object.fromEntries(Object.entries(options).filter(([name]) => !gone.includes(name))) as P;
};
