import { dockerRefusal } from '../tools';
import { appContender } from './app';
import { downloads } from './contender';

/** uv of this machine, zip files: the defaults where uv is installed. */
export const ours = appContender('ours', {
  id: 'ours',
  label: 'cdk-lambda-python',
  slow: false,
  options: () => ({ bundling: { executor: 'host' } }),
  refusal: () => undefined,
  takesPart: (workload, scenario) =>
    scenario === 'upload' ? workload.name === 'W4' : scenario !== 'pristine' || downloads(workload),
});

export const oursDirectory = appContender('ours', {
  id: 'ours-directory',
  label: 'cdk-lambda-python, directories',
  slow: false,
  options: () => ({ bundling: { executor: 'host', packaging: 'directory' } }),
  refusal: () => undefined,
  takesPart: ({ name }, scenario) => name === 'W4' && scenario !== 'pristine',
});

export const oursDocker = appContender('ours', {
  id: 'ours-docker',
  label: 'cdk-lambda-python, Docker',
  slow: false,
  options: () => ({ bundling: { executor: 'docker' } }),
  refusal: dockerRefusal,
  takesPart: ({ name }, scenario) =>
    ['W1', 'W2', 'W3', 'W4'].includes(name) && scenario !== 'pristine' && scenario !== 'upload',
});

/** Only for the size of its bundles. */
export const oursWithoutByteCode = appContender('ours', {
  id: 'ours-without-byte-code',
  label: 'cdk-lambda-python, no byte code',
  slow: false,
  options: () => ({ bundling: { executor: 'host', bytecode: 'off' } }),
  refusal: () => undefined,
  takesPart: () => false,
});
