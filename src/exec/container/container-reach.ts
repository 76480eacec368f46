import { CERTIFICATES_NAME } from '../machine/certificates';

/**
 * The part of a container's script that makes uv and pip trust the same certificates and hosts: the existing ones that
 * the image or the bundle names, and those of this machine, which lie beside the script. On this machine,
 * `certificates.ts` and `plan/variables/trusted-hosts.ts` decide the same.
 */
export const CONTAINER_REACH = `
CERTIFICATES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT", "SSL_CERT_FILE")


def reach_alike():
    hosts = (os.environ.get("UV_INSECURE_HOST", "") + " " + pip_setting("PIP_TRUSTED_HOST")).split()
    if hosts:
        os.environ["UV_INSECURE_HOST"] = os.environ["PIP_TRUSTED_HOST"] = " ".join(dict.fromkeys(hosts))
    named = [os.environ.get(name) or (pip_setting(name) if name == "PIP_CERT" else "") for name in CERTIFICATES]
    here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "${CERTIFICATES_NAME}")
    files = list(dict.fromkeys(os.path.realpath(name) for name in named + [here] if os.path.isfile(name)))
    if len(files) > 1:
        together = os.path.join(tempfile.mkdtemp(), "${CERTIFICATES_NAME}")
        with open(together, "wb") as output:
            for name in files:
                with open(name, "rb") as file:
                    output.write(file.read() + b"\\n")
        files = [together]
    for file in files:
        os.environ.update({name: file for name in CERTIFICATES})
`.trim();
