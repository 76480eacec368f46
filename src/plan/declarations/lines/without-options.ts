/** A requirement without the options that may follow it (`--hash=…`, `--config-settings …`). */
export const withoutOptions = (text: string): string => {
  const end = text.search(/\s-(-[a-z]|[A-Za-z][\s=])/);
  return end === -1 ? text : text.slice(0, end).trimEnd();
};
