/** A part of a URL without its percent signs; as it is where those are no part of an encoding. */
export const decodedUrl = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
