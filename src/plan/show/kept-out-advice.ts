import type { KeepingOut, OptionWords } from './option-words';

/**
 * What is said of a distribution where `dependencies.from` keeps declarations out.
 *
 * @param declared the declaration that names it, as it is shown, and what has it count; undefined where none does
 */
export const keptOutAdvice = (
  distribution: string,
  by: KeepingOut,
  words: Pick<OptionWords, 'from'>,
  declared: { readonly file: string; readonly asked: string } | undefined,
): string => {
  if (declared !== undefined)
    return `${declared.file} has ${distribution}, but ${words.from(by)} keeps that file out: ${declared.asked}.`;
  return `${words.from(by)} has nothing installed. Take it away, and add ${distribution} to a requirements.txt beside the entry.`;
};

/** What is said of a distribution that a file names which nothing is installed from. */
export const unreadAdvice = (distribution: string, file: string, show: (path: string) => string): string => {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const folder = file.replace(/(?:requirements\/)?[^/]*$/, '');
  return name.endsWith('.in')
    ? `${show(file)} names ${distribution}, but only what it is compiled to is installed. Run \`uv pip compile --universal ${show(file)} -o ${show(`${folder}requirements.txt`)}\`.`
    : `${show(file)} names ${distribution}, but of that file nothing is installed. Add ${distribution} to a requirements.txt beside it.`;
};
