export { Architecture, Runtime } from 'aws-cdk-lib/aws-lambda';
export type { ExecutionReport } from '../exec/execution-report';
export type { BundlePlan } from '../plan/bundle-plan';
export { BundleExecutors, RecordingExecutor } from './bundle-executor';
export type { BundleExecutor } from './bundle-executor';
export type { BundlingOptions } from './bundling-options';
export { PythonFunction } from './python-function';
export type { PythonFunctionProps } from './python-function-props';
