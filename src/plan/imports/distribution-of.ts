import { normalizeName } from '../packaging/requirement/package-name';

/** Modules whose usual distribution has another name. A key with a dot is a module of a namespace. */
const DISTRIBUTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Crypto: 'pycryptodome',
    Cryptodome: 'pycryptodomex',
    MySQLdb: 'mysqlclient',
    OpenSSL: 'pyOpenSSL',
    PIL: 'Pillow',
    Xlib: 'python-xlib',
    attr: 'attrs',
    aws_cdk: 'aws-cdk-lib',
    aws_lambda_powertools: 'aws-lambda-powertools',
    aws_xray_sdk: 'aws-xray-sdk',
    bs4: 'beautifulsoup4',
    bson: 'pymongo',
    cairosvg: 'CairoSVG',
    charset_normalizer: 'charset-normalizer',
    corsheaders: 'django-cors-headers',
    cv2: 'opencv-python-headless',
    datadog_lambda: 'datadog-lambda',
    dateutil: 'python-dateutil',
    decouple: 'python-decouple',
    discord: 'discord.py',
    dns: 'dnspython',
    docx: 'python-docx',
    dotenv: 'python-dotenv',
    email_validator: 'email-validator',
    faiss: 'faiss-cpu',
    fitz: 'PyMuPDF',
    flask_cors: 'Flask-Cors',
    git: 'GitPython',
    github: 'PyGithub',
    gitlab: 'python-gitlab',
    'google.api_core': 'google-api-core',
    'google.auth': 'google-auth',
    'google.cloud.bigquery': 'google-cloud-bigquery',
    'google.cloud.firestore': 'google-cloud-firestore',
    'google.cloud.pubsub_v1': 'google-cloud-pubsub',
    'google.cloud.secretmanager': 'google-cloud-secret-manager',
    'google.cloud.storage': 'google-cloud-storage',
    'google.genai': 'google-genai',
    'google.generativeai': 'google-generativeai',
    'google.oauth2': 'google-auth',
    'google.protobuf': 'protobuf',
    google_auth_oauthlib: 'google-auth-oauthlib',
    googleapiclient: 'google-api-python-client',
    gridfs: 'pymongo',
    grpc: 'grpcio',
    jinja2: 'Jinja2',
    jose: 'python-jose',
    jsonpath_ng: 'jsonpath-ng',
    jwt: 'PyJWT',
    kafka: 'kafka-python',
    magic: 'python-magic',
    markdown: 'Markdown',
    multipart: 'python-multipart',
    mysql: 'mysql-connector-python',
    nacl: 'PyNaCl',
    opensearchpy: 'opensearch-py',
    pkg_resources: 'setuptools',
    psycopg: 'psycopg[binary]',
    psycopg2: 'psycopg2-binary',
    pymysql: 'PyMySQL',
    pythonjsonlogger: 'python-json-logger',
    requests_aws4auth: 'requests-aws4auth',
    requests_oauthlib: 'requests-oauthlib',
    rest_framework: 'djangorestframework',
    ruamel: 'ruamel.yaml',
    'ruamel.yaml': 'ruamel.yaml',
    sentry_sdk: 'sentry-sdk',
    serial: 'pyserial',
    skimage: 'scikit-image',
    sklearn: 'scikit-learn',
    slack_sdk: 'slack-sdk',
    slugify: 'python-slugify',
    snowflake: 'snowflake-connector-python',
    socks: 'PySocks',
    sqlalchemy: 'SQLAlchemy',
    telegram: 'python-telegram-bot',
    ulid: 'python-ulid',
    usb: 'pyusb',
    websocket: 'websocket-client',
    win32api: 'pywin32',
    wx: 'wxPython',
    xlsxwriter: 'XlsxWriter',
    yaml: 'PyYAML',
    zmq: 'pyzmq',
  }),
);

/** Distributions that have the name of their module. */
const SAME_NAME: ReadonlySet<string> = new Set(
  (
    'attrs dateparser ics ldap3 lxml msgpack pandas pypdf pytz typing_extensions ' +
    'aiobotocore aiohttp anthropic arrow asyncpg awswrangler boto boto3 botocore cachetools certifi cffi chardet click ' +
    'cryptography elasticsearch fastapi flask geopy graphene httpx idna jmespath jsonschema langchain loguru mangum ' +
    'marshmallow matplotlib moto networkx nltk numpy openai openpyxl orjson packaging passlib paramiko pendulum ' +
    'polars psutil pyarrow pydantic pydantic_settings pymongo pyodbc pyparsing redis regex requests rich s3fs s3transfer ' +
    'scipy setuptools shapely simplejson six sqlmodel sqlparse starlette stripe structlog tabulate tenacity toml ' +
    'tomli torch tqdm transformers twilio ujson urllib3 uvicorn wrapt xmltodict zeep'
  ).split(' '),
);

/** The distribution that usually provides a module, or undefined for an unknown module. */
export const distributionOf = (module: string): string | undefined => {
  const parts = module.split('.');
  const names = parts.map((_, end) => parts.slice(0, parts.length - end).join('.'));
  const found = names.map((name) => DISTRIBUTIONS.get(name)).find((name) => name !== undefined);
  const [top = ''] = parts;
  return found ?? (SAME_NAME.has(top) ? top.replaceAll('_', '-') : undefined);
};

/** The known modules of a distribution whose names differ from its own. */
export const modulesOf = (distribution: string): readonly string[] => {
  const wanted = normalizeName(distribution);
  return [...DISTRIBUTIONS]
    .filter(([, name]) => normalizeName(name.split('[')[0] ?? name) === wanted)
    .flatMap(([module]) => (normalizeName(module) === wanted ? [] : [module]));
};

/** Whether the modules of a distribution are known, so that no other name is one of them. */
export const isKnownDistribution = (distribution: string): boolean =>
  KNOWN.has(normalizeName(distribution.split('[')[0] ?? distribution));

const KNOWN: ReadonlySet<string> = new Set(
  [...DISTRIBUTIONS.values(), ...SAME_NAME].map((name) => normalizeName(name.split('[')[0] ?? name)),
);
