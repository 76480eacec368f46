import { readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as prettier from 'prettier';
import { repository } from '../places';
import { today } from '../results';
import { PINS } from '../tools';
import { readLocks } from './locks/run-locks';
import { SUBJECTS } from './packages';
import { readOutcomes } from './results';
import { sections } from './tables';
import { interpreterOf, pipFolder, versionOf } from './tools';
import { PYTHONS } from './targets';

const DOCUMENT = path.join(repository, 'docs', 'compatibility.md');

const withSection = (text: string, name: string, content: string): string => {
  const [begin, end] = [`<!-- fidelity: ${name} -->`, `<!-- end of fidelity: ${name} -->`];
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/compatibility.md has no ${begin} … ${end}`);
  return `${before}${begin}\n\n${content}\n\n${end}${after}`;
};

/**
 * Writes what was found up to now into docs/compatibility.md.
 *
 * @param only - The names of the sections that are written; none is all
 */
export const writeDocument = async (before: string, only: readonly string[]): Promise<void> => {
  const names = new Set(SUBJECTS.map(({ name }) => name));
  const outcomes = [...readOutcomes().values()].filter(({ name }) => names.has(name));
  const pythons = PYTHONS.map((python) => interpreterOf(python))
    .flatMap((file) => (file === undefined ? [] : (versionOf([file, '--version']) ?? [])))
    .join(', ');
  const versions = `Run on ${today()} with uv ${PINS.uv} and pip ${versionOf([path.join(pipFolder(), 'python'), '-m', 'pip', '--version']) ?? ''}, without releases since ${before}. Imports ran on x86_64 with Python ${pythons}.`;
  const text = Object.entries(sections(outcomes, readLocks(), versions))
    .filter(([name]) => only.length === 0 || only.includes(name))
    .reduce(
      (document, [name, content]) => withSection(document, name, content),
      readFileSync(DOCUMENT, 'utf8'),
    );
  const options = await prettier.resolveConfig(DOCUMENT);
  writeFileSync(DOCUMENT, await prettier.format(text, { ...options, parser: 'markdown' }));
};
