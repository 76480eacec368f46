import os
import types

from single_distribution import install_single_distribution
from support import ProgramTest


class Resolver:
    def get_installation_order(self, chosen):
        return [types.SimpleNamespace(name=name) for name in chosen]


class SingleDistribution(ProgramTest):
    def modern_pip(self):
        resolver = type("Resolver", (Resolver,), {})
        self.pip(
            _internal__resolution__resolvelib__resolver={"Resolver": resolver},
            _vendor__packaging__utils={"canonicalize_name": lambda name: name.lower().replace("_", "-")},
        )
        return resolver

    def order(self, resolver):
        return [one.name for one in resolver().get_installation_order(["other", "My_Lib"])]

    def test_all_are_put_in_place_by_default(self):
        self.environ()
        resolver = self.modern_pip()
        install_single_distribution()
        self.assertEqual(self.order(resolver), ["other", "My_Lib"])

    def test_the_one_that_is_named_is_put_in_place_alone(self):
        self.environ(ALONE="my-lib")
        resolver = self.modern_pip()
        install_single_distribution()
        self.assertEqual(self.order(resolver), ["My_Lib"])
        self.assertNotIn("ALONE", os.environ)

    def test_a_pip_that_resolves_in_another_way_is_refused(self):
        self.environ(ALONE="my-lib")
        self.pip(_internal__resolution__resolvelib__resolver={"Resolver": object})
        self.exits(
            "this version of pip cannot install one distribution of several; install uv, or another version of pip",
            install_single_distribution,
        )
