import type { BundlePlan } from '../../plan/model/bundle-plan';
import type { BundleParts } from './bundle-content';
import type { Part } from '../store/part';
import type { PartShelf } from '../store/part-shelf';

/** The part in a function's layer of dependencies, as far as the store has it. */
const besideOf = (shelf: PartShelf, plan: BundlePlan): readonly Part[] => {
  const { modules, bytecode } = shelf.keysOf(plan);
  return [
    ...[modules === null ? undefined : shelf.list('modules', modules)].flatMap(asList),
    ...[bytecode === null ? undefined : shelf.list('bytecode', bytecode)].flatMap(asList),
  ];
};

const asList = (part: Part | undefined): readonly Part[] => (part === undefined ? [] : [part]);

/** The parts of a plan in the store; undefined if its modules are not there. */
export const partsOf = (shelf: PartShelf, plan: BundlePlan): BundleParts | undefined => {
  const { output, dependenciesIn } = plan;
  const keys = shelf.keysOf(plan);
  if (keys.modules === null) return { modules: null, bytecode: null };
  if (dependenciesIn === 'layer') return { modules: null, bytecode: null, beside: besideOf(shelf, plan) };
  const modules = shelf.find('modules', keys.modules, output.packaging);
  if (modules === undefined) return undefined;
  const bytecode =
    keys.bytecode === null ? undefined : shelf.find('bytecode', keys.bytecode, output.packaging);
  return { modules, bytecode: bytecode ?? null };
};
