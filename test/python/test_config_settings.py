import json
import os
import types

from config_settings import hand_on_config_settings, settings_by_name
from support import ProgramTest


class Requirement:
    config_settings = None

    def __init__(self, name=None, folder=None):
        self.req = name and types.SimpleNamespace(name=name)
        self.link = folder and types.SimpleNamespace(is_file=True, file_path=folder)


OF_LIB = {"name": "lib", "settings": ["a=1", "b", "a=2", "a=3"]}


class ConfigSettings(ProgramTest):
    def modern_pip(self):
        self.pip(
            _internal__req__req_install={"InstallRequirement": type("InstallRequirement", (Requirement,), {})},
            _internal__utils__misc={"ConfiguredBuildBackendHookCaller": object},
            _vendor__packaging__utils={"canonicalize_name": lambda name: name.lower().replace("_", "-")},
        )
        from pip._internal.req.req_install import InstallRequirement

        return InstallRequirement

    def test_several_values_of_one_key_are_a_list(self):
        self.assertEqual(settings_by_name([OF_LIB]), ({"lib": {"a": ["1", "2", "3"], "b": ""}}, {}))

    def test_a_local_package_is_known_by_its_real_folder(self):
        folder = self.folder({"lib/x": ""})
        os.symlink(os.path.join(folder, "lib"), os.path.join(folder, "link"))
        wanted = dict(OF_LIB, place=os.path.join(folder, "link"))
        self.assertEqual(settings_by_name([wanted])[1], {os.path.join(folder, "lib"): "lib"})

    def test_each_requirement_gets_its_own(self):
        folder = self.folder({"lib/x": ""})
        place, link = os.path.join(folder, "lib"), os.path.join(folder, "link")
        os.symlink(place, link)
        wanted = [{"name": "my-lib", "settings": ["k=v"], "place": place}]
        self.environ(CONFIG_SETTINGS=json.dumps(wanted))
        requirement = self.modern_pip()
        hand_on_config_settings()
        settings = [
            requirement(*of).config_settings
            for of in [("My_Lib",), ("other",), (None, place), (None, link), (None, folder), ()]
        ]
        self.assertEqual(settings, [{"k": "v"}, None, {"k": "v"}, {"k": "v"}, None, None])
        self.assertNotIn("CONFIG_SETTINGS", os.environ)

    def test_pip_may_not_replace_them(self):
        self.environ(CONFIG_SETTINGS=json.dumps([OF_LIB]))
        requirement = self.modern_pip()("lib")
        hand_on_config_settings()
        requirement.config_settings = {"a": "other"}
        self.assertEqual(requirement.config_settings, {"a": ["1", "2", "3"], "b": ""})

    def test_an_old_pip_is_refused_only_where_there_are_some(self):
        self.pip(_internal__req__req_install={"InstallRequirement": Requirement})
        self.environ()
        hand_on_config_settings()
        self.environ(CONFIG_SETTINGS=json.dumps([OF_LIB]))
        message = "this version of pip hands no --config-settings to builds; install uv, or a newer pip"
        self.exits(message, hand_on_config_settings)
