import os

import installer_settings
import reach
from reach import CERTIFICATES, reach_alike
from support import ProgramTest, write


class Reach(ProgramTest):
    def setUp(self):
        self.patch(installer_settings, "PIP_FILES", ())
        self.here = self.folder()
        self.patch(reach, "own_folder", return_value=self.here)

    def test_both_trust_the_hosts_of_either_once(self):
        self.environ(UV_INSECURE_HOST="a b", PIP_TRUSTED_HOST="b c")
        reach_alike()
        self.assertEqual(os.environ["UV_INSECURE_HOST"], "a b c")
        self.assertEqual(os.environ["PIP_TRUSTED_HOST"], "a b c")

    def test_without_hosts_and_certificates_nothing_is_set(self):
        self.environ(PIP_CERT="/no/such")
        reach_alike()
        self.assertEqual(dict(os.environ), {"PIP_CERT": "/no/such"})

    def test_one_file_is_named_as_it_is(self):
        write(self.here, {"certificates.pem": "here"})
        self.environ()
        reach_alike()
        place = os.path.join(self.here, "certificates.pem")
        self.assertEqual(dict(os.environ), {name: place for name in CERTIFICATES})

    def test_several_files_become_one_without_what_is_there_twice(self):
        write(self.here, {"certificates.pem": "here", "a": "A", "b": "B"})
        os.symlink(os.path.join(self.here, "a"), os.path.join(self.here, "link"))
        named = {"SSL_CERT_FILE": "b", "REQUESTS_CA_BUNDLE": "a", "CURL_CA_BUNDLE": "link"}
        self.environ(**{name: os.path.join(self.here, file) for name, file in named.items()})
        reach_alike()
        (place,) = set(map(os.environ.get, CERTIFICATES))
        with open(place) as file:
            self.assertEqual(file.read(), "A\nB\nhere\n")
