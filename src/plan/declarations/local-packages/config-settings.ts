import * as path from 'node:path';
import { isLeft } from 'fp-ts/Either';
import { memoizeByObject } from '../../values/memoize-by-object';
import type { ConfigSettings } from '../../target/config-setting';
import { isConfigSetting } from '../../target/config-setting';
import { extrasAndMarker, isRemote } from '../../packaging/local/local-reference';
import { nameInUrl } from '../../packaging/requirement/name-in-url';
import { normalizeName } from '../../packaging/requirement/package-name';
import { parseRequirement } from '../../packaging/requirement/requirement';
import type { PlanError } from '../../errors/plan-error';
import type { RequirementsSnapshot } from '../../model/source-snapshot';
import { gatheredLayout } from './gathered-layout';
import type { Markers } from '../lines/marker-holds';
import { markerHolds } from '../lines/marker-holds';
import { isSettingOption, optionsOf } from '../lines/line-options';
import { lineTarget } from '../lines/line-target';
import type { PlacedLine } from '../lines/requested-lines';
import { placedLines } from '../lines/requested-lines';
import type { RequirementsLine } from '../lines/requirements-file';
import { withoutOptions } from '../lines/without-options';

/** The settings that a requirement passes to its build, as `KEY=VALUE`. */
const settingsIn = (line: RequirementsLine): readonly string[] =>
  line._tag === 'Named' || line._tag === 'LocalPackage'
    ? optionsOf(line).flatMap((option) => (isSettingOption(option) ? (option.value ?? []) : []))
    : [];

/** The name of the requested package, and its marker. The name is undefined if only a build could say it. */
const askedFor = (
  { line, file }: PlacedLine,
  requirements: RequirementsSnapshot,
): { readonly name: string | undefined; readonly marker: string | null; readonly target?: string } => {
  if (line._tag === 'LocalPackage') {
    const target = lineTarget(line, file, path.dirname(requirements.texts[0].file));
    const local = requirements.localPackages.find((one) => one.path === target);
    return { name: local?.name ?? undefined, marker: extrasAndMarker(line.rest).marker, target };
  }
  const text = withoutOptions(line.text);
  const read = parseRequirement(text);
  return isLeft(read)
    ? { name: isRemote(text) ? nameInUrl(text) : undefined, marker: null }
    : { name: read.right.name, marker: read.right.marker };
};

const linesWithSettings = memoizeByObject((requirements: RequirementsSnapshot) =>
  placedLines(requirements).flatMap((placed) => {
    const settings = placed.isConstraint ? [] : settingsIn(placed.line);
    return settings.length === 0 ? [] : { ...placed, settings, ...askedFor(placed, requirements) };
  }),
);

/** Gives the path of a local package, among the gathered inputs, relative to the folder in which installers run. */
const seenWhereGathered =
  (requirements: RequirementsSnapshot) =>
  (target: string): string => {
    const { place, workingDirectory } = gatheredLayout(requirements);
    return path.posix.relative(`/${workingDirectory}`, `/${place(target)}`) || '.';
  };

/**
 * The settings of `--config-settings`, in order; the field is absent if there are none. pip reads them on the line of a
 * requirement, uv only as an argument.
 *
 * @param markers the marker variables of the target; with `null`, every marker holds
 * @param seen maps the absolute path of a local package to its path from the folder in which installers run
 */
export const configSettings = (
  requirements: RequirementsSnapshot,
  markers: Markers,
  seen = seenWhereGathered(requirements),
): { readonly configSettings?: readonly ConfigSettings[] } => {
  const all = linesWithSettings(requirements).flatMap(({ name, marker, settings, target }) =>
    name === undefined || !markerHolds(marker, markers)
      ? []
      : [{ name: normalizeName(name), settings, ...(target === undefined ? {} : { place: seen(target) }) }],
  );
  return all.length === 0 ? {} : { configSettings: all };
};

/** Reports settings that reach no build: they are not `KEY=VALUE`, or the package's name is not written down. */
export const configSettingErrors = (requirements: RequirementsSnapshot): readonly PlanError[] =>
  linesWithSettings(requirements).flatMap(({ file, line, name, settings }) => {
    const option = '--config-settings';
    const at = { _tag: 'InvalidRequirementsOption', file, line: line.at.from, option } as const;
    return [
      ...settings
        .filter((setting) => !isConfigSetting(setting))
        .map((): PlanError => ({ ...at, reason: 'has a value that is not KEY=VALUE' })),
      ...(name === undefined
        ? [{ ...at, reason: 'follows a requirement without a name: write NAME @ before that requirement' }]
        : []),
    ];
  });
