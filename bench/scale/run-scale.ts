import { mkdirSync } from 'node:fs';
import { Argument, Command } from 'commander';
import { compileApps } from '../compile-apps';
import { machine } from '../machine';
import { positive } from '../options';
import { cache } from '../places';
import { today } from '../results';
import { say } from '../say';
import { measureBuilders } from './builders';
import { writeDocument } from './document';
import { measureFleet } from './fleet';
import { measurePlanning } from './planning';
import type { ScaleResults } from './results';
import { readScale, writeScale } from './results';
import { measureTeam } from './team';

const SECTIONS = ['planning', 'builders', 'fleet', 'team', 'document'] as const;

type Section = (typeof SECTIONS)[number];

const measureSection = async (section: Section, runs: number): Promise<Partial<ScaleResults>> => {
  switch (section) {
    case 'planning':
      return { planning: { date: today(), rows: measurePlanning(runs) } };
    case 'builders':
      return { builders: { date: today(), ...(await measureBuilders(runs)) } };
    case 'fleet': {
      const figures = await measureFleet();
      if (!('refused' in figures)) return { fleet: { date: today(), ...figures } };
      say(`fleet: not measured: ${figures.refused}`);
      return {};
    }
    case 'team':
      return { team: { date: today(), ...(await measureTeam(runs)) } };
    case 'document':
      return {};
  }
};

/** `npm run bench -- scale [SECTION...]`: measures them, and writes their tables into docs/scale.md. */
export const runScale = async (argv: readonly string[]): Promise<void> => {
  const program = new Command('bench scale')
    .description(
      'Measures large apps, builders and what a team pays, and writes the tables of docs/scale.md.',
    )
    .addArgument(
      new Argument(
        '[sections...]',
        'what to measure; `document` only writes the tables of what is there',
      ).choices(SECTIONS),
    )
    .option('--runs <n>', 'rounds of each figure', positive, 3)
    .parse(argv, { from: 'user' });
  const { runs } = program.opts<{ readonly runs: number }>();
  const asked = program.processedArgs[0] as readonly Section[];
  mkdirSync(cache, { recursive: true });
  compileApps();
  let results = readScale(machine());
  for (const section of asked.length === 0 ? SECTIONS : asked) {
    results = { ...results, ...(await measureSection(section, runs)) };
    writeScale(results);
    await writeDocument(results);
  }
};
