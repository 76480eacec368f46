import { table } from '../markdown';
import { agreementOf, importFailed } from './agreement';
import type { LocksResults } from './locks/run-locks';
import { LEFT_OUT, SUBJECTS } from './packages';
import type { Outcome } from './results';
import { MACHINES, PYTHONS } from './targets';

const cellOf = (outcome: Outcome | undefined): string => {
  if (outcome === undefined) return 'not run';
  const agreement = agreementOf(outcome);
  if (outcome.problems.length > 0 || importFailed(outcome)) return 'fault';
  switch (agreement._tag) {
    case 'Same':
      return outcome.imported === 'ok' ? 'imported' : 'same';
    case 'Neither':
      return 'no wheel';
    case 'Other':
      return 'other';
    case 'OnlyPip':
    case 'OnlyOurs':
      return 'differs';
  }
};

const of = (outcomes: readonly Outcome[], installer: Outcome['installer']): readonly Outcome[] =>
  outcomes.filter((outcome) => outcome.installer === installer);

const count = (outcomes: readonly Outcome[], tag: string): number =>
  outcomes.filter((outcome) => agreementOf(outcome)._tag === tag).length;

const totals = (outcomes: readonly Outcome[]): string =>
  table(
    [
      'installer',
      'bundles',
      'same as pip',
      'other versions',
      'only pip',
      'only here',
      'neither',
      'imported',
      'faults',
    ],
    (['uv', 'pip'] as const).map((installer) => {
      const own = of(outcomes, installer);
      const tags = ['Same', 'Other', 'OnlyPip', 'OnlyOurs', 'Neither'].map((tag) => String(count(own, tag)));
      const imported = own.filter((outcome) => outcome.imported === 'ok').length;
      const faults = own.filter((outcome) => outcome.problems.length > 0 || importFailed(outcome)).length;
      return [installer, String(own.length), ...tags, String(imported), String(faults)];
    }),
  );

const packages = (outcomes: readonly Outcome[]): string => {
  const found = new Map(of(outcomes, 'uv').map((one) => [`${one.name} ${one.python} ${one.machine}`, one]));
  return table(
    ['package', ...PYTHONS],
    SUBJECTS.map(({ name }) => [
      name,
      ...PYTHONS.map((python) => {
        const [first = '', second = ''] = MACHINES.map((machine) =>
          cellOf(found.get(`${name} ${python} ${machine}`)),
        );
        return first.replace('imported', 'same') === second ? first : `${first}, ${second}`;
      }),
    ]),
    6,
  );
};

const findings = (outcomes: readonly Outcome[]): string => {
  const lines = outcomes.flatMap((outcome) => {
    const agreement = agreementOf(outcome);
    const where = `${outcome.name}, ${outcome.python} ${outcome.machine}, ${outcome.installer}`;
    return [
      ...('differences' in agreement ? agreement.differences.map((each) => `${where}: ${each}`) : []),
      ...(agreement._tag === 'OnlyPip' || agreement._tag === 'OnlyOurs'
        ? [`${where}: ${agreement.reason.slice(0, 200)}`]
        : []),
      ...outcome.problems.slice(0, 3).map((problem) => `${where}: ${problem}`),
      ...(importFailed(outcome) ? [`${where}: ${outcome.imported}`] : []),
    ];
  });
  return lines.length === 0
    ? 'None.'
    : lines.map((line) => `- ${line.replaceAll('*', '\\*').replaceAll('<', '\\<')}`).join('\n');
};

const locksTable = (locks: LocksResults | undefined): string =>
  table(
    ['tool', 'version', 'projects', 'sets of its lock', 'sets of its pylock.toml', 'different'],
    Object.entries(locks?.tools ?? {}).map(([tool, { version, projects, compared, different }]) => [
      ...[tool, version, String(projects.length)],
      ...[String(compared[tool] ?? 0), String(compared['pylock'] ?? 0), String(different.length)],
    ]),
    2,
  );

/** The sections of docs/compatibility.md that are written by a run. */
export const sections = (
  outcomes: readonly Outcome[],
  locks: LocksResults | undefined,
  versions: string,
): Readonly<Record<string, string>> => ({
  versions,
  totals: totals(outcomes),
  findings: findings(outcomes),
  packages: packages(outcomes),
  'left out': LEFT_OUT.map(([reason, names]) => `- ${names}: ${reason}`).join('\n'),
  locks: locksTable(locks),
});
