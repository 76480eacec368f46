import type { TargetRuntime } from '../../model/bundle-plan';
import { decodedUrl } from '../../values/decoded-url';
import { holdsFor } from './marker-holds';
import { foreignTag } from '../../packaging/tags/wheel-tag';
import type { PlanError } from '../../errors/plan-error';

/** A file that a requirement names by path or URL. */
export interface AskedFile {
  readonly place: string;
  /** The marker as it is written; null if there is none. */
  readonly marker: string | null;
}

/** The file name in a URL or path; undefined if a variable may be part of it. */
const fileName = (place: string): string | undefined => {
  const path = /^[a-z][a-z0-9+.-]+:/i.test(place) ? decodedUrl(place.replace(/[?#].*$/s, '')) : place;
  const name = path.slice(path.search(/[^/\\]*$/));
  return name.includes('${') ? undefined : name;
};

/** Reports a wheel, named by path or URL, that cannot be installed on a target. The file name has the wheel's tags. */
export const wheelErrors = (
  { place, marker }: AskedFile,
  target: TargetRuntime,
  { file, line }: { readonly file: string; readonly line: number },
): readonly PlanError[] => {
  const wheel = fileName(place);
  const tag = wheel === undefined ? undefined : foreignTag(wheel, target);
  if (wheel === undefined || tag === undefined || !holdsFor(marker, target)) return [];
  const { name, architecture } = target;
  return [{ _tag: 'WheelNotForTarget', file, line, wheel, tag, target: `${name} on ${architecture}` }];
};
