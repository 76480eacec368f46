import * as fs from 'node:fs';
import type { BundlePlan } from '../../plan/model/bundle-plan';
import { memoizeByObject } from '../../plan/values/memoize-by-object';
import { exportedNames } from '../../plan/python-source/exported-names';
import type { MissingImport } from '../../plan/imports/find-missing';
import { findMissing } from '../../plan/imports/find-missing';
import type { HandlerModule } from '../../plan/imports/handler-module';
import { handlerModule } from '../../plan/imports/handler-module';
import type { ModuleTree } from '../../plan/imports/module-tree';
import { moduleTree } from '../../plan/imports/module-tree';
import { minorOf } from '../../plan/target/python-runtime';
import { readImports } from '../../plan/python-source/python-imports';
import { isInRuntime } from '../../plan/target/runtime-modules';
import { platformOf } from '../../plan/target/platform-modules';
import { isInStandardLibrary } from '../../plan/target/standard-library';
import { finishedFiles } from '../bundle/finished-files';
import type { FileImports, KeptImports } from './kept-imports';
import type { OwnModule } from '../distributions/own-modules';
import { ownModules } from '../distributions/own-modules';
import type { Part } from '../store/part';
import type { PartShelf } from '../store/part-shelf';

/** A function whose imports are to be checked. */
export interface ImportQuestion {
  readonly plan: BundlePlan;
  /** Plans of the layers that this app makes. */
  readonly layers: readonly BundlePlan[];
  /** Whether this run made the bundle, or that of a layer: answers about an earlier bundle do not count then. */
  readonly isNew: boolean;
}

type Parts = Pick<PartShelf, 'list' | 'keysOf'>;

/** The sources that a check reads. */
export interface ImportWorld {
  /** The parts of plans in the store; created only if something is new. */
  readonly shelf: () => Parts;
  readonly kept: KeptImports;
}

/**
 * The missing imports of each function; undefined if its modules were not installed here, so that they are unknown.
 * Answers are kept: nothing is read for an unchanged function.
 */
export const checkImports = (
  { shelf, kept }: ImportWorld,
  questions: readonly ImportQuestion[],
): readonly (readonly MissingImport[] | undefined)[] => {
  let found: Parts | undefined;
  const installed = memoizeByObject((plan: BundlePlan) => installedTree(() => (found ??= shelf()), plan));
  const answers = questions.map((question) => {
    const key = keyOf(question);
    const known = question.isNew ? undefined : kept.missing.get(key);
    if (known !== undefined) return known;
    const missing = check(question, installed, kept);
    if (missing !== undefined) kept.missing.set(key, missing);
    return missing;
  });
  kept.save();
  return answers;
};

/** Everything that an answer depends on. */
const keyOf = ({ plan, layers }: ImportQuestion): string =>
  [plan, ...layers]
    .map(({ hash, entry, handler, runtime }) =>
      [hash.content, hash.dependencies, entry.root, entry.path, handler, runtime.python].join(' '),
    )
    .join('\n');

const check = (
  { plan, layers }: ImportQuestion,
  installed: (plan: BundlePlan) => Installed | undefined,
  kept: KeptImports,
): readonly MissingImport[] | undefined => {
  const { entry, handler, runtime } = plan;
  if (entry.path === null) return [];
  const plans = [plan, ...layers];
  const parts = plans.map(installed);
  const known = parts.filter((part) => part !== undefined);
  if (known.length < plans.length) return undefined;
  const modules = plans.map((one, index) => ownModules(one, known[index]?.part ?? null));
  // The function's own files come first on Lambda.
  const files = new Map([...modules].reverse().flatMap((some) => [...some]));
  const own = moduleTree([...files.keys()].map((key) => `${key}.py`));
  const present = moduleTree(plans.flatMap(besideInstalled));
  const importsIn = (key: string): FileImports | undefined => {
    const module = files.get(key);
    return module && importsOf(module, kept);
  };
  const minor = minorOf(runtime);
  const places = {
    own,
    all: [present, ...known.map(({ tree }) => tree)],
    isProvided: (name: string) =>
      (isInStandardLibrary(name, minor) && platformOf(name) === undefined) || isInRuntime(name, minor),
    makesModules: (key: string) => importsIn(key)?.makesModules === true,
  };
  const named = handlerModule(handler ?? '');
  return findMissing(places, [HANDLER, entry.path.replace(/\.py$/, '')], (key) => {
    const imports = key === HANDLER ? importedFor(named) : importsIn(key);
    return imports && { ...imports, file: files.get(key)?.shown ?? entry.file };
  }).map((one) => (one.line === 0 && named !== undefined ? { ...one, handler: named.handler } : one));
};

