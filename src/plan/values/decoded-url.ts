/** Percent-decodes a part of a URL. A part with an invalid encoding stays as it is. */
export const decodedUrl = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
