/** What a run starts from. */
export const SCENARIOS = ['cold', 'pristine', 'fresh', 'warm', 'edit', 'upload'] as const;

export type Scenario = (typeof SCENARIOS)[number];

/** What `--scenarios` chooses from: also the sizes of the bundles, and how long they are imported. */
export const PARTS = [...SCENARIOS, 'bundles'] as const;

export type Part = (typeof PARTS)[number];

export const isScenario = (part: Part): part is Scenario => part !== 'bundles';

export const MEANING: Readonly<Record<Scenario, string>> = {
  cold: 'no `cdk.out`, this library’s store empty; the package caches of uv and pip are kept, those of build containers in the store as well',
  pristine: 'as cold, and the package caches of uv and pip are empty: everything is downloaded',
  fresh:
    '`cdk.out` deleted; this library’s store and the package caches are kept, as in a CI job with a cache',
  warm: 'nothing changed, `cdk.out` kept',
  edit: 'one handler has a new content, `cdk.out` kept',
  upload:
    'as edit, until the changed function’s object could be uploaded: synthesis, then what the CDK CLI does to pack it',
};

/** Whether the output of an earlier run has to be there. */
export const needsOutput = (scenario: Scenario): boolean =>
  scenario === 'warm' || scenario === 'edit' || scenario === 'upload';

/** Whether this library's store has to be filled. */
export const needsStore = (scenario: Scenario): boolean => scenario !== 'cold' && scenario !== 'pristine';
