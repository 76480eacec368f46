import * as t from 'io-ts';

/*
 * The types on which readers of locks rely: a key may be missing, but its value has one type. Otherwise a hash or a
 * marker of another type would count as missing, and silently change what is installed.
 */

const Text = t.string;
const Texts = t.array(Text);

/** A type that is one of two. */
const either = <A, B>(name: string, a: t.Type<A>, b: t.Type<B>): t.Type<A | B> =>
  new t.Type<A | B>(
    name,
    (u): u is A | B => a.is(u) || b.is(u),
    (u, context) => (a.is(u) || b.is(u) ? t.success(u) : t.failure(u, context)),
    t.identity,
  );

const TextOrTexts = either('a text or a list of texts', Text, Texts);

const File = t.partial({
  ...{ url: Text, path: Text, file: Text, filename: Text, name: Text, hash: Text },
  ...{ hashes: t.record(Text, Text), subdirectory: Text },
});
const Files = t.array(File);

const UvSource = t.partial({
  ...{ registry: Text, git: Text, url: Text, path: Text },
  ...{ directory: Text, editable: Text, virtual: Text, subdirectory: Text },
});
const UvEdge = t.partial({
  ...{ name: Text, version: Text, source: UvSource, marker: Text },
  ...{ extra: TextOrTexts, extras: TextOrTexts, specifier: Text },
});
const UvEdges = t.array(UvEdge);

export const UvLockShape = t.partial({
  'requires-python': Text,
  'resolution-markers': Texts,
  'supported-markers': Texts,
  manifest: t.partial({ requirements: UvEdges }),
  package: t.array(
    t.partial({
      ...{ name: Text, version: Text, source: UvSource, 'resolution-markers': Texts },
      ...{ dependencies: UvEdges, sdist: File, wheels: Files },
      'optional-dependencies': t.record(Text, UvEdges),
      'dev-dependencies': t.record(Text, UvEdges),
      metadata: t.partial({ 'requires-dist': UvEdges, 'requires-dev': t.record(Text, UvEdges) }),
    }),
  ),
});

export const PylockShape = t.partial({
  'requires-python': Text,
  ...{ environments: Texts, extras: Texts, 'dependency-groups': Texts, 'default-groups': Texts },
  packages: t.array(
    t.partial({
      ...{ name: Text, version: Text, marker: Text, 'requires-python': Text, index: Text },
      ...{ sdist: File, wheels: Files, archive: File },
      vcs: t.partial({ type: Text, url: Text, path: Text, 'commit-id': Text, subdirectory: Text }),
      directory: t.partial({ path: Text, subdirectory: Text }),
    }),
  ),
});

export const PoetryShape = t.partial({
  package: t.array(
    t.partial({
      ...{ name: Text, version: Text, optional: t.boolean, 'python-versions': Text, groups: Texts },
      markers: either('a text or a table of texts', Text, t.record(Text, Text)),
      ...{ files: Files, dependencies: t.record(Text, t.unknown), extras: t.record(Text, Texts) },
      source: t.partial({
        ...{ type: Text, url: Text, reference: Text },
        ...{ resolved_reference: Text, subdirectory: Text },
      }),
    }),
  ),
  extras: t.record(Text, Texts),
  metadata: t.partial({
    ...{ 'lock-version': Text, 'python-versions': Text, 'content-hash': Text },
    ...{ files: t.record(Text, Files), hashes: t.record(Text, Texts) },
  }),
});

export const PdmShape = t.partial({
  metadata: t.partial({ groups: Texts, lock_version: Text, content_hash: Text, strategy: Texts }),
  package: t.array(
    t.partial({
      ...{ name: Text, version: Text, extras: Texts, groups: Texts, requires_python: Text, marker: Text },
      ...{ dependencies: Texts, files: Files, git: Text, revision: Text, ref: Text },
      ...{ path: Text, url: Text, subdirectory: Text },
    }),
  ),
});

export const PipfileMetaShape = t.partial({
  hash: t.partial({ sha256: Text }),
  requires: t.record(Text, Text),
  sources: t.array(t.partial({ name: Text, url: Text })),
});

/** A section of Pipfile.lock. */
export const PipfileSectionShape = t.record(
  Text,
  t.partial({
    ...{ version: Text, markers: Text, hashes: Texts, index: Text, extras: Texts },
    ...{ git: Text, ref: Text, path: Text, file: Text, subdirectory: Text, no_binary: t.boolean },
  }),
);
