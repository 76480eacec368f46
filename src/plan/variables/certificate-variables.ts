import * as path from 'node:path';
import type { Values } from './installer-environment';
import { has } from './installer-environment';
import { isOn } from '../values/is-on';

/**
 * Variables that name a certificate file, or certificate folders. pip uses the first of its own variables that is set.
 */
const CERTIFICATE_VARIABLES = [
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'PIP_CERT',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

/** The variables that name one file. */
const OF_ONE_FILE = CERTIFICATE_VARIABLES.filter((name) => name !== 'SSL_CERT_DIR');

/** A certificate file or folder that a variable names. */
export interface NamedCertificates {
  readonly variable: string;
  /** As written. */
  readonly place: string;
}

export const namesCertificates = (values: Values): boolean => has(values, ...CERTIFICATE_VARIABLES);

/**
 * The certificates that variables name. Each installer reads only some of these variables, but all of them count for
 * both.
 */
export const namedCertificates = (values: Values): readonly NamedCertificates[] =>
  CERTIFICATE_VARIABLES.flatMap((variable) =>
    (values[variable] ?? '')
      .split(variable === 'SSL_CERT_DIR' ? path.delimiter : '\0')
      .filter((place) => place !== '')
      .map((place) => ({ variable, place })),
  );

/** Whether uv uses the system's certificates. pip does so by default only since version 24.2. */
export const usesSystemCertificates = (values: Values): boolean =>
  isOn(values['UV_SYSTEM_CERTS']) || isOn(values['UV_NATIVE_TLS']);

/** The variables with which both uv and pip read one certificate file. */
export const withCertificateFile = (file: string): Readonly<Record<string, string>> =>
  Object.fromEntries(OF_ONE_FILE.map((name) => [name, file]));
