/** Does some work, and notes what is said on standard error meanwhile. */
export const withErrorLines = async <A>(
  work: () => Promise<A>,
): Promise<{ readonly result: A; readonly lines: readonly string[] }> => {
  const write = process.stderr.write.bind(process.stderr);
  let text = '';
  process.stderr.write = (chunk: string | Uint8Array) => {
    text += String(chunk);
    return true;
  };
  try {
    const result = await work();
    return { result, lines: text.split('\n').filter((line) => line !== '') };
  } finally {
    process.stderr.write = write;
  }
};
