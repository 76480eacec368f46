import type { Random } from './random';

/** A release of a package in the index of a project. */
export interface Release {
  readonly name: string;
  readonly version: string;
  /** Such as `>=3.12`; null is every Python. */
  readonly requiresPython: string | null;
  /** As `Requires-Dist` has it. */
  readonly requires: readonly string[];
  readonly extras: readonly string[];
}

/** Names as people write them: normalizing them is part of what is tested. */
const NAMES = [
  ...['amber', 'Basalt', 'copper.kit', 'delta-core', 'ember_io', 'flint'],
  ...['garnet', 'Hazel_Tools', 'iron', 'jade', 'kelp', 'lime'],
];

const VERSIONS = ['1.0', '2.0', '3.1'];

/** Conditions of every kind that is true for some of the targets, or for none of them. */
const CONDITIONS = [
  ...[
    'python_version < "3.11"',
    'python_version >= "3.12"',
    'python_version == "3.11"',
    'python_version != "3.12"',
  ],
  ...['python_version == "3.*"', 'python_version ~= "3.11"', 'python_full_version >= "3.12.0"'],
  ...[
    'sys_platform == "linux"',
    'sys_platform == "win32"',
    'sys_platform != "darwin"',
    'platform_system != "Windows"',
  ],
  ...['platform_machine == "x86_64"', 'platform_machine == "aarch64"', 'platform_machine != "aarch64"'],
  ...['platform_machine == "arm64"', 'platform_python_implementation == "CPython"', 'os_name == "posix"'],
  ...['platform_python_implementation != "PyPy"', 'implementation_name == "pypy"', 'os_name != "nt"'],
];

export const condition = (random: Random): string => {
  const first = random.oneOf(CONDITIONS);
  if (!random.chance(0.3)) return first;
  const joined = `${first} ${random.oneOf(['and', 'or'])} ${random.oneOf(CONDITIONS)}`;
  return random.chance(0.3) ? `(${joined}) and ${random.oneOf(CONDITIONS)}` : joined;
};

const withCondition = (requirement: string, random: Random, probability: number): string =>
  random.chance(probability) ? `${requirement} ; ${condition(random)}` : requirement;

export const extrasOf = (releases: readonly Release[], name: string): readonly string[] =>
  releases.find((release) => release.name === name)?.extras ?? [];

/** A requirement of one of the packages, by one of the ways of writing its name. */
export const requirementOf = (
  { name, extras }: Pick<Release, 'name' | 'extras'>,
  random: Random,
  specifiers: readonly string[] = ['', '', '', '>=1.0', '<3', '!=2.0'],
): string => {
  const written = random.chance(0.3) ? name.toLowerCase().replace(/[._]/g, '-') : name;
  const asked =
    extras.length > 0 && random.chance(0.35) ? `[${random.some(extras, 1 + random.below(2)).join(',')}]` : '';
  return withCondition(`${written}${asked}${random.oneOf(specifiers)}`, random, 0.4);
};

/** Half of the packages have extras; one of them is made of the others, by the package's own name. */
const extrasFor = (random: Random): readonly string[] =>
  random.chance(0.5) ? ['fast', 'io', ...(random.chance(0.5) ? ['all'] : [])] : [];

const pythonOf = (version: string, latest: string, random: Random): string | null => {
  if (version === latest && version !== VERSIONS[0] && random.chance(0.3))
    return random.oneOf(['>=3.12', '>=3.11', '>=3.10']);
  return version === VERSIONS[0] && version !== latest && random.chance(0.15) ? '<3.13' : null;
};

/** The packages of an index; some need each other in circles. */
export const universeOf = (random: Random): readonly Release[] => {
  const packages = NAMES.map((name) => ({
    name,
    versions: VERSIONS.slice(0, 1 + random.below(VERSIONS.length)),
    extras: extrasFor(random),
  }));
  return packages.flatMap(({ name, versions, extras }) =>
    versions.map((version) => {
      const others = packages.filter((other) => other.name !== name);
      const plain = random.some(others, random.below(3)).map((other) => requirementOf(other, random));
      const optional = extras
        .filter((extra) => extra !== 'all')
        .flatMap((extra) =>
          random
            .some(others, 1 + random.below(2))
            .map((other) => withExtra(requirementOf(other, random), extra)),
        );
      const all = extras.includes('all') ? [`${name}[fast,io] ; extra == "all"`] : [];
      return {
        name,
        version,
        extras,
        requiresPython: pythonOf(version, versions.at(-1) ?? version, random),
        requires: [...plain, ...optional, ...all],
      };
    }),
  );
};

const withExtra = (requirement: string, extra: string): string => {
  const [needed = '', marker] = requirement.split(' ; ');
  return marker === undefined
    ? `${needed} ; extra == "${extra}"`
    : `${needed} ; (${marker}) and extra == "${extra}"`;
};
