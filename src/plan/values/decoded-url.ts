/** A percent-decoded part of a URL; unchanged where the percent signs encode nothing. */
export const decodedUrl = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
