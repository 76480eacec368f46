import type { BundlePlan } from '../../plan/model/bundle-plan';
import { leavesOut } from '../../plan/parts/omitted-distributions';
import { SLIM_KINDS, slimPatterns } from '../../plan/options/slim';
import { mebibytes } from '../../plan/values/message-text';

/** Advice is given only for files with at least this share of the limit: removing less would hardly help. */
const WORTH = 0.01;

type Plan = Pick<BundlePlan, 'install' | 'bytecode' | 'output'>;

const bytes = (files: readonly Portion[]): number => files.reduce((sum, { size }) => sum + size, 0);

const code = (words: readonly string[]): string => words.map((word) => JSON.stringify(word)).join(', ');

/** The values that an option already has, for an advice to add more. */
const beside = (given: readonly string[]): string => (given.length === 0 ? '' : ` beside ${code(given)}`);

/** The advice to set the unset kinds of `slim`, if their files are large enough. */
const slimmer = (
  modules: readonly Portion[],
  exclude: readonly string[],
  least: number,
): readonly string[] => {
  const isLeftOut = (kind: (typeof SLIM_KINDS)[number]): boolean =>
    slimPatterns([kind]).every((pattern) => exclude.includes(pattern));
  const open = SLIM_KINDS.filter((kind) => !isLeftOut(kind));
  const matches = leavesOut(slimPatterns(open));
  const saved = bytes(modules.filter(({ path }) => matches(path)));
  if (saved < least) return [];
  const value = open.length === SLIM_KINDS.length ? ': true' : ` with ${code(open)} as well`;
  return [`set \`dependencies.slim\`${value}, which leaves out ${mebibytes(saved)} MB`];
};

const smallerModules = (
  modules: readonly Portion[],
  install: NonNullable<Plan['install']>,
  least: number,
): readonly string[] => {
  const { omit, exclude } = install.leftOut;
  const slim = new Set(slimPatterns(true));
  const files = exclude.filter((pattern) => !slim.has(pattern));
  const isOne = new Set(modules.map(({ of }) => of)).size < 2;
  return [
    ...slimmer(modules, exclude, least),
    // Leaving out the only distribution would leave nothing.
    ...(isOne
      ? []
      : [`leave distributions that are not imported out with \`dependencies.omit\`${beside(omit)}`]),
    `leave files of distributions out with \`dependencies.exclude\`${beside(files)}`,
    'require less',
  ];
};

/** Optional bytecode is left out automatically, unless the modules are in a layer. */
const lessBytecode = ({ bytecode }: Plan, size: number): readonly string[] =>
  bytecode === null ? [] : [`set \`bundling.bytecode\` to "off" (bytecode has ${mebibytes(size)} MB)`];

/** Ways to make a bundle smaller, without options that are set already or that would hardly save anything. */
export const waysToFit = (plan: Plan, files: readonly Portion[]): readonly string[] => {
  const least = plan.output.maximumSize * WORTH;
  const of = (kind: Portion['kind']): readonly Portion[] => {
    const found = files.filter((file) => file.kind === kind);
    return bytes(found) < least ? [] : found;
  };
  const [own, modules, bytecode, layers] = [of('own'), of('module'), of('bytecode'), of('layer')];
  return [
    ...(plan.install?.isWhole === true ? ['have the commands of `bundling` leave less'] : []),
    ...(own.length === 0 || plan.install?.isWhole === true
      ? []
      : ['leave files of yours out with `bundling.exclude`']),
    ...(modules.length === 0 || plan.install === null ? [] : smallerModules(modules, plan.install, least)),
    ...(bytecode.length === 0 ? [] : lessBytecode(plan, bytes(bytecode))),
    ...(layers.length === 0 ? [] : ['name smaller layers in `layers`, or fewer']),
  ];
};

/** A file's size, and the entry that it counts for in the list of the largest. */
export interface Portion {
  /** A distribution, as `name-version`; else the folder or file at the top. */
  readonly of: string;
  readonly path: string;
  readonly size: number;
  /** What an advice would leave out; `layer` is another layer than the one with the function's modules. */
  readonly kind: 'own' | 'module' | 'bytecode' | 'layer';
}
