type Values = Readonly<Record<string, string | undefined>>;

/**
 * The variables for hosts that are trusted without a certificate: one list for both uv and pip. Empty where no host is
 * trusted.
 *
 * @param more hosts that the requirements trust
 */
export const trustedHosts = (
  values: Values,
  more: readonly string[] = [],
): Readonly<Record<string, string>> => {
  const named = [values['UV_INSECURE_HOST'], values['PIP_TRUSTED_HOST']].flatMap((list = '') =>
    list.split(/\s+/),
  );
  const hosts = [...new Set([...named, ...more])].filter((host) => host !== '').join(' ');
  return hosts === '' ? {} : { UV_INSECURE_HOST: hosts, PIP_TRUSTED_HOST: hosts };
};
