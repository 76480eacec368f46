import site
import sys

from support import ProgramTest
from user_packages import add_user_packages


class UserPackages(ProgramTest):
    def setUp(self):
        self.patch(site, "getusersitepackages", return_value="/home/packages")
        self.patch(sys, "path", ["/lib"])
        self.environ()

    def test_they_come_last_and_once(self):
        self.patch(sys, "base_prefix", sys.prefix)
        add_user_packages()
        add_user_packages()
        self.assertEqual(sys.path, ["/lib", "/home/packages"])

    def test_a_virtual_environment_goes_without_them(self):
        self.patch(sys, "base_prefix", sys.prefix + "/base")
        add_user_packages()
        self.assertEqual(sys.path, ["/lib"])

    def test_a_user_may_not_want_them(self):
        self.patch(sys, "base_prefix", sys.prefix)
        self.environ(PYTHONNOUSERSITE="1")
        add_user_packages()
        self.assertEqual(sys.path, ["/lib"])
