import { UV_LOGGED } from './page-without-files';
import { UV_LOG, UV_PAGES } from './uv-pages';

/** The part of a container's script that asks uv which pages it got, as `withPages` does on this machine. */
export const CONTAINER_PAGES = `
def pages_seen(program, code, said, runs, output):
    # uv does not say whether a page came that lists no file, and pip, which does, does not follow.
    if code == 0 or program == "{python}" or not re.search(r"no versions? of", re.sub(r"\\s+", " ", said)):
        return ""
    os.environ.update(${JSON.stringify(UV_LOG)})
    clear(output)
    log = run_all([argv + ["--refresh"] for argv in runs], output, False)[1]
    clear(output)
    lines = re.sub(r"\\x1b\\[[0-9;]*m", "", log).splitlines()
    return "".join("${UV_LOGGED}%s\\n" % line for line in lines if re.search("${UV_PAGES}", line))
`.trim();
