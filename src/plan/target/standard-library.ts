/**
 * Modules at the top of Python's standard library on every version from 3.6 to 3.15: `sys.stdlib_module_names` of 3.10 and
 * newer, and the folders of older ones. Modules for other systems than Linux are among them
 * (`platform-modules.ts`).
 *
 * @see https://docs.python.org/3/library/sys.html#sys.stdlib_module_names
 */
const ALWAYS: ReadonlySet<string> = new Set(
  (
    'abc antigravity argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2 ' +
    'cProfile calendar cmath cmd code codecs codeop collections colorsys compileall concurrent ' +
    'configparser contextlib copy copyreg csv ctypes curses datetime dbm decimal difflib dis doctest ' +
    'email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ' +
    'ftplib functools gc genericpath getopt getpass gettext glob grp gzip hashlib heapq hmac html http ' +
    'idlelib imaplib importlib inspect io ipaddress itertools json keyword linecache locale logging ' +
    'lzma mailbox marshal math mimetypes mmap modulefinder msvcrt multiprocessing netrc nt ntpath ' +
    'nturl2path numbers opcode operator optparse os pathlib pdb pickle pickletools pkgutil platform ' +
    'plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data ' +
    'pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select ' +
    'selectors shelve shlex shutil signal site smtplib socket socketserver sqlite3 ssl stat statistics ' +
    'string stringprep struct subprocess symtable sys sysconfig syslog tabnanny tarfile tempfile ' +
    'termios textwrap this threading time timeit tkinter token tokenize trace traceback tracemalloc ' +
    'tty turtle turtledemo types typing unicodedata unittest urllib uuid venv warnings wave weakref ' +
    'webbrowser winreg winsound wsgiref xml xmlrpc zipapp zipfile zipimport zlib '
  )
    .trim()
    .split(' '),
);

/** Internal modules of Python, in any version. */
const PRIVATE: ReadonlySet<string> = new Set(
  (
    '__future__ __main__ _abc _aix_support _android_support _apple_support _ast _ast_unparse _asyncio _bisect ' +
    '_blake2 _bootlocale _bootsubprocess _bz2 _codecs _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp ' +
    '_codecs_kr _codecs_tw _collections _collections_abc _colorize _compat_pickle _compression ' +
    '_contextvars _crypt _csv _ctypes _curses _curses_panel _datetime _dbm _decimal _dummy_thread ' +
    '_elementtree _frozen_importlib _frozen_importlib_external _functools _gdbm _hashlib _heapq _hmac ' +
    '_imp _interpchannels _interpqueues _interpreters _io _ios_support _json _locale _lsprof _lzma ' +
    '_markupbase _md5 _msi _multibytecodec _multiprocessing _opcode _opcode_metadata _operator ' +
    '_osx_support _overlapped _peg_parser _pickle _posixshmem _posixsubprocess _py_abc _py_warnings ' +
    '_pydatetime _pydecimal _pyio _pylong _pyrepl _queue _random _remote_debugging _scproxy _sha1 ' +
    '_sha2 _sha256 _sha3 _sha512 _signal _sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics ' +
    '_string _strptime _struct _suggestions _symtable _sysconfig _thread _threading_local _tkinter ' +
    '_tokenize _tracemalloc _types _typing _uuid _warnings _weakref _weakrefset _winapi _wmi _zoneinfo ' +
    '_zstd '
  )
    .trim()
    .split(' '),
);

/** The first and the last minor version of Python 3 with a module. An open end is left out. */
interface Span {
  readonly since?: number;
  readonly until?: number;
}

/**
 * Modules that came or went.
 *
 * @see https://docs.python.org/3/whatsnew/3.12.html#removed
 * @see https://peps.python.org/pep-0594/
 */
const CHANGED: ReadonlyMap<string, Span> = new Map(
  Object.entries({
    aifc: { until: 12 },
    annotationlib: { since: 14 },
    asynchat: { until: 11 },
    asyncore: { until: 11 },
    audioop: { until: 12 },
    binhex: { until: 10 },
    cgi: { until: 12 },
    cgitb: { until: 12 },
    chunk: { until: 12 },
    compression: { since: 14 },
    contextvars: { since: 7 },
    crypt: { until: 12 },
    dataclasses: { since: 7 },
    distutils: { until: 11 },
    dummy_threading: { until: 8 },
    formatter: { until: 9 },
    graphlib: { since: 9 },
    imghdr: { until: 12 },
    imp: { until: 11 },
    lib2to3: { until: 12 },
    macpath: { until: 7 },
    macurl2path: { until: 6 },
    mailcap: { until: 12 },
    msilib: { until: 12 },
    nis: { until: 12 },
    nntplib: { until: 12 },
    ossaudiodev: { until: 12 },
    parser: { until: 9 },
    pipes: { until: 12 },
    profiling: { since: 15 },
    smtpd: { until: 11 },
    sndhdr: { until: 12 },
    spwd: { until: 12 },
    sre_compile: { until: 14 },
    sre_constants: { until: 14 },
    sre_parse: { until: 14 },
    sunau: { until: 12 },
    symbol: { until: 9 },
    telnetlib: { until: 12 },
    tomllib: { since: 11 },
    uu: { until: 12 },
    xdrlib: { until: 12 },
    zoneinfo: { since: 9 },
  }),
);

/** Whether a version of Python's standard library has a module of a name, which has no dots. */
export const isInStandardLibrary = (name: string, minor: number): boolean => {
  if (ALWAYS.has(name) || PRIVATE.has(name)) return true;
  const span = CHANGED.get(name);
  return span !== undefined && (span.since ?? 0) <= minor && minor <= (span.until ?? Infinity);
};

/** The versions whose standard library has a module, where not all have it; undefined for a module that none has, or all. */
export const standardVersions = (name: string): Span | undefined => CHANGED.get(name);

/** Whether a name at the top of a bundle is that of a public module of some version of Python. The module of the bundle hides it. */
export const isStandardModule = (name: string): boolean => ALWAYS.has(name) || CHANGED.has(name);
