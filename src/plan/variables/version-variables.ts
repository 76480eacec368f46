import { lt } from 'semver';
import { isOn } from '../values/is-on';
import { versionsToDate } from './upload-dates';
import { MINIMUM_DATED_PIP } from './installer-versions';

type Values = Readonly<Record<string, string | undefined>>;
type Variables = Readonly<Record<string, string>>;

/** The variables for one setting, by the installer that reads them. */
interface Meaning {
  readonly uv: readonly string[];
  readonly pip: readonly string[];
  /** Converts uv's values for pip, and pip's for uv; undefined where the other installer has no such setting. */
  readonly forPip: (values: Values) => Variables | undefined;
  readonly forUv: (values: Values) => Variables | undefined;
}

const words = (value = ''): readonly string[] => value.split(/\s+/).filter((word) => word !== '');

/** Whether a variable has an effect. A switch that is off has no effect. */
const says = (values: Values, name: string): boolean =>
  name === 'PIP_PRE' ? isOn(values[name]) : (values[name] ?? '') !== '';

const saysAny = (values: Values, names: readonly string[]): boolean =>
  names.some((name) => says(values, name));

const UPLOADS: Meaning = {
  uv: ['UV_EXCLUDE_NEWER'],
  pip: ['PIP_UPLOADED_PRIOR_TO'],
  forPip: ({ UV_EXCLUDE_NEWER: date = '' }) => {
    const prior = versionsToDate(date, 'pip');
    return prior === undefined ? undefined : { PIP_UPLOADED_PRIOR_TO: prior };
  },
  forUv: ({ PIP_UPLOADED_PRIOR_TO: date = '' }) => {
    const newer = versionsToDate(date, 'uv');
    return newer === undefined ? undefined : { UV_EXCLUDE_NEWER: newer };
  },
};

/** pip's variables for uv's pre-release modes. By default both accept pre-releases that a requirement names. */
const PRERELEASE_MODES: Readonly<Record<string, Variables>> = {
  allow: { PIP_PRE: '1' },
  disallow: { PIP_ONLY_FINAL: ':all:' },
  'if-necessary-or-explicit': {},
};

const PRERELEASES: Meaning = {
  uv: ['UV_PRERELEASE'],
  pip: ['PIP_PRE', 'PIP_ALL_RELEASES', 'PIP_ONLY_FINAL'],
  forPip: ({ UV_PRERELEASE: mode = '' }) => PRERELEASE_MODES[mode],
  forUv: (values) => {
    const [all, final] = [values['PIP_ALL_RELEASES'], values['PIP_ONLY_FINAL']].map((value = '') =>
      value.trim(),
    );
    if (isOn(values['PIP_PRE']) && all === '' && final === '') return { UV_PRERELEASE: 'allow' };
    if (isOn(values['PIP_PRE'])) return undefined;
    if (all === ':all:' && final === '') return { UV_PRERELEASE: 'allow' };
    return final === ':all:' && all === '' ? { UV_PRERELEASE: 'disallow' } : undefined;
  },
};

const MEANINGS: readonly Meaning[] = [UPLOADS, PRERELEASES];

/**
 * Constraint files: both installers get the files of both variables, because each file narrows the allowed versions.
 */
const constraints = (own: Values, given: Values, [uv, pip]: readonly [string, string]): Variables => {
  const said = saysAny(given, [uv, pip]) ? given : own;
  const files = [...new Set([...words(said[uv]), ...words(said[pip])])].join(' ');
  return files === '' ? {} : { [uv]: files, [pip]: files };
};

/** Translates one installer's variables for the other. Where both have a variable, each reads its own. */
const translated = (own: Values, given: Values, meaning: Meaning): Variables => {
  const names = [...meaning.uv, ...meaning.pip];
  const isGiven = saysAny(given, names);
  const said = isGiven ? given : own;
  const [byUv, byPip] = [saysAny(said, meaning.uv), saysAny(said, meaning.pip)];
  if (byUv === byPip) return {};
  const others = byUv ? meaning.pip : meaning.uv;
  // The app's value takes precedence over the machine's, even under another name.
  const cleared = Object.fromEntries(others.filter((name) => says(own, name)).map((name) => [name, '']));
  return { ...cleared, ...(byUv ? meaning.forPip(said) : meaning.forUv(said)) };
};

