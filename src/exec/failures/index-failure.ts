import { redactUrls } from '../../plan/values/redact';
import { lastLines, withoutColours } from '../scripts/installer-output';
import { pageWithoutFiles, showPage } from '../scripts/page-without-files';

/** A failure of a package index. */
interface IndexFailure {
  /** The requested address, or the name of a distribution; empty if the tool does not name it. */
  readonly wanted: string;
  readonly reason: string;
  /** The last lines of the tool's output, without the frames of its own traceback. */
  readonly output: string;
}

/** Output of uv and pip with the address or the name of a file that they could not get or use. */
const NOT_HAD = [
  /Failed to fetch:? `?([^\s`]+)/,
  /An index(?: URL)? \(([^\s)]+)\) (?:returned a|could not be queried)/,
  /(?:Missing `Content-Type` header for|Unsupported `Content-Type` "[^"]*" for|Received some unexpected \w+ from) `([^\s`]+)`/,
  /Could not fetch URL (\S+): (?!404 )/,
  /HTTP error \d+ while getting (\S+)/,
  /Skipping page (\S+) because the/,
  /Failed to download `([^`]+)`/,
  /Because (\S+) has an invalid package format/,
  /Wheel '([^']+)' located at \S+ is invalid/,
];

/** Output of pip about such a file without its address or name. */
const NOT_HAD_EITHER = /Exceeded \d+ redirects|HTTPS?ConnectionPool\(host=|in parse_links\n/;

/** Reasons, by the output of both tools; the first match counts. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/Connection refused|ECONNREFUSED/, 'nothing answers at that address (connection refused)'],
  [
    /dns error|Name or service not known|Temporary failure in name resolution|getaddrinfo|nodename nor servname|NameResolutionError/,
    'its host is not known here (DNS)',
  ],
  [
    /timed? ?out/i,
    'it sent nothing for longer than the tool waits (uv: UV_HTTP_TIMEOUT, else 30 s; pip: PIP_DEFAULT_TIMEOUT, else 15 s)',
  ],
  [
    /certificate|CERTIFICATE_VERIFY_FAILED|SSLError/,
    'its certificate is not trusted here: name the file of your CA in PIP_CERT or SSL_CERT_FILE, or set UV_SYSTEM_CERTS=true if this system trusts it',
  ],
  [/\b401\b|Unauthorized/, 'it asks for a user name and password (401)'],
  [/\b403\b|Forbidden/, 'it does not serve this user (403)'],
  [/\b407\b|proxy authorization required/, 'the proxy asks for a user name and password (407)'],
  [/\b404 Client Error|404 Not Found|HTTP error 404/, 'it lists the file, but does not have it (404)'],
  [/\b(?:error \(|too many )?5\d\d\b(?= )/, 'it answered with a server error (5xx)'],
  [/redirect|Missing `Content-Type`/, 'it redirects without end'],
  [
    /invalid package format|is invalid|Invalid zip|central directory|Failed to (?:read|extract)/,
    'it sent another file than the wheel, or only a part of it',
  ],
  [
    /closed before message completed|RemoteDisconnected|Connection aborted|reset by peer|IncompleteRead|Connection broken/,
    'it closed the connection too early',
  ],
];

/** The status, and the type of an answer that the tools cannot read. */
const OF_OTHER_TYPE = /`Content-Type` "([^";]+)[^"]*"|Content-Type: ([\w.+-]+\/[\w.+-]*\w)/;
const OF_OTHER_STATUS = /HTTP status \w+ error \((\d{3})\b|: (\d{3}) (?:Client|Server) Error/;

/** The reason for unknown output: the status or type, if the tool names it. */
const otherReason = (output: string): string => {
  const [, byUv, byPip] = OF_OTHER_STATUS.exec(output) ?? [];
  const status = byUv ?? byPip;
  if (status !== undefined) return `it answered ${status}`;
  if (!/Content-Type|unexpected (?:JSON|HTML)|in parse_links/.test(output)) return 'it could not be used';
  const [, ofUv, ofPip] = OF_OTHER_TYPE.exec(output) ?? [];
  const type = ofUv ?? ofPip;
  return `its answer is not a page of a package index${type === undefined ? '' : ` (${type})`}`;
};

/** Reads a failure of a package index from a tool's output; undefined for another failure. */
export const indexFailure = (coloured: string): IndexFailure | undefined => {
  const output = withoutColours(coloured);
  const page = pageWithoutFiles(output);
  if (page !== undefined)
    return { wanted: redactUrls(page.asked), reason: redactUrls(showPage(page)), output: lastLines(output) };
  const found = NOT_HAD.map((words) => words.exec(output)?.[1]).find((url) => url !== undefined);
  if (found === undefined && !NOT_HAD_EITHER.test(output)) return undefined;
  const wanted = found ?? /Looking in indexes: (\S+)/.exec(output)?.[1] ?? '';
  return {
    wanted: redactUrls(wanted),
    reason: REASONS.find(([words]) => words.test(output))?.[1] ?? otherReason(output),
    output: lastLines(withoutFrames(output)),
  };
};

/** Removes the frames of a tool's own traceback, which do not help the reader; its last line stays. */
const withoutFrames = (output: string): string =>
  output.replace(/(?:^ERROR: Exception:\n)?^Traceback \(most recent call last\):\n(?:^[ ].*\n)*/gm, '');
