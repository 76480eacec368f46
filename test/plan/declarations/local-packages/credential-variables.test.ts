import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withCredentialVariables } from '../../../../src/plan/declarations/local-packages/credential-variables';

const test = suite('credentials of requirements as variables');

test('what is written out before the host, one by one', () => {
  assert.equal(
    withCredentialVariables('-i https://u:p@h/simple\nx @ https://t0ken@h/x.whl # https://v:w@h\n', 3),
    {
      text: '-i https://${CDK_LAMBDA_PYTHON_URL_3_0}@h/simple\nx @ https://${CDK_LAMBDA_PYTHON_URL_3_1}@h/x.whl # https://${CDK_LAMBDA_PYTHON_URL_3_2}@h\n',
      values: {
        CDK_LAMBDA_PYTHON_URL_3_0: 'u:p',
        CDK_LAMBDA_PYTHON_URL_3_1: 't0ken',
        CDK_LAMBDA_PYTHON_URL_3_2: 'v:w',
      },
    },
  );
});

test('what is a variable already, a user of SSH alone, and what is no user at all stay', () => {
  for (const text of [
    '-i https://${USER}:${TOKEN}@h/simple',
    '-i https://aws:${TOKEN}@h/simple',
    'x @ git+ssh://git@h/x.git@v1',
    'x @ https://h/x@1.whl',
  ]) {
    assert.equal(withCredentialVariables(text, 0), { text, values: {} });
  }
  assert.is(
    withCredentialVariables('x @ git+ssh://git:p@h/x.git', 0).text,
    'x @ git+ssh://${CDK_LAMBDA_PYTHON_URL_0_0}@h/x.git',
  );
});

test.run();