/**
 * The variables with which uv and pip choose the same versions: the settings of each in the other's variables.
 *
 * @param own the variables of this machine that count
 * @param given the variables of the bundle, which take precedence
 */
export const versionsForBoth = (own: Values, given: Values): Variables => ({
  ...constraints(own, given, ['UV_CONSTRAINT', 'PIP_CONSTRAINT']),
  ...constraints(own, given, ['UV_BUILD_CONSTRAINT', 'PIP_BUILD_CONSTRAINT']),
  ...MEANINGS.reduce<Variables>((all, meaning) => ({ ...all, ...translated(own, given, meaning) }), {}),
});

/**
 * The reasons why an installer cannot honour a variable: only the other installer can, its value has no other form,
 * this pip is too old, or it requires hashes that the requirements do not have.
 */
export const REFUSED_BECAUSE = ['other', 'value', 'old pip', 'no hashes'] as const;

/** One of {@link REFUSED_BECAUSE}. */
type RefusedBecause = (typeof REFUSED_BECAUSE)[number];

/** A variable that an installer cannot honour. */
export interface RefusedVariable {
  readonly name: string;
  readonly because: RefusedBecause;
}

/** The available installer, and the plan's date. */
interface Installer {
  readonly tool: 'uv' | 'pip';
  readonly version: string;
  /** Whether the plan has a date, which replaces those of variables. */
  readonly isDated: boolean;
}

/** Variables without a form for the other installer, and a test whether their value has an effect. */
const ALONE: Readonly<Record<'uv' | 'pip', Readonly<Record<string, (value: string) => boolean>>>> = {
  uv: {
    UV_OVERRIDE: () => true,
    UV_EXCLUDE: () => true,
    UV_TORCH_BACKEND: () => true,
    UV_RESOLUTION: (value) => value !== 'highest',
  },
  pip: {
    PIP_IGNORE_REQUIRES_PYTHON: isOn,
    PIP_USE_DEPRECATED: (value) => words(value).includes('legacy-resolver'),
  },
};

/** The variables that only a newer pip reads. An older pip ignores them. */
const OF_NEWER_PIP = ['PIP_UPLOADED_PRIOR_TO', 'PIP_ALL_RELEASES', 'PIP_ONLY_FINAL'];

/**
 * The variables that choose versions and that an installer cannot honour, so that it would install other versions.
 *
 * @param said the variables of the machine and of the bundle, as they are
 * @param values the same with {@link versionsForBoth}
 */
export const refusedVariables = (
  said: Values,
  values: Values,
  { tool, version, isDated }: Installer,
): readonly RefusedVariable[] => {
  const other = tool === 'uv' ? 'pip' : 'uv';
  const meanings = isDated ? [PRERELEASES] : MEANINGS;
  const alone = Object.entries(ALONE[other])
    .filter(([name, asks]) => (said[name] ?? '') !== '' && asks(said[name] ?? ''))
    .map(([name]): RefusedVariable => ({ name, because: 'other' }));
  const inOtherWords = meanings.flatMap((meaning): readonly RefusedVariable[] => {
    const [name] = meaning[other].filter((each) => says(said, each));
    if (name === undefined || saysAny(values, meaning[tool])) return [];
    const form = tool === 'uv' ? meaning.forUv(said) : meaning.forPip(said);
    if (form !== undefined) return [];
    return [{ name, because: meaning === UPLOADS ? 'value' : 'other' }];
  });
  const isOld = tool === 'pip' && lt(version, MINIMUM_DATED_PIP);
  const tooNew = (isOld ? meanings : []).flatMap((meaning): readonly RefusedVariable[] => {
    if (!meaning.pip.some((name) => OF_NEWER_PIP.includes(name) && says(values, name))) return [];
    const [name] = [...meaning.pip, ...meaning.uv].filter((each) => says(said, each));
    return name === undefined ? [] : [{ name, because: 'old pip' }];
  });
  return [...alone, ...inOtherWords, ...tooNew];
};

/** uv's options for settings for which it has no variable. */
export const optionsForUv = (values: Values): readonly string[] => [
  ...(isOn(values['UV_NO_INDEX']) ? ['--no-index'] : []),
  ...(isOn(values['PIP_NO_DEPS']) || isOn(values['PIP_NO_DEPENDENCIES']) ? ['--no-deps'] : []),
];
