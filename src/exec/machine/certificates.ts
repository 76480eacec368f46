import * as fs from 'node:fs';
import * as path from 'node:path';
import type { NamedCertificates } from '../../plan/variables/certificate-variables';
import {
  namedCertificates,
  namesCertificates,
  usesSystemCertificates,
  withCertificateFile,
} from '../../plan/variables/certificate-variables';
import type { Values } from '../../plan/variables/installer-environment';
import { homeOf } from '../files/home';

/** The name of a file that holds all certificates of this machine. */
export const CERTIFICATES_NAME = 'certificates.pem';

/** Files in which operating systems keep all certificates that they trust. */
const OF_SYSTEMS = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** The file at a place, or all files of a folder; undefined if the place cannot be read. */
const filesOf = (place: string): readonly string[] | undefined => {
  try {
    const real = fs.realpathSync(place);
    if (!fs.statSync(real).isDirectory()) return [real];
    const all = fs.readdirSync(real).map((name) => path.join(real, name));
    // Such folders often have links to missing files.
    return all.flatMap((file) =>
      fs.existsSync(file) && fs.statSync(file).isFile() ? fs.realpathSync(file) : [],
    );
  } catch {
    return undefined;
  }
};

/** The path of a place: pip replaces `~` by the user's home folder. */
const placeOf = ({ place }: NamedCertificates, home: string): string =>
  place.replace(/^~(?=\/|$)/, () => home);

/** The certificates that count for an install on this machine. */
export interface Certificates {
  /** Absolute paths, each once. */
  readonly files: readonly string[];
  /** Whether they are the certificates of the system, because no variable names others. */
  readonly isOfSystem: boolean;
  /** A line for each place that cannot be read. */
  readonly notes: readonly string[];
}

/** Finds the certificates that variables name, or the system's if the variables name none and ask for the system's. */
export const certificatesOf = (values: Values): Certificates => {
  const named = namedCertificates(values).map((each) => ({
    ...each,
    files: filesOf(placeOf(each, homeOf(values))),
  }));
  const isOfSystem = named.length === 0 && usesSystemCertificates(values);
  const system = isOfSystem ? OF_SYSTEMS.find((file) => fs.existsSync(file)) : undefined;
  return {
    files: [
      ...new Set([...named.flatMap(({ files = [] }) => files), ...(system === undefined ? [] : [system])]),
    ],
    isOfSystem,
    notes: named
      .filter(({ files }) => files === undefined)
      .map(
        ({ variable, place }) =>
          `${variable} names ${place}, which cannot be read: its certificates are not used`,
      ),
  };
};

const CERTIFICATE = /-----BEGIN (X509 )?CERTIFICATE-----[^]*?-----END (X509 )?CERTIFICATE-----/g;

/** All certificates of files in one text, each once. Private keys in the files are not copied. */
const together = (files: readonly string[]): string =>
  [...new Set(files.flatMap((file) => fs.readFileSync(file, 'utf8').match(CERTIFICATE) ?? [])), ''].join(
    '\n',
  );

/** The variables of an install. */
interface Variables {
  /** The variables of this machine. */
  readonly own: Values;
  /** The variables of the bundle. If they name certificates, only they decide. */
  readonly given: Readonly<Record<string, string>>;
}

/** The variables that decide which certificates count. */
const deciding = ({ own, given }: Variables): Values =>
  namesCertificates(given) ? { ...given, HOME: homeOf(own) } : { ...own, ...given };

/**
 * The variables of an install on this machine, which make uv and pip read the same certificates. Certificates of
 * several files are joined into one file.
 *
 * @param folder absolute path of a folder for that file
 */
export const withCertificates = (
  { own, given }: Variables,
  folder: string,
): Variables & Pick<Certificates, 'notes'> => {
  const isGiven = namesCertificates(given);
  const { files, isOfSystem, notes } = certificatesOf(deciding({ own, given }));
  const [first, ...more] = files;
  if (first === undefined) return { own, given, notes };
  const file = more.length === 0 ? first : path.join(folder, CERTIFICATES_NAME);
  if (more.length > 0) fs.writeFileSync(file, together(files));
  // uv reads the certificates of the system itself.
  const { SSL_CERT_FILE, ...ofPip } = withCertificateFile(file);
  const added = isOfSystem || SSL_CERT_FILE === undefined ? ofPip : { ...ofPip, SSL_CERT_FILE };
  return isGiven
    ? { own, given: { ...given, ...added }, notes }
    : { own: { ...own, ...added }, given, notes };
};

/**
 * Writes the certificates of this machine to the folder of tools that a container gets, because the container does not
 * see the paths of this machine. Gives the lines to show.
 */
export const putCertificates = (folder: string, { own, given }: Variables): readonly string[] => {
  const { files, notes } = certificatesOf(deciding({ own, given }));
  if (files.length === 0) return notes;
  const file = path.join(folder, CERTIFICATES_NAME);
  fs.writeFileSync(file, together(files));
  // Whatever the umask of this machine: the container may read the file as another user.
  fs.chmodSync(file, 0o644);
  return notes;
};
