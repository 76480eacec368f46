import type { KeepingOut, OptionWords } from './option-words';

/**
 * The advice about a distribution if `dependencies.from` keeps declarations out.
 *
 * @param declared the declaration that names it, as shown, and the choice that includes it; undefined if none names it
 */
export const keptOutAdvice = (
  distribution: string,
  by: KeepingOut,
  words: Pick<OptionWords, 'from'>,
  declared: { readonly file: string; readonly asked: string } | undefined,
): string => {
  if (declared !== undefined)
    return `${declared.file} has ${distribution}, but ${words.from(by)} keeps that file out: ${declared.asked}.`;
  return `${words.from(by)} installs nothing. Remove it, and add ${distribution} to a requirements.txt beside the entry.`;
};

/** The advice about a distribution that only a file names from which nothing is installed. */
export const unreadAdvice = (distribution: string, file: string, show: (path: string) => string): string => {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const folder = file.replace(/(?:requirements\/)?[^/]*$/, '');
  return name.endsWith('.in')
    ? `${show(file)} names ${distribution}, but only the file compiled from it is installed. Run \`uv pip compile --universal ${show(file)} -o ${show(`${folder}requirements.txt`)}\`.`
    : `${show(file)} names ${distribution}, but nothing is installed from that file. Add ${distribution} to a requirements.txt beside it.`;
};
