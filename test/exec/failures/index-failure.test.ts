import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { indexFailure } from '../../../src/exec/failures/index-failure';
import { missingRequirement } from '../../../src/exec/scripts/installer-output';

const test = suite('what a package index did instead of its part');

test('the first address that is told, without credentials, and the reason', () => {
  const output =
    'error: Failed to fetch: `http://aws:secret@host/simple/six/`\n  cause: tcp connect error\n  cause: Connection refused (os error 111)\n';
  const failure = indexFailure(output);
  assert.is(failure?.reason, 'nothing answers at that address (connection refused)');
  assert.match(failure?.wanted ?? '', /\/\/host\/simple\/six\/$/);
  assert.not.match(JSON.stringify(failure), /secret/);
});

test('colours of the tool are no part of the address', () => {
  const output =
    '\u001b[36mhint\u001b[39m: An index (\u001b[36mhttp://h/simple\u001b[39m) returned a \u001b[31m403 Forbidden\u001b[39m error.\n';
  const { wanted, reason } = indexFailure(output) ?? {};
  assert.equal([wanted, reason], ['http://h/simple', 'it does not serve this user (403)']);
});

test('a certificate that is not trusted comes with the variables that help', () => {
  const reason =
    'its certificate is not trusted here: name the file of your CA in PIP_CERT or SSL_CERT_FILE, or set UV_SYSTEM_CERTS=true if this system trusts it';
  for (const output of [
    'error: Failed to fetch: `https://h/simple/six/`\n  cause: invalid peer certificate: UnknownIssuer\n',
    "WARNING: Could not fetch URL https://h/simple/six/: There was a problem confirming the ssl certificate: HTTPSConnectionPool(host='h', port=443): [SSL: CERTIFICATE_VERIFY_FAILED] - skipping\n",
  ])
    assert.is(indexFailure(output)?.reason, reason);
});

test('a name that one of several indexes has not is no failure of it', () => {
  const output =
    'WARNING: Could not fetch URL http://h/simple/six/: 404 Client Error: Not Found for url: http://h/simple/six/ - skipping\nERROR: No matching distribution found for six==99\n';
  assert.is(indexFailure(output), undefined);
  assert.is(missingRequirement(output), 'six==99');
});

test('an index that answered with an error is not taken for one that has no such version', () => {
  const output =
    'WARNING: Could not fetch URL http://h/simple/six/: 403 Client Error: Forbidden for url: http://h/simple/six/ - skipping\nERROR: No matching distribution found for six==99\n';
  assert.is(missingRequirement(output), undefined);
  assert.is(indexFailure(output)?.reason, 'it does not serve this user (403)');
});

test('of a fault in the tool itself the last line is shown, and none of its frames', () => {
  const output =
    'Looking in indexes: http://h/simple\nERROR: Exception:\nTraceback (most recent call last):\n  File "/x/collector.py", line 231, in parse_links\n    data = json.loads(page.content)\njson.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)\n';
  assert.equal(indexFailure(output), {
    wanted: 'http://h/simple',
    reason: 'its answer is not a page of a package index',
    output:
      'Looking in indexes: http://h/simple\njson.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)',
  });
});

test('what failed for another reason is none', () => {
  assert.is(indexFailure('error: No solution found: a==1 depends on b==2 and you require b==1'), undefined);
});

test.run();
