import types

from refused_builds import refuse_builds
from support import ProgramTest


class InstallationError(Exception):
    pass


class RefusedBuilds(ProgramTest):
    def modules(self, **sdist):
        cache = type("WheelCache", (), {"get_cache_entry": lambda *_: "a wheel"})
        source = type("SourceDistribution", (), sdist)
        self.pip(
            _internal__cache={"WheelCache": cache},
            _internal__distributions__sdist={"SourceDistribution": source},
            _internal__exceptions={"InstallationError": InstallationError},
        )
        return cache, source

    def test_what_would_be_built_is_named(self):
        cache, source = self.modules(prepare_distribution_metadata=lambda self, *_: "built")
        refuse_builds()
        for req, link, name in [("lib==1", "file:///lib", "lib==1"), (None, "file:///lib", "file:///lib")]:
            one = source()
            one.req = types.SimpleNamespace(req=req, link=link)
            with self.assertRaisesRegex(InstallationError, "^must be built: %s$" % name):
                one.prepare_distribution_metadata("finder", build_isolation=True)
        self.assertIs(cache().get_cache_entry("link"), None)

    def test_a_pip_that_prepares_in_another_way_is_refused(self):
        self.modules()
        self.exits(
            "this version of pip cannot be kept from building; install uv, or another version of pip", refuse_builds
        )
