const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;
const DAYS = /^P\d+D$/;

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysOf = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

const written = (year: number, month: number, day: number): string =>
  [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');

/** The day after or before a date. Planning has no clock, so it does not use JavaScript's `Date`. */
const shifted = (date: string, days: 1 | -1): string | undefined => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined;
  const moved = day + days;
  if (moved >= 1 && moved <= daysOf(year, month)) return written(year, month, moved);
  const [otherYear, otherMonth] =
    days === 1
      ? month === 12
        ? ([year + 1, 1] as const)
        : ([year, month + 1] as const)
      : month === 1
        ? ([year - 1, 12] as const)
        : ([year, month - 1] as const);
  return written(otherYear, otherMonth, days === 1 ? 1 : daysOf(otherYear, otherMonth));
};

/**
 * Converts an upload date limit for the other installer; undefined where no form fits both. uv includes the day of a
 * date, pip excludes it.
 *
 * @param reader the installer that will read the result
 */
export const versionsToDate = (value: string, reader: 'uv' | 'pip'): string | undefined => {
  const date = value.trim();
  if (MOMENT.test(date)) return date.replace(' ', 'T');
  if (DATE.test(date)) return shifted(date, reader === 'pip' ? 1 : -1);
  // Only the newest pip accepts a duration.
  return reader === 'uv' && DAYS.test(date) ? date : undefined;
};
