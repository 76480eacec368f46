/** A guard that is taken out, and the test that must notice. */
export interface Mutation {
  /** What is not true any more, in the words of a user. */
  readonly what: string;
  /** Relative to the repository. */
  readonly file: string;
  /** Text that is in the file once. */
  readonly from: string;
  readonly to: string;
  readonly test: string;
}

export const MUTATIONS: readonly Mutation[] = [
  {
    what: 'A file with the set-user-ID bit goes into a bundle',
    file: 'src/exec/distributions/unsafe-file.ts',
    from: '(stats.mode & SET_USER) !== 0',
    to: 'false',
    test: 'test/exec/distributions/unsafe-file.test.ts',
  },
  {
    what: 'A link out of the modules goes into a bundle',
    file: 'src/exec/distributions/unsafe-file.ts',
    from: 'if (stats.isSymbolicLink()) {',
    to: 'if (stats.isSymbolicLink() && stats.size < 0) {',
    test: 'test/exec/distributions/unsafe-file.test.ts',
  },
  {
    what: 'A wheel for another Python or machine is taken',
    file: 'src/exec/distributions/wheel-tags.ts',
    from: 'tags.length > 0 && !tags.some(fits)',
    to: 'false && !tags.some(fits)',
    test: 'test/exec/distributions/wheel-tags.test.ts',
  },
  {
    what: 'Native code for another machine is taken',
    file: 'src/plan/model/native-code.ts',
    from: 'if (machine !== machineOf(runtime.architecture))',
    to: 'if (machine === undefined)',
    test: 'test/exec/distributions/foreign-binary.test.ts',
  },
  {
    what: 'A requirements file may be another one than was planned',
    file: 'src/plan/declarations/local-packages/install-inputs.ts',
    from: 'sha256(bytes) === digest &&',
    to: '',
    test: 'test/plan/declarations/local-packages/install-inputs.test.ts',
  },
  {
    what: 'A plan may say another hash than its content has',
    file: 'src/plan/decode/plan-consistency.ts',
    from: '...hashInconsistencies(plan),',
    to: '',
    test: 'test/plan/decode/plan-consistency.test.ts',
  },
  {
    what: 'A plan may start this machine’s tools with other arguments',
    file: 'src/plan/decode/install-consistency.ts',
    from: 'hostInstall(python, runtime.architecture, {',
    to: 'host ?? hostInstall(python, runtime.architecture, {',
    test: 'test/plan/decode/install-consistency.test.ts',
  },
  {
    what: 'A plan may mount a folder over one of the container’s own',
    file: 'src/plan/options/docker-options.ts',
    from: '!OWN_TARGETS.some((own) => overlap(target, own))',
    to: 'true',
    test: 'test/plan/options/docker-options.test.ts',
  },
  {
    what: 'A container keeps its capabilities',
    file: 'src/plan/install/container-privileges.ts',
    from: "['--cap-drop', 'ALL', ...",
    to: '[...',
    test: 'test/plan/install/container-privileges.test.ts',
  },
  {
    what: 'A message has passwords of URLs in it',
    file: 'src/plan/values/redact.ts',
    from: "text.replace(ANY_USER_INFO, '')",
    to: "text.replace(ANY_USER_INFO, '$&')",
    test: 'test/plan/values/redact.test.ts',
  },
  {
    what: 'A message has values of secret variables in it',
    file: 'src/exec/process/redacting-shell.ts',
    from: 'output: redact(result.output) }',
    to: 'output: result.output }',
    test: 'test/exec/process/redacting-shell.test.ts',
  },
  {
    what: 'A password of a requirements file is copied to the store',
    file: 'src/plan/declarations/local-packages/credential-variables.ts',
    from: "if (literal === '')",
    to: 'if (at >= 0)',
    test: 'test/plan/declarations/local-packages/credential-variables.test.ts',
  },
  {
    what: '`.env` goes into a bundle',
    file: 'src/plan/sources/ignore-rules.ts',
    from: "  '.env*',\n",
    to: '',
    test: 'test/plan/sources/ignore-rules.test.ts',
  },
  {
    what: 'A requirement without a hash is taken although hashes are required',
    file: 'src/plan/declarations/line-checks/requirements-check.ts',
    from: '!/\\s--hash[\\s=]/.test(line.text)',
    to: 'line.text === undefined',
    test: 'test/plan/declarations/line-checks/requirements-check.test.ts',
  },
  {
    what: 'A lock of another `pyproject.toml` is installed',
    file: 'src/plan/locks/locked/lock-freshness.ts',
    from: 'sha256(text) !== hash',
    to: 'text === undefined',
    test: 'test/plan/locks/locked/lock-freshness.test.ts',
  },
  {
    what: 'A module hides the handler’s own',
    file: 'src/exec/bundle/shadowed-modules.ts',
    from: 'if (shadow !== undefined)',
    to: 'if (shadow === null)',
    test: 'test/exec/bundle/shadowed-modules.test.ts',
  },
  {
    what: 'A path that leaves a folder counts as inside',
    file: 'src/plan/values/paths.ts',
    from: "!relative.startsWith('../')",
    to: 'true',
    test: 'test/plan/values/paths.test.ts',
  },
  {
    what: 'A builder gets values of variables as arguments of a build, which it keeps',
    file: 'src/plan/assembly/buildx-argv.ts',
    from: "['--secret', secret]",
    to: "['--build-arg', secret]",
    test: 'test/plan/assembly/buildx-argv.test.ts',
  },
  {
    what: 'What a lost builder was building is built by no other',
    file: 'src/exec/buildkit/builders.ts',
    from: 'return build(key, work);',
    to: 'return E.left(noBuilder(lost));',
    test: 'test/exec/buildkit/builders.test.ts',
  },
  {
    what: 'A bundle of BuildKit is another one than that of a container',
    file: 'src/plan/parts/plan-hash.ts',
    from: "executor === 'buildkit' ? 'docker' : executor",
    to: 'executor',
    test: 'test/plan/plan.hashes.test.ts',
  },
  {
    what: 'A command that fails in a build is told in the words of BuildKit',
    file: 'src/exec/buildkit/build-failure.ts',
    from: 'if (command !== undefined) {',
    to: 'if (command === null) {',
    test: 'test/exec/buildkit/buildkit-install.test.ts',
  },
  {
    what: 'A part that a build has planted in the store is served',
    file: 'src/exec/store/store.ts',
    from: 'return sealed && readPart(place, sealed.digest);',
    to: 'return readPart(place, sealed?.digest);',
    test: 'test/exec/store/entry-seal.test.ts',
  },
  {
    what: 'An entry counts under another key than it was made for',
    file: 'src/exec/store/sealed-file.ts',
    from: 'JSON.stringify([kind, key, sha256(content)])',
    to: 'JSON.stringify([kind, sha256(content)])',
    test: 'test/exec/store/entry-seal.test.ts',
  },
  {
    what: 'An empty zip in the output is taken for a bundle',
    file: 'src/exec/bundle/bundle-is-current.ts',
    from: 'isUntouched(bundle, head.zip)',
    to: 'isUntouched(bundle)',
    test: 'test/exec/store/entry-seal.test.ts',
  },
  {
    what: 'A file is shown before it is on the disk',
    file: 'src/exec/files/flush.ts',
    from: 'fs.fsyncSync(descriptor);',
    to: '',
    test: 'test/exec/store/store.test.ts',
  },
  {
    what: 'A store among the sources is bundled',
    file: 'src/exec/survey/walk.ts',
    from: 'if (isStore(found)) {',
    to: 'if (found.length < 0) {',
    test: 'test/exec/store/entry-seal.test.ts',
  },
  {
    what: 'One hash asks for hashes of nothing else',
    file: 'src/plan/declarations/line-checks/hash-mode.ts',
    from: "(line._tag === 'Named' && hasHash(line.text))",
    to: 'false',
    test: 'test/plan/declarations/line-checks/hash-mode.test.ts',
  },
  {
    what: 'A build that a variable forbids is made',
    file: 'src/plan/install/switched-off-builds.ts',
    from: "isOn(values['UV_NO_BUILD']) ? [':all:'] : []",
    to: '[]',
    test: 'test/plan/install/switched-off-builds.test.ts',
  },
  {
    what: 'A private key that lies among certificates goes to a container',
    file: 'src/exec/machine/certificates.ts',
    from: '.match(CERTIFICATE) ?? []',
    to: ".split('%') ?? []",
    test: 'test/exec/machine/certificates.test.ts',
  },
  {
    what: 'A module that only another Python has counts as found',
    file: 'src/exec/survey/check-imports.ts',
    from: 'const minor = minorOf(runtime);',
    to: 'const minor = minorOf(runtime) * 0 + 13;',
    test: 'test/exec/survey/check-imports.test.ts',
  },
];
