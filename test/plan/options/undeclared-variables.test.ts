import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BundleRequest } from '../../../src/plan/request/bundle-request';
import { undeclaredVariables } from '../../../src/plan/options/undeclared-variables';
import { planned, request } from '../support/world';

const test = suite('variables that commands read and nothing declares');

const names = (commands: readonly string[], changes: Partial<BundleRequest> = {}): readonly string[] =>
  undeclaredVariables(request({ hooks: { before: commands, after: [] }, ...changes })).flatMap(
    (warning) => warning.names,
  );

test('they are named, however they are written', () => {
  for (const command of [
    'echo $STAGE',
    'echo "$STAGE" > {output}/stage.txt',
    'echo "it\'s $STAGE\'s"',
    'cp "config.${STAGE}.json" x',
    'echo ${STAGE:-dev}',
    'echo ${#STAGE}',
    'echo %STAGE%',
    `python3 -c 'import os; print(os.environ["STAGE"])'`,
    `python3 -c "import os; print(os.environ['STAGE'])"`,
    'python3 -c "import os; print(os.environ[\\"STAGE\\"])"',
    `python3 -c 'import os; print(os.environ.get("STAGE"))'`,
    `python3 -c 'import os; print(os.getenv("STAGE"))'`,
    `python3 - <<'END'\nimport os\nprint(os.environ["STAGE"])\nEND`,
    "# don't\necho $STAGE",
    'test "$STAGE" == prod',
  ])
    assert.equal(names([command]), ['STAGE'], command);
  assert.equal(names(['echo $STAGE $AREA', 'echo $STAGE']), ['AREA', 'STAGE']);
  assert.equal(undeclaredVariables(request({ hooks: { before: [], after: ['echo $GIT_COMMIT'] } })), [
    { _tag: 'UndeclaredVariable', names: ['GIT_COMMIT'] },
  ]);
});

test('not what the commands themselves give a value', () => {
  for (const command of [
    'STAGE=dev; echo $STAGE',
    'export STAGE=dev && echo ${STAGE}',
    'STAGE+=x; echo $STAGE',
    ': ${STAGE:=dev}; echo $STAGE',
    'for STAGE in a b; do echo $STAGE; done',
    'while read -r NAME STAGE; do echo "$STAGE $NAME"; done < list',
    'while getopts ab: STAGE; do echo $STAGE; done',
    'declare -A STAGE; echo ${STAGE[x]}',
    'local STAGE; echo $STAGE',
    'mapfile -t STAGE < x; echo ${STAGE[@]}',
    'printf -v STAGE %s x; echo $STAGE',
    'set STAGE=dev && echo %STAGE%',
    `python3 -c 'import os; os.environ["STAGE"] = "x"; print(os.environ["STAGE"])'`,
    'source ./settings.sh && echo $STAGE',
    '. ./settings.sh && echo $STAGE',
    'set -a; . ./.env; echo $STAGE',
    'eval "$(./settings)"; echo $STAGE',
    'export $(cat .env) && echo $STAGE',
  ])
    assert.equal(names([command]), [], command);
  assert.equal(names(['export STAGE=dev', 'echo $STAGE']), [], 'in another command');
});

test('not what is no variable', () => {
  for (const command of [
    'echo \\$STAGE "\\${STAGE}"',
    "awk '{ print $NF, $STAGE }' list",
    "sed 's/$STAGE/x/' list",
    "cat > x.sh <<'END'\necho $STAGE\nEND",
    'make V=$$STAGE',
    'date "+%Y-%m-%dT%H%M%S"',
    'echo STAGE stage',
    'echo $stage $A ${Stage} $1 $@ $?',
    'echo 100%STAGE%%',
  ])
    assert.equal(names([command]), [], command);
});

test('not what every machine has, what says where things are, and credentials', () => {
  for (const name of [
    'PATH HOME PWD TMPDIR USER SHELL LANG LC_ALL TZ TERM CI PPID RANDOM BASH_VERSION HOSTNAME PYTHONPATH VIRTUAL_ENV',
    'PIP_INDEX_URL UV_CACHE_DIR HTTPS_PROXY SSH_AUTH_SOCK GIT_SSH_COMMAND CDK_LAMBDA_PYTHON_CACHE XDG_CACHE_HOME',
    'GITHUB_TOKEN AWS_SECRET_ACCESS_KEY AWS_PROFILE',
  ].flatMap((line) => line.split(' ')))
    assert.equal(names([`echo $${name}`]), [], name);
});

test('not what is given, and not where a container runs the commands', () => {
  const docker = { environment: [], volumes: [] };
  const commands = ['echo $STAGE'];
  assert.equal(names(commands, { variables: { STAGE: 'dev' } }), []);
  assert.equal(names(commands, { docker: { ...docker, environment: ['STAGE'] } }), []);
  assert.equal(names(commands, { executor: 'docker' }), []);
  assert.equal(names(commands, { executor: 'buildkit' }), []);
  assert.equal(names(commands, { docker: { ...docker, command: ['make'] } }), []);
  assert.equal(names(commands, { executor: 'host' }), ['STAGE']);
});

test('a plan has the warning', () => {
  const asked = request({ runtime: { prop: 'python3.12' }, hooks: { before: ['echo $STAGE'], after: [] } });
  assert.equal(planned(asked).warnings, [{ _tag: 'UndeclaredVariable', names: ['STAGE'] }]);
});

test.run();
