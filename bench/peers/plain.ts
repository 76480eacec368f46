import { appContender } from './app';
import { downloads } from './contender';

/** The same functions with inline code: what a synthesis takes in which nothing is bundled. */
export const plain = appContender('plain', {
  id: 'plain',
  label: 'plain `lambda.Function`s',
  slow: false,
  options: () => ({ bundling: {} }),
  refusal: () => undefined,
  takesPart: (workload, scenario) =>
    scenario === 'upload' ? workload.name === 'W4' : scenario !== 'pristine' || downloads(workload),
  bundles: () => new Map(),
});
