"""The environment of markers (PEP 508) on a target of Lambda."""


# The first patch levels that can have run on Lambda, where these are not 0.
LOWEST_PATCH = {"3.9": 2}


def environment(python, machine):
    version = f"{python}.{LOWEST_PATCH.get(python, 0)}"
    return {
        "implementation_name": "cpython",
        "implementation_version": version,
        "os_name": "posix",
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": "Linux",
        "platform_version": "",
        "python_full_version": version,
        "python_version": python,
        "sys_platform": "linux",
    }
