import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { survey } from '../../src/exec/survey/survey';
import type { BundleRequest } from '../../src/plan/request/bundle-request';
import { DEFAULT_DEPENDENCIES } from '../../src/plan/request/bundle-request';
import { decodePlan, showPlanFieldErrors } from '../../src/plan/decode/decode-plan';
import { plan } from '../../src/plan/plan';
import { showPlanError } from '../../src/plan/errors/plan-error';
import { showPlanWarning } from '../../src/plan/errors/plan-warning';
import { renderPlan } from '../../src/plan/show/render-plan';
import { folderOf, HANDLER, requestFor } from '../exec/support/requests';
import { CANARY } from './canary';

const PASSWORD = encodeURIComponent(CANARY);

/** All that planning says of some files and options: the plan with its warnings, or what is wrong. */
const saidOf = (tree: Readonly<Record<string, string>>, changes: Partial<BundleRequest> = {}): string => {
  const file = path.join(folderOf({ 'index.py': HANDLER, ...tree }), 'index.py');
  const request = requestFor(file, changes);
  const planned = plan(request, survey(request)());
  return isLeft(planned)
    ? planned.left.map(showPlanError).join('\n')
    : [
        JSON.stringify(planned.right),
        renderPlan(planned.right),
        ...planned.right.warnings.map(showPlanWarning),
      ].join('\n');
};

const indexes = (url: string, isExtra: boolean): string =>
  saidOf(
    { 'requirements.txt': 'six\n' },
    { dependencies: { ...DEFAULT_DEPENDENCIES, ...(isExtra ? { extraIndexes: [url] } : { index: url }) } },
  );

const URLS = [
  `https://aws:${PASSWORD}@h/simple`,
  `https://${PASSWORD}@h/simple`,
  `aws:${PASSWORD}@h/simple`,
  `ftp://aws:${PASSWORD}@h/simple`,
  `https:/aws:${PASSWORD}@h/simple`,
  `https://aws:${PASSWORD}@h/a b`,
  `//aws:${PASSWORD}@h/simple`,
  `https://aws:pass word${PASSWORD}@h/simple`,
];

const LINES = [
  `--index-url https://aws:${PASSWORD}@h/simple\nsix`,
  `six @ https://aws:${PASSWORD}@h/six-1-py3-none-any.whl`,
  `six=1 @ https://aws:${PASSWORD}@h/six.whl`,
  `git+https://aws:${PASSWORD}@h/six.git@main#egg=six`,
  `-e git+https://aws:${PASSWORD}@h/six.git#egg=six`,
  `-r https://aws:${PASSWORD}@h/r.txt\nsix`,
  `--find-links https://aws:${PASSWORD}@h/links\nsix`,
  `six # ${CANARY}`,
  `-r gone.txt # ${CANARY}`,
];

const PYPROJECTS = [
  `dependencies = ["six @ https://aws:${PASSWORD}@h/six.whl"]`,
  `dependencies = ["six =! https://aws:${PASSWORD}@h/six.whl"]`,
  `dependencies = ["git+https://aws:${PASSWORD}@h/six"]`,
  `dependencies = [https://aws:${PASSWORD}@h/six]`,
];

const lockWith = (source: string): string =>
  `lock-version = "1.0"\ncreated-by = "me"\n[[packages]]\nname = "six"\nversion = "1.17.0"\n${source}\n`;

const LOCKS = [
  `index = "https://aws:${PASSWORD}@h/simple"\nwheels = [{ name = "six-1.17.0-py3-none-any.whl", url = "https://aws:${PASSWORD}@h/six-1.17.0-py3-none-any.whl", hashes = { sha256 = "00" } }]`,
  `archive = { url = "https://aws:${PASSWORD}@h/six.zip", hashes = { sha256 = "00" } }`,
  `vcs = { type = "git", url = "https://aws:${PASSWORD}@h/six.git", commit-id = "${'0'.repeat(40)}" }`,
  `vcs = { type = "git", url = 5, path = "https://aws:${PASSWORD}@h/six.git" }`,
];

/** A plan whose text is changed somewhere, as one may come from elsewhere. */
const decoded = (change: (json: string) => string): string => {
  const file = path.join(folderOf({ 'index.py': HANDLER, 'requirements.txt': 'six\n' }), 'index.py');
  const request = requestFor(file, { docker: { environment: ['TOKEN'], volumes: [] } });
  const planned = plan(request, survey(request)());
  if (isLeft(planned)) throw new Error('no plan');
  const read = decodePlan(JSON.parse(change(JSON.stringify(planned.right))));
  if (!isLeft(read)) throw new Error('it is a plan');
  return showPlanFieldErrors(read.left);
};

/** Everything in which somebody may write a secret where none belongs, by name; and what is then said. */
export const SECRET_MESSAGES: Readonly<Record<string, () => string>> = Object.fromEntries([
  ...URLS.flatMap((url) => [
    [`dependencies.index ${url}`, () => indexes(url, false)],
    [`dependencies.extraIndexes ${url}`, () => indexes(url, true)],
  ]),
  ...LINES.flatMap((line) => [
    [line, () => saidOf({ 'requirements.txt': `${line}\n` })],
    [
      `${line}, hashes required`,
      () =>
        saidOf(
          { 'requirements.txt': `${line}\n` },
          { dependencies: { ...DEFAULT_DEPENDENCIES, requireHashes: true } },
        ),
    ],
  ]),
  ...PYPROJECTS.map((line) => [
    line,
    () => saidOf({ 'pyproject.toml': `[project]\nname = "a"\nversion = "1"\n${line}\n` }),
  ]),
  ...LOCKS.map((source) => [source, () => saidOf({ 'pylock.toml': lockWith(source) })]),
  ['environment', () => saidOf({}, { docker: { environment: [`TOKEN=${CANARY}`], volumes: [] } })],
  ['a plan with a value', () => decoded((json) => json.replace('"TOKEN"', `"TOKEN=${CANARY}"`))],
  [
    'a plan with an index',
    () =>
      decoded((json) => json.replace('"--target"', `"--index-url","https://aws:${PASSWORD}@h/","--target"`)),
  ],
  [
    'a plan with a variable of pip',
    () =>
      decoded((json) =>
        json.replace('"environment":{', `"environment":{"PIP_INDEX_URL":"https://aws:${PASSWORD}@h/",`),
      ),
  ],
]) as Readonly<Record<string, () => string>>;
