import { indexTexts } from '../plan/declarations/uv-settings/uv-files';
import type { UvSettings } from '../plan/model/uv-settings';
import { fetchesOf } from './requirement-line-permissions';
import type { InstallPlan } from '../plan/model/install-plan';

/** Settings with requirements as values, which may be fetched from anywhere. */
const REQUIREMENTS = [
  'override-dependencies',
  'constraint-dependencies',
  'build-constraint-dependencies',
] as const;

const buildRequirements = (value: unknown): readonly string[] =>
  Object.values((value ?? {}) as Readonly<Record<string, readonly unknown[]>>)
    .flat()
    .map((each) => (typeof each === 'string' ? each : (each as { requirement: string }).requirement));

/** The powers that the settings of uv ask for and no install needs. */
export const uvPowers = (
  uv: UvSettings | undefined,
  { sdist }: Pick<InstallPlan, 'sdist'>,
): readonly string[] =>
  uv === undefined
    ? []
    : [
        ...fetchesOf(
          [
            ...indexTexts(uv),
            ...REQUIREMENTS.flatMap((name) => (uv.settings[name] ?? []) as readonly string[]),
            ...buildRequirements(uv.settings['extra-build-dependencies']),
          ],
          sdist,
        ),
        ...['config-settings', 'config-settings-package', 'extra-build-variables'].flatMap((name) =>
          uv.settings[name] === undefined
            ? []
            : [`(hands builds ${name}: ${JSON.stringify(uv.settings[name])})`],
        ),
      ];
