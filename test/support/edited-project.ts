import * as fs from 'node:fs';
import * as path from 'node:path';
import * as assert from 'uvu/assert';
import type { BundlePlan } from '../../src/plan/model/bundle-plan';
import type { DependencyRequest } from '../../src/plan/request/bundle-request';
import { HANDLER } from '../exec/support/requests';
import { planOfFile } from './bundle-file';
import { copyOfProject, DECLARED_PROJECTS } from './declared-projects';
import { listTree, temporaryFolder } from './temporary';

/** What becomes of a file's text; null removes it. */
export type Edit = (text: string) => string | null;

export const replace =
  (from: string | RegExp, to: string): Edit =>
  (text) => {
    assert.match(text, from);
    return text.replace(from, to);
  };

export const becomes =
  (text: string | null): Edit =>
  () =>
    text;

interface Options {
  readonly runtime?: string;
  readonly dependencies?: Partial<DependencyRequest>;
}

/** A fixture with files that are edited. */
interface Case {
  readonly root: string;
  readonly output: string;
  readonly plan: () => BundlePlan;
}

export const edited = (
  folder: string,
  edits: Readonly<Record<string, Edit>>,
  options: Options = {},
): Case => {
  const project = DECLARED_PROJECTS.find((each) => each.folder === folder);
  if (project === undefined) throw new Error(`no fixture ${folder}`);
  const root = copyOfProject(project, HANDLER);
  for (const [name, edit] of Object.entries(edits)) {
    const file = path.join(root, name);
    const text = edit(fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '');
    if (text === null) fs.rmSync(file);
    else fs.writeFileSync(file, text);
  }
  const output = temporaryFolder();
  const plan = (): BundlePlan =>
    planOfFile(path.join(root, project.entry), {
      runtime: '3.11',
      executor: 'host',
      outputDirectory: output,
      ...options,
      dependencies: options.dependencies ?? project.dependencies ?? {},
    });
  return { root, output, plan };
};

/** What is said of it, `{root}` for its folder; nothing is written by saying it. */
export const said = (...asked: Parameters<typeof edited>): readonly string[] => {
  const { root, output, plan } = edited(...asked);
  const before = listTree(root);
  let message = 'it is planned';
  try {
    plan();
  } catch (error) {
    message = (error as Error).message;
  }
  assert.equal(listTree(root), before);
  assert.equal(fs.readdirSync(output), []);
  return message.replaceAll(root, '{root}').replaceAll(path.dirname(root), '{parent}').split('\n');
};
