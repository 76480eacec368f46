import type { BundlePlan } from '../plan/bundle-plan';
import type { BundleParts } from './bundle-content';
import type { Part } from './part';
import type { PartShelf } from './part-shelf';

/** What is in the layer of a function's dependencies, as far as the store has it. */
const besideOf = (shelf: PartShelf, { hash }: BundlePlan): readonly Part[] => [
  ...[hash.dependencies === null ? undefined : shelf.list('modules', hash.dependencies)].flatMap(asList),
  ...[hash.bytecode === null ? undefined : shelf.list('bytecode', hash.bytecode)].flatMap(asList),
];

const asList = (part: Part | undefined): readonly Part[] => (part === undefined ? [] : [part]);

/** The parts of a plan as they are in the store; undefined where its modules are not. */
export const partsOf = (shelf: PartShelf, plan: BundlePlan): BundleParts | undefined => {
  const { hash, output, dependenciesIn } = plan;
  if (hash.dependencies === null) return { modules: null, bytecode: null };
  if (dependenciesIn === 'layer') return { modules: null, bytecode: null, beside: besideOf(shelf, plan) };
  const modules = shelf.find('modules', hash.dependencies, output.packaging);
  if (modules === undefined) return undefined;
  const bytecode =
    hash.bytecode === null ? undefined : shelf.find('bytecode', hash.bytecode, output.packaging);
  return { modules, bytecode: bytecode ?? null };
};
