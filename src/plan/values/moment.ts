const MOMENT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-](\d{2}):(\d{2})))?$/;

const daysIn = (year: number, month: number): number => {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
};

/**
 * Whether a text is a date, or a time with its zone. A time without one would mean another moment on each machine.
 *
 * @see RFC 3339
 */
export const isMoment = (text: string): boolean => {
  const found = MOMENT.exec(text);
  if (found === null) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, zoneHour = 0, zoneMinute = 0] = found
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const isDate = day >= 1 && day <= daysIn(year, month);
  return isDate && hour < 24 && minute < 60 && second < 60 && zoneHour < 24 && zoneMinute < 60;
};

/** The moment in the form for installers. uv reads a bare date as the end of that day in the machine's zone. */
export const momentOf = (text: string): string => (text.length === 10 ? `${text}T00:00:00Z` : text);
