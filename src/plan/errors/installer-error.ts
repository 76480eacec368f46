/** The requested installer cannot follow the settings of the declaration. */
export interface InstallerError {
  readonly _tag: 'InstallerNotAble';
  /** Settings of [tool.uv], each with its place. */
  readonly settings: readonly string[];
}

export const showInstallerError = ({ settings }: InstallerError): string =>
  `\`bundling.installer\` is "pip", but only uv can honour these settings: ${settings.join(', ')}. Set \`bundling.installer\` to "uv", leave it out, or remove the settings.`;
