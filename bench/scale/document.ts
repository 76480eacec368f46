import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as prettier from 'prettier';
import { repository } from '../places';
import { buildersTables } from './builders-tables';
import { fleetTables } from './fleet-tables';
import { machineTable, planningTables } from './planning-tables';
import type { ScaleResults } from './results';
import { teamTables } from './team-tables';

const DOCUMENT = path.join(repository, 'docs', 'scale.md');

/** Writes what stands between `<!-- scale: NAME -->` and `<!-- end of scale: NAME -->`; everything else is written by hand. */
const withSection = (text: string, name: string, content: string): string => {
  const begin = `<!-- scale: ${name} -->`;
  const end = `<!-- end of scale: ${name} -->`;
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/scale.md has no place for ${name}: ${begin} … ${end}`);
  return `${before}${begin}\n\n${content}\n\n${end}${after}`;
};

/** Puts the tables of all that was measured into docs/scale.md. */
export const writeDocument = async (results: ScaleResults): Promise<void> => {
  const sections: Readonly<Record<string, string>> = {
    machine: machineTable(results),
    ...planningTables(results),
    ...buildersTables(results),
    ...fleetTables(results),
    ...teamTables(results),
  };
  const text = Object.entries(sections).reduce(
    (document, [name, content]) => withSection(document, name, content),
    readFileSync(DOCUMENT, 'utf8'),
  );
  const options = await prettier.resolveConfig(DOCUMENT);
  writeFileSync(DOCUMENT, await prettier.format(text, { ...options, parser: 'markdown' }));
};
