import * as path from 'node:path';
import type { Values } from './installer-environment';
import { has } from './installer-environment';
import { isOn } from '../values/is-on';

/** Variables that name a file of certificates, or folders of such. pip prefers the first of its own: a later one counts only without it. */
const CERTIFICATE_VARIABLES = [
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'PIP_CERT',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
];

/** Those of them that name one file. */
const OF_ONE_FILE = CERTIFICATE_VARIABLES.filter((name) => name !== 'SSL_CERT_DIR');

/** A file or folder of certificates. */
export interface NamedCertificates {
  readonly variable: string;
  /** As it is written. */
  readonly place: string;
}

/** Whether variables name certificates. */
export const namesCertificates = (values: Values): boolean => has(values, ...CERTIFICATE_VARIABLES);

/** The certificates that variables name. Each installer reads some of these variables; all of them count for both. */
export const namedCertificates = (values: Values): readonly NamedCertificates[] =>
  CERTIFICATE_VARIABLES.flatMap((variable) =>
    (values[variable] ?? '')
      .split(variable === 'SSL_CERT_DIR' ? path.delimiter : '\0')
      .filter((place) => place !== '')
      .map((place) => ({ variable, place })),
  );

/** Whether uv takes the certificates of the system. pip does so by itself only since version 24.2. */
export const usesSystemCertificates = (values: Values): boolean =>
  isOn(values['UV_SYSTEM_CERTS']) || isOn(values['UV_NATIVE_TLS']);

/** The variables by which uv and pip both read one file. */
export const withCertificateFile = (file: string): Readonly<Record<string, string>> =>
  Object.fromEntries(OF_ONE_FILE.map((name) => [name, file]));
