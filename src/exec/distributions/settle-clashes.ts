import * as fs from 'node:fs';
import * as path from 'node:path';
import type { HostTool } from '../../plan/model/host-plan';
import { ALONE_VARIABLE } from '../scripts/pip-programs';
import type { Claim, Clash } from './clashes';
import { clashesIn, hasContentOf, winnerOf } from './clashes';
import { mergeTrees } from '../files/merge-trees';
import { installedDistributions } from './recorded-files';
import { textOf } from '../files/requirement-texts';
import { runsInTurn } from '../process/runs-in-turn';
import type { CommandResult } from '../process/shell';
import { succeeded } from '../process/shell';

/** Starts an installer with the arguments of a run, and with further variables. */
type Start = (argv: readonly string[], variables: Readonly<Record<string, string>>) => Promise<CommandResult>;

/** Additions to each run, so that it installs one distribution. */
interface Alone {
  readonly words: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** Whether it is required in another way than before, so that the index may have given another build. */
  readonly isAskedAgain: boolean;
}

/**
 * Runs an installer, and settles the files that several distributions list by the rule in `clashes.ts`. If another
 * distribution's file is in place, the winner is installed again into a folder beside, without its rivals.
 *
 * @param omitted names of distributions to leave out
 */
export const settledRuns = async (
  { tool, runs }: Pick<HostTool, 'tool' | 'runs'>,
  output: string,
  omitted: readonly string[],
  start: Start,
): Promise<CommandResult> => {
  const result = await runsInTurn(runs, output, (argv) => start(argv, {}));
  if (!succeeded(result)) return result;
  const clashes = clashesIn(output, omitted).filter(isOfSeveralNames);
  const beside = `${output}.alone`;
  for (const winner of lackingWinners(output, clashes)) {
    for (const { words, variables, isAskedAgain } of waysFor(tool, winner, clashes, output)) {
      fs.rmSync(beside, { recursive: true, force: true });
      fs.mkdirSync(beside);
      const again = await runsInTurn(
        runs.map((argv) => [...argv, ...words]),
        beside,
        (argv) => start(argv, variables),
      );
      if (!succeeded(again)) return again;
      if (isSame(beside, output, winner, isAskedAgain)) break;
      fs.rmSync(path.join(beside, `${winner.distribution}.dist-info`), { recursive: true, force: true });
    }
    const [own] = installedDistributions(beside).filter((one) => isFolderOf(one.folder, winner));
    if (own === undefined) return notAlone(tool, winner, clashes);
    const wanted = new Set(own.files);
    for (const clash of clashes) if (winnerOf(clash).name !== winner.name) wanted.delete(clash.file);
    mergeTrees(beside, output, (file) => wanted.has(file));
  }
  return result;
};

const isFolderOf = (folder: string, { distribution }: Claim): boolean =>
  folder === `${distribution}.dist-info`;

/** Whether a clash is between different names, and not between versions of one distribution from separate runs. */
const isOfSeveralNames = ({ claims }: Clash): boolean => claims.some(({ name }) => name !== claims[0].name);

/** The winners of files for which the tree has another distribution's version, sorted by name. */
const lackingWinners = (tree: string, clashes: readonly Clash[]): readonly Claim[] => {
  const lacking = clashes.filter((clash) => !hasContentOf(tree, clash.file, winnerOf(clash))).map(winnerOf);
  const byName = new Map(lacking.map((winner) => [winner.name, winner]));
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
};

/**
 * The ways to install a winner alone. uv first excludes only its rivals. If that excludes the winner too, because only
 * rivals need it, uv excludes all other distributions, and requires the winner by its version.
 */
const waysFor = (
  tool: HostTool['tool'],
  { name, version }: Claim,
  clashes: readonly Clash[],
  output: string,
): readonly Alone[] => {
  if (tool === 'pip') return [{ words: [], variables: { [ALONE_VARIABLE]: name }, isAskedAgain: false }];
  const rivals = clashes
    .map(({ claims }) => claims.map((claim) => claim.name))
    .filter((names) => names.includes(name))
    .flat();
  const all = installedDistributions(output).map((one) => one.name);
  const without = (names: readonly string[], file: string): readonly string[] => {
    fs.writeFileSync(file, [...new Set(names)].filter((one) => one !== name).join('\n'));
    return ['--excludes', file];
  };
  return [
    { words: without(rivals, `${output}.rivals.txt`), variables: {}, isAskedAgain: false },
    {
      words: [...without(all, `${output}.others.txt`), `${name}==${version}`],
      variables: {},
      isAskedAgain: true,
    },
  ];
};

/**
 * Whether a distribution was installed again; if it was required in another way, also whether its files are the same.
 */
const isSame = (beside: string, output: string, { distribution }: Claim, isAskedAgain: boolean): boolean => {
  const recordIn = (tree: string): readonly string[] =>
    textOf(path.join(tree, `${distribution}.dist-info`, 'RECORD'))
      .split(/\r?\n/)
      .sort();
  if (!fs.existsSync(path.join(beside, `${distribution}.dist-info`))) return false;
  return !isAskedAgain || JSON.stringify(recordIn(beside)) === JSON.stringify(recordIn(output));
};

/** The result if a winner cannot be installed alone. */
const notAlone = (tool: string, winner: Claim, clashes: readonly Clash[]): CommandResult => {
  const clash = clashes.find((one) => winnerOf(one).name === winner.name);
  const owners = clash?.claims.map(({ distribution }) => distribution).join(' and ') ?? '';
  const output = `error: ${clash?.file ?? ''} is a file of ${owners}, and ${tool} does not install ${winner.distribution} without the others: ask for it by a line of its own, or leave one out with \`dependencies.omit\``;
  return { exitCode: 1, signal: null, stdout: '', output };
};
