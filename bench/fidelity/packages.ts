/** A package that is bundled, by its name in the index. */
export interface Subject {
  readonly name: string;
  /** Its place among the most downloaded packages of PyPI. */
  readonly rank: number;
  /** What the function imports. @default the name, with `_` for `-` */
  readonly module?: string;
}

/**
 * The 100 most downloaded packages of PyPI (ranks of autumn 2026) that a Lambda function may need.
 * `LEFT_OUT` has those between them.
 */
const RANKED = `
1 boto3, 2 packaging, 3 urllib3, 4 certifi, 5 idna, 6 requests, 7 typing-extensions, 8 charset-normalizer, 10 botocore,
11 cryptography, 12 aiobotocore, 13 python-dateutil=dateutil, 14 six, 15 pyyaml=yaml, 16 pydantic, 17 pygments, 18 cffi,
19 click, 20 numpy, 21 pluggy, 22 pycparser, 23 pydantic-core, 24 grpcio-status=grpc_status, 25 anyio, 26 s3transfer,
27 attrs=attr, 28 protobuf=google.protobuf, 29 h11, 31 annotated-types, 33 fsspec, 34 httpx, 35 httpcore,
36 typing-inspection, 37 pandas, 39 s3fs, 40 markupsafe, 41 platformdirs, 42 python-dotenv=dotenv, 43 pathspec,
44 pyjwt=jwt, 45 jinja2, 46 rich, 47 jmespath, 48 markdown-it-py=markdown_it, 49 aiohttp, 50 filelock,
51 importlib-metadata, 52 yarl, 53 starlette, 54 multidict, 55 jsonschema, 56 zipp, 57 uvicorn, 58 propcache, 60 mdurl,
61 pyasn1, 62 pytz, 63 google-auth=google.auth, 64 googleapis-common-protos=google.rpc.status_pb2, 65 frozenlist,
66 litellm, 67 fastapi, 68 rpds-py=rpds, 69 tqdm, 70 annotated-doc, 71 aiosignal, 72 referencing,
73 jsonschema-specifications, 75 tzdata, 76 google-api-core=google.api_core, 77 aiohappyeyeballs, 78 pillow=PIL.Image,
80 greenlet, 81 colorama, 82 pyasn1-modules, 83 typer, 84 grpcio=grpc, 85 opentelemetry-sdk=opentelemetry.sdk.trace,
86 tenacity, 87 wrapt, 88 requests-oauthlib, 89 opentelemetry-api=opentelemetry.trace, 90 pyarrow, 92 websockets,
93 opentelemetry-semantic-conventions=opentelemetry.semconv, 94 python-multipart, 95 scipy=scipy.linalg, 96 sniffio,
97 pydantic-settings, 98 sqlalchemy, 99 pyparsing, 101 tomli, 102 lxml=lxml.etree, 103 beautifulsoup4=bs4, 104 oauthlib,
105 soupsieve, 106 psutil, 107 regex, 108 cachetools, 111 openai
`;

/** Further ones with native code, less downloaded, that functions often have. */
const FURTHER = `
143 redis, 147 psycopg2-binary=psycopg2, 159 pynacl=nacl.public, 163 uvloop, 179 scikit-learn=sklearn, 184 bcrypt,
194 orjson, 241 paramiko, 311 pymongo, 329 asyncpg
`;

const subjectsOf = (text: string): readonly Subject[] =>
  text
    .split(',')
    .map((entry) => entry.trim().split(/[ =]/))
    .map(([rank = '', name = '', module]) => ({
      name,
      rank: Number(rank),
      ...(module !== undefined && { module }),
    }));

export const SUBJECTS: readonly Subject[] = [...subjectsOf(RANKED), ...subjectsOf(FURTHER)];

/** What is among the ranks above and is not bundled, and why. */
export const LEFT_OUT: readonly (readonly [reason: string, names: string])[] = [
  ['installs or builds packages', 'setuptools, pip, wheel, virtualenv'],
  ['runs tests', 'pytest, iniconfig'],
  ['classifiers for build backends', 'trove-classifiers'],
  ['a command line, not a library', 'awscli'],
  ['finds out which shell a user has', 'shellingham'],
  ['a user interface for terminals', 'textual'],
  ['serves large language models on GPUs, above 250 MB', 'sglang'],
];

/** What a function imports of it. */
export const moduleOf = ({ name, module }: Subject): string => module ?? name.replaceAll('-', '_');
