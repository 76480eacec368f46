"""Made-up values in the place of those that TypeScript hands to the programs (src/exec/scripts/python-program.ts)."""

ALONE_VARIABLE = "ALONE"
AS_PIP = "as-pip"
ASIDE_NAME = "aside"
BYTECODE_FOLDER = "/bytecode"
BYTECODE_SCRIPT_NAME = "bytecode.py"
CANARY_BACK = "canary-back"
CANARY_NAME = "canary"
CERTIFICATES_NAME = "certificates.pem"
CHOOSING_VARIABLES = ["UV_CHOOSING"]
CONFIG_SETTINGS_VARIABLE = "CONFIG_SETTINGS"
CONTAINER_PIP_NAME = "wheels_pip.py"
CONTAINER_QUIET_PIP_NAME = "quiet_pip.py"
DATED_PIP = 26
ENVIRONMENT_NAME = "environment.json"
FURTHER_INDEXES = ["UV_INDEX", "PIP_EXTRA_INDEX_URL"]
HANDED_ON_VARIABLES = ["UV_HANDED_ON", "PIP_HANDED_ON", "UV_INDEX"]
HOOK_MARKER = "commands failed:"
INDEX_VARIABLES = ["UV_INDEX"]
INPUT_FOLDER = "/input"
INSTALLER_FILE = ".installer"
LAUNCHER_NAME = "launcher.py"
LAYOUT_NAME = "layout.json"
MACHINE_LINKS_NAME = "links.json"
MACHINE_VARIABLES_NAME = "variables.json"
MOST_BUILDS = 2
NO_GIT = "no Git"
NO_UV = "no uv"
OMITTED_NAME = "omitted.json"
ORDER_REFUSED = "order refused:"
OTHER_PLATFORM = "has other wheels"
PIP_LACKS_WHEEL = "No match for (\\S+)$"
PIP_PAGE = "no file on "
PIP_REFUSAL = "must be built: "
REMEMBER_ENVIRONMENT = "remembered=1"
STRICT_VARIABLES = ["UV_STRICT", "PIP_STRICT"]
TARGET_VARIABLE = "TARGET"
TELL_STATE = "{ echo state=$value; }"
TOOLS_PLACE = "{tools}"
UNNAMED_BUILD = "builds are disabled"
UV_LACKS_WHEEL = "Wheels are required for `(\\S+)`"
UV_LOG = {"RUST_LOG": "trace"}
UV_LOGGED = "uv: "
UV_PAGES = "Received|Redirecting"
VERSIONS_REFUSED = "refused:"
