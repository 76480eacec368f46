/** Ten packages that people ship, most of them with native code, pinned to versions with wheels for Python 3.11 and 3.13. */
export const REAL_PACKAGES: Readonly<Record<string, string>> = {
  requests: '2.32.3',
  PyYAML: '6.0.2',
  numpy: '2.2.6',
  pandas: '2.2.3',
  pydantic: '2.11.7',
  cryptography: '44.0.3',
  orjson: '3.10.18',
  lxml: '5.4.0',
  Pillow: '11.2.1',
  'psycopg2-binary': '2.9.10',
};

export const REAL_REQUIREMENTS = Object.entries(REAL_PACKAGES)
  .map(([name, version]) => `${name}==${version}\n`)
  .join('');

/** Uses each of them, so that its native code is loaded, and tells the versions that the bundle's metadata has. */
export const REAL_HANDLER = `
import importlib.metadata
import io

import lxml.etree
import numpy
import orjson
import pandas
import PIL.Image
import psycopg2.extensions
import pydantic
import requests
import yaml
from cryptography.fernet import Fernet


class Order(pydantic.BaseModel):
    amount: int


def lambda_handler(event, context):
    key = Fernet.generate_key()
    picture = io.BytesIO()
    PIL.Image.new("RGB", (2, 2)).save(picture, "PNG")
    return {
        "versions": {name: importlib.metadata.version(name) for name in event["names"]},
        "sum": int(pandas.DataFrame({"a": numpy.arange(5)}).a.sum()),
        "order": Order(amount="3").amount,
        "secret": Fernet(key).decrypt(Fernet(key).encrypt(b"kept")).decode(),
        "json": orjson.dumps({"a": [1]}).decode(),
        "xml": lxml.etree.fromstring("<a><b/></a>")[0].tag,
        "yaml": yaml.load("a: 1", Loader=yaml.CSafeLoader),
        "png": picture.getvalue()[1:4].decode(),
        "libpq": psycopg2.extensions.libpq_version() > 100000,
        "agent": requests.utils.default_user_agent(),
    }
`;

/** What the handler answers to `{ names: Object.keys(REAL_PACKAGES) }`. */
export const REAL_ANSWER = {
  versions: REAL_PACKAGES,
  sum: 10,
  order: 3,
  secret: 'kept',
  json: '{"a":[1]}',
  xml: 'b',
  yaml: { a: 1 },
  png: 'PNG',
  libpq: true,
  agent: 'python-requests/2.32.3',
};
