/** First and last physical line of a logical line, counted from 1. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** A line of a requirements file as an installer reads it: continued lines are joined, and comments are removed. */
export interface LogicalLine {
  readonly text: string;
  readonly at: LineRange;
}

/** The physical lines of a text, without a byte order mark. */
export const physicalLines = (text: string): readonly string[] =>
  text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);

/** A comment begins at the start of a line or after white space, so the `#egg=…` of a URL is not a comment. */
const withoutComment = (text: string): string => {
  const at = text.search(/(?<!\S)#/);
  return at === -1 ? text : text.slice(0, at).trimEnd();
};

/** A pattern would be slow here: it would start again at each backslash of a row that does not end the line. */
const withoutBackslashes = (text: string): string => {
  let end = text.length;
  while (text[end - 1] === '\\') end -= 1;
  return text.slice(0, end);
};

/**
 * Joins each line that ends in a backslash to the next one. As in uv, a comment ends with its physical line. pip would
 * take the line after `# comment \` as a part of the comment; to read more than pip does no harm.
 */
export const logicalLines = (text: string): readonly LogicalLine[] => {
  const lines = physicalLines(text);
  const done: LogicalLine[] = [];
  let open: { readonly text: string; readonly from: number } | undefined;
  lines.forEach((line, index) => {
    const content = withoutComment(line);
    const continues = content === line && line.endsWith('\\') && index + 1 < lines.length;
    const joined = (open?.text ?? '') + withoutBackslashes(content);
    const from = open?.from ?? index + 1;
    open = continues ? { text: joined, from } : undefined;
    if (!continues && joined.trim() !== '') done.push({ text: joined.trim(), at: { from, to: index + 1 } });
  });
  return done;
};
