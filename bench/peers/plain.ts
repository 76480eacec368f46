import { appContender } from './app';

/** The same functions with inline code: what a synthesis takes in which nothing is bundled. */
export const plain = appContender('plain', {
  id: 'plain',
  label: 'plain `lambda.Function`s',
  slow: false,
  options: () => ({ bundling: {} }),
  refusal: () => undefined,
  takesPart: ({ name }, scenario) => scenario !== 'upload' || name === 'W4',
  bundles: () => new Map(),
});