/** The key of Lambda's own import, which is not in a file. */
const HANDLER = '';

const importedFor = (named: HandlerModule | undefined): FileImports | undefined =>
  named && {
    imports: [{ module: named.module, names: [], level: 0, line: 0, conditional: false }],
    changesPath: false,
    makesModules: false,
  };

/** The user's files, unless commands built them into the modules. */
const besideInstalled = ({ install, sources }: BundlePlan): readonly string[] =>
  install?.isWhole === true ? [] : sources.map(({ path }) => path);

/** The modules installed beside the user's files. */
interface Installed {
  readonly tree: ModuleTree;
  /** Their part of the store; null if a manifest lists them. */
  readonly part: Part | null;
}

const NOTHING: Installed = { tree: moduleTree([]), part: null };

/** Undefined if neither the store nor a manifest knows the installed modules. */
const installedTree = (shelf: () => Parts, plan: BundlePlan): Installed | undefined => {
  if (plan.install === null) return NOTHING;
  const parts = shelf();
  const { modules } = parts.keysOf(plan);
  const part = modules === null ? undefined : parts.list('modules', modules);
  if (part !== undefined) return { tree: treeOfPart(part), part };
  // A module in a layer is not one of the function's own files.
  if (plan.dependenciesIn === 'layer' || plan.install.isWhole) return undefined;
  const files = manifestFiles(plan);
  return files && { tree: moduleTree(files), part: null };
};

const treeOfPart = memoizeByObject((part: Part) => moduleTree(part.files.map((file) => file.path)));

/** The files of a finished bundle, as Python sees them; undefined if there is no bundle. */
const manifestFiles = (plan: BundlePlan): readonly string[] | undefined => {
  const { prefix } = plan.output;
  const start = prefix === '.' ? 0 : prefix.length + 1;
  return finishedFiles(plan)?.map((file) => file.path.slice(start));
};

const importsOf = ({ file, digest }: OwnModule, { files }: KeptImports): FileImports => {
  const known = files.get(digest);
  if (known !== undefined) return known;
  const found = readFile(file);
  files.set(digest, found);
  return found;
};

/** Only the text shows `site.addsitedir` and assignments to `sys.path`. */
const CHANGES_PATH =
  /\bsys[ \t]*\.[ \t]*(?:path|meta_path|path_hooks)\b|\baddsitedir\b|\bfrom[ \t]+sys[ \t]+import\b.*\bpath\b/;

/** `sys.modules[…] = …` and a changed `__path__` create modules that are not files of their package. */
const MAKES_MODULES = /\bsys[ \t]*\.[ \t]*modules\b|\b__path__\b/;

/** Searching for a word takes a fraction of the time of the expressions above. */
const hasAny = (text: string, words: readonly string[]): boolean => words.some((word) => text.includes(word));

const readFile = (file: string): FileImports => {
  try {
    const text = fs.readFileSync(file, 'utf8');
    const { names, isSure } = exportedNames(text);
    return {
      imports: readImports(text),
      ...(isSure && names.length > 0 ? { exports: names } : {}),
      changesPath: hasAny(text, ['sys', 'addsitedir']) && CHANGES_PATH.test(text),
      makesModules: hasAny(text, ['sys', '__path__']) && MAKES_MODULES.test(text),
    };
  } catch {
    // The step that makes the bundle reports unreadable files.
    return { imports: [], changesPath: false, makesModules: false };
  }
};
