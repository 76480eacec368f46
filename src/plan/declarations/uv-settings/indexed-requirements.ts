import { isLeft } from 'fp-ts/Either';
import type { DeclaredDependencies } from '../../packaging/project/declared-dependencies';
import { normalizeName } from '../../packaging/requirement/package-name';
import { parseRequirement } from '../../packaging/requirement/requirement';
import { showRequirement } from '../../packaging/project/uv-sources';
import type { PlanError } from '../../errors/plan-error';
import type { Markers } from '../lines/marker-holds';
import { markerHolds } from '../lines/marker-holds';
import type { ToolUvFile } from './read-uv-settings';
import type { IndexedRequirement } from '../../model/uv-settings';
import { tablesAt, textAt } from '../../values/toml-values';

interface Indexed {
  readonly indexed: readonly IndexedRequirement[];
  readonly problems: readonly PlanError[];
}

/**
 * The requirements that hold on the target and take their package from their own index. A name that no index has is an
 * error, and so are two indexes for one package.
 */
export const indexedRequirements = (
  source: ToolUvFile | undefined,
  file: string,
  declared: DeclaredDependencies['indexed'],
  markers: Markers,
): Indexed => {
  const names = tablesAt(source?.table, 'tool', 'uv', 'index').map((index) => textAt(index, 'name'));
  const indexed = new Map<string, IndexedRequirement>();
  const problems: PlanError[] = [];
  for (const { name, index, text, line } of declared) {
    const read = parseRequirement(text);
    if (isLeft(read) || !markerHolds(read.right.marker, markers)) continue;
    const other = [...indexed.values()].find(
      (each) => normalizeName(each.name) === normalizeName(name) && each.index !== index,
    );
    if (!names.includes(index)) problems.push({ _tag: 'IndexNotNamed', file, line, name, index });
    else if (other !== undefined)
      problems.push({ _tag: 'TwoIndexes', file, line, name, indexes: [other.index, index] });
    else {
      const plain = showRequirement({ ...read.right, marker: null });
      indexed.set(plain, { text: plain, name: normalizeName(name), index });
    }
  }
  return { indexed: [...indexed.values()], problems };
};
