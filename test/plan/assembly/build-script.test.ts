import { execFileSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildScript } from '../../../src/plan/assembly/build-script';

const test = suite('build script');

test('variables come from the secrets, and then the command is all there is', () => {
  assert.is(
    buildScript({ workingDirectory: '/asset-input/a b', entrypoint: null, command: ['python', "it's", ''] }),
    [
      '#!/bin/sh',
      'for secret in /run/secrets/*; do',
      '  if [ -f "$secret" ]; then export "${secret##*/}=$(cat "$secret")"; fi',
      'done',
      'if [ -f /asset-netrc ]; then export NETRC=/asset-netrc; fi',
      'export HOME=/tmp',
      "cd '/asset-input/a b' || exit 1",
      'if [ "$1" = wheels ]; then',
      "  'python' 'it'\\''s' '' wheels > $HOME/cdk-lambda-python-done.log 2>&1; code=$?",
      '  if [ $code = 0 ]; then touch $HOME/cdk-lambda-python-done; cat $HOME/cdk-lambda-python-done.log; elif [ $code -ge 125 ]; then cat $HOME/cdk-lambda-python-done.log; exit $code; fi',
      '  exit 0',
      'fi',
      'if [ -f $HOME/cdk-lambda-python-done ]; then exit 0; fi',
      "exec 'python' 'it'\\''s' ''",
      '',
    ].join('\n'),
  );
});

test('an entrypoint comes before the command; whatever is in them, a shell hands it on as it is', () => {
  const words = ['a b', '$HOME', "'", '"', '\\', '`id`', 'line\nbreak', '*', ''];
  const script = buildScript({
    workingDirectory: '/',
    entrypoint: [process.execPath, '-p'],
    command: ['JSON.stringify(process.argv.slice(1))', '--', ...words],
  });
  assert.equal(JSON.parse(execFileSync('sh', ['-c', script], { encoding: 'utf8' })), words);
});

test('a variable that is set to nothing is set', () => {
  const docker = {
    workingDirectory: '/',
    entrypoint: null,
    command: ['sh', '-c', 'echo "${A-unset} ${B-unset}"'],
  };
  assert.is(execFileSync('sh', ['-c', buildScript(docker, ['A'])], { encoding: 'utf8' }), ' unset\n');
});

test.run();
