import type { BundlePlan } from '../../plan/model/bundle-plan';
import { leavesOut } from '../../plan/parts/omitted-distributions';
import { SLIM_KINDS, slimPatterns } from '../../plan/options/slim';
import { mebibytes } from '../../plan/values/message-text';

/** The share of the limit from which on something is worth an advice: less of it would help nobody. */
const WORTH = 0.01;

type Plan = Pick<BundlePlan, 'install' | 'bytecode' | 'output'>;

const bytes = (files: readonly Portion[]): number => files.reduce((sum, { size }) => sum + size, 0);

const code = (words: readonly string[]): string => words.map((word) => JSON.stringify(word)).join(', ');

/** What an option has already, as an advice to add to it says it. */
const beside = (given: readonly string[]): string => (given.length === 0 ? '' : ` beside ${code(given)}`);

/** The kinds of `slim` that are not set, where the files of these have a size that is worth it. */
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
    // To leave out the only one is to require nothing.
    ...(isOne
      ? []
      : [`leave distributions that are not imported out with \`dependencies.omit\`${beside(omit)}`]),
    `leave files of distributions out with \`dependencies.exclude\`${beside(files)}`,
    'require less',
  ];
};

/** Byte code is left out by itself where it is only wanted, and the modules are not in a layer. */
const lessBytecode = ({ bytecode }: Plan, size: number): readonly string[] =>
  bytecode === null ? [] : [`set \`bundling.bytecode\` to "off" (byte code has ${mebibytes(size)} MB)`];

/** What makes a bundle smaller: nothing that is set already, and nothing that would hardly save a byte. */
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

/** What a file counts for where the largest are listed, and its size. */
export interface Portion {
  /** A distribution, as `name-version`; else the folder or file at the top. */
  readonly of: string;
  readonly path: string;
  readonly size: number;
  /** What an advice would leave out to be without it; `layer` is another layer than that of the function's own modules. */
  readonly kind: 'own' | 'module' | 'bytecode' | 'layer';
}
