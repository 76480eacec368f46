// @ts-check
import tseslint from 'typescript-eslint';

/** Forbids imports by pattern, each with the sentence that says where the import belongs. */
const room = (files, patterns) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const barrels = {
  regex: '^(fp-ts|io-ts/es6|fp-ts/es6|fp-ts/lib)$|/index$|^\\.{1,2}$|^\\.\\./(plan|exec|construct)$',
  message: 'Import the module itself, not a barrel.',
};
const zx = { regex: '^zx(/|$)', message: 'Only src/exec/process/shell.ts starts processes.' };
const cdk = { regex: '^(aws-cdk-lib|constructs)(/|$)', message: 'CDK belongs in src/construct.' };

/** What src/plan may not import. */
const pure = [
  barrels,
  zx,
  cdk,
  {
    regex: '^(node:)?(fs|os|process|child_process|worker_threads|http|https|net)(/|$)',
    message: 'src/plan is pure: reading and running belong in src/exec.',
  },
  { regex: '^(\\.\\./)+(exec|construct|cli)/', message: 'src/plan imports no other room.' },
];

export default tseslint.config(
  {
    ignores: [
      'lib/**',
      'coverage/**',
      '.cache/**',
      '**/node_modules/**',
      '**/cdk.out/**',
      '**/fixtures/**',
      'test/support/consumer/**',
    ],
  },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.mjs', 'test/runner/loader.cjs'] },
      },
    },
    rules: {
      '@typescript-eslint/no-redeclare': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false },
      ],
      '@typescript-eslint/no-floating-promises': 'error',
      'max-lines': ['error', 300],
    },
  },
  { files: ['**/*.mjs', '**/*.cjs'], ...tseslint.configs.disableTypeChecked },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
  // The rooms: construct → exec → plan (docs/architecture.md).
  room(['src/plan/**'], pure),
  room(
    ['src/plan/packaging/**'],
    [...pure, { regex: '^(\\.\\./)+(locks|declarations)/', message: 'src/plan/packaging knows no lock.' }],
  ),
  room(
    ['src/plan/locks/**'],
    [...pure, { regex: '^(\\.\\./)+declarations/', message: 'src/plan/locks imports packaging alone.' }],
  ),
  {
    files: ['src/plan/**'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'Buffer', 'setTimeout', 'setInterval', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now' },
        { object: 'Math', property: 'random' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date']", message: 'src/plan has no clock.' },
      ],
    },
  },
  room(
    ['src/exec/**'],
    [barrels, zx, cdk, { regex: '^(\\.\\./)+(construct|cli)/', message: 'src/exec imports only src/plan.' }],
  ),
  room(['src/exec/process/shell.ts'], [barrels, cdk]),
  room(['src/construct/**'], [barrels, zx]),
  room(
    ['src/cli/**'],
    [barrels, zx, cdk, { regex: '^(\\.\\./)+construct/', message: 'src/cli imports src/plan and src/exec.' }],
  ),
  { files: ['src/*/index.ts'], rules: { 'no-restricted-imports': 'off' } },
);
