/**
 * Python that prints what it can see of secrets, as they are and as URLs and headers have them, and fails. An error shows
 * the last twenty lines of it, so there is one for each variable.
 */
const TELL_ALL = `
import base64, os, re, sys
from urllib.parse import quote, unquote
def spellings(value):
    users = re.findall('//([^/]*)@', value)
    for text in (value, *users, *(part for user in users for part in user.split(':'))):
        for each in (text, unquote(text)):
            yield from (each, repr(each), quote(each, safe=''), base64.b64encode(each.encode()).decode())
for name, value in sorted(os.environ.items()):
    if re.search('TOKEN|PASSWORD|KEY|INDEX|URL', name):
        print(name, *spellings(value), file=sys.stderr)
sys.stderr.flush()
sys.exit('that was all')
`;

/** A local package whose build does that. */
export const TELLING_PACKAGE: Readonly<Record<string, string>> = {
  'lib/pyproject.toml':
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "telling"\nversion = "1"\n',
  'lib/backend.py': `${TELL_ALL}\ndef build_wheel(*_): ...\n`,
};

/** A command that does it. */
export const TELLING_COMMAND = `python3 -c "$(printf %s ${Buffer.from(TELL_ALL).toString('base64')} | python3 -c 'import base64,sys;print(base64.b64decode(sys.stdin.read()).decode())')"`;
