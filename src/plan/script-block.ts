/** The line that begins the metadata of a script (PEP 723). Most entries have none, so no more is loaded to tell it. */
export const hasScriptBlock = (source: string): boolean => /^# \/\/\/ script[ \t]*\r?$/m.test(source);
