import { InvalidArgumentError } from 'commander';
import { parseAge, parseSize } from '../exec/store/amounts';

const parserOf =
  (parse: (text: string) => number | undefined, accepted: string) =>
  (text: string): number => {
    const amount = parse(text);
    if (amount === undefined) throw new InvalidArgumentError(accepted);
    return amount;
  };

/** Parsers of options for amounts; commander shows the accepted form. */
export const ageOption = parserOf(parseAge, 'Accepted are hours, days and weeks: 12h, 30d, 2w.');
export const sizeOption = parserOf(parseSize, 'Accepted are sizes such as 500MB and 5GB, and 0.');
