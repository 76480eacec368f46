/** Powers of 1024, as in Lambda's quotas and in all of this library. */
const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** The bytes of a size such as `500MB`, `1.5 GB` or `0`; undefined if it is invalid, or a number without a unit. */
export const parseSize = (text: string): number | undefined => {
  const [, number, name] = /^(\d+(?:\.\d+)?) ?([kmgt]?b)?$/i.exec(text.trim()) ?? [];
  if (number === undefined || (name === undefined && Number(number) !== 0)) return undefined;
  const power = UNITS.findIndex((unit) => unit.toLowerCase() === (name ?? 'B').toLowerCase());
  return Math.round(Number(number) * 1024 ** power);
};

/** A number of bytes in a readable unit. */
export const showSize = (bytes: number): string => {
  const power = UNITS.findIndex((_, index) => bytes < 1024 ** (index + 1) || index === UNITS.length - 1);
  return `${power === 0 ? bytes : (bytes / 1024 ** power).toFixed(1)} ${UNITS[power]}`;
};

const HOUR = 60 * 60 * 1000;

const AGES: Readonly<Record<string, number>> = { h: HOUR, d: 24 * HOUR, w: 7 * 24 * HOUR };

/** The milliseconds of an age such as `12h`, `30d` or `2w`; undefined if it is invalid. */
export const parseAge = (text: string): number | undefined => {
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?([hdw])$/i.exec(text.trim()) ?? [];
  const factor = AGES[unit?.toLowerCase() ?? ''];
  return factor === undefined ? undefined : Number(number) * factor;
};
