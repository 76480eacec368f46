/**
 * Modules that Lambda's runtime client (awslambdaric) has imported before it imports the handler, on any of
 * Python 3.7 … 3.13. `import_module` returns these, even if the bundle has a file of that name. Read from
 * `sys.modules` after `import awslambdaric.bootstrap, runpy`.
 */
const TAKEN: ReadonlySet<string> = new Set(
  (
    'abc atexit awslambdaric binascii bisect builtins bz2 codecs collections contextlib copyreg decimal encodings enum ' +
    'errno fnmatch functools genericpath heapq importlib io ipaddress itertools json keyword linecache logging lzma ' +
    'marshal math ntpath numbers operator os pathlib pkgutil posix posixpath random re reprlib runpy runtime_client ' +
    'shutil simplejson site snapshot_restore_py sre_compile sre_constants sre_parse stat string struct sys tempfile ' +
    'textwrap threading time token tokenize traceback types typing urllib warnings weakref zipfile zipimport zlib'
  ).split(' '),
);

/** Whether a name at the top of a bundle is that of a preloaded module. */
export const isTakenModule = (name: string): boolean => TAKEN.has(name);
