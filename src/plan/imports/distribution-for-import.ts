import type { PythonImport } from '../python-source/import-statement';
import { inLayers, plainName } from './layer-distributions';
import { mayProvide } from './may-provide';

/**
 * Whether one of these distributions provides an import, judged by names alone: the distribution has the module's name,
 * or usually provides the module, or one name is part of the other.
 *
 * @param distributions normalized names
 */
export const namedFor = (
  distributions: readonly string[],
): ((imported: Pick<PythonImport, 'module' | 'names'> & { readonly isGuess?: true }) => boolean) => {
  const plain = distributions.map(plainName);
  const usually = inLayers(plain);
  const perhaps = mayProvide(distributions);
  return (imported) => {
    const { module, names } = imported;
    const parts = module.split('.');
    const dotted = [
      ...parts.map((_, index) => parts.slice(0, index + 1).join('.')),
      ...names.map((name) => `${module}.${name}`),
    ];
    return (
      usually(imported) ||
      dotted.some((name) => plain.includes(plainName(name))) ||
      (imported.isGuess !== true && perhaps(imported))
    );
  };
};
