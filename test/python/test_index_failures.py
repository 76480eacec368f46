import types

from index_failures import kind_of, lists_no_file, page_line, report_failed_indexes
from support import ProgramTest, errors

URL = "https://i.example/simple/six/"


class IndexFailures(ProgramTest):
    def collector(self, **names):
        redact = {"redact_auth_from_url": lambda url: url.replace("u:p@", "****@")}
        known = self.pip(_internal__index__collector=names, _internal__utils__misc=redact)
        return known["pip._internal.index.collector"]

    def test_kinds_of_pages_have_no_parameters(self):
        self.assertEqual(kind_of(" Text/HTML ; charset=utf-8"), "text/html")
        self.assertEqual(kind_of(""), "")

    def test_which_pages_list_no_file(self):
        for expected, url, kind, text in [
            (True, URL, "text/html", b"<form action='/login'>"),
            (True, URL, "", b"six-1.0.whlx"),
            (False, URL, "text/html", b"<a>six-1.0-py3-none-any.whl</a>"),
            (False, URL, "text/html", b"<a href='six-1.0.tar.gz'>"),
            (False, URL, "text/html", b'<meta name="pypi:repository-version" content="1.0">'),
            (False, URL, "application/vnd.pypi.simple.v1+json", b"{}"),
            (False, "file:///wheels/", "text/html", b""),
        ]:
            with self.subTest(text):
                self.assertIs(bool(lists_no_file(url, kind, text)), expected)

    def test_a_page_is_one_line(self):
        line = page_line([URL, "https://login"], 200, "text/html", b"<FORM>")
        self.assertEqual(line, "no file on %s https://login 200 text/html form\n" % URL)
        self.assertEqual(
            page_line([URL, URL], 203, "", b"<formula>"), "no file on %s %s 203 unknown none\n" % (URL, URL)
        )

    def test_failures_are_warnings_and_a_name_that_is_not_there_is_none(self):
        given = []
        logger = types.SimpleNamespace(debug="debug", warning="warning")
        collector = self.collector(
            logger=logger, _handle_get_simple_fail=lambda link, reason, meth: given.append((reason, meth))
        )
        report_failed_indexes()
        for reason, meth in [("404 Client Error", None), ("401 Client Error", None), ("500", "own")]:
            collector._handle_get_simple_fail("link", reason, meth)
        self.assertEqual(given, [("404 Client Error", "debug"), ("401 Client Error", "warning"), ("500", "own")])

    def test_a_page_without_a_file_is_reported_without_its_password_and_handed_on(self):
        page = types.SimpleNamespace(
            headers={"Content-Type": "text/html"}, content=b"<form>", url="https://u:p@login", status_code=200
        )
        collector = self.collector(_get_simple_response=lambda url, session: page)
        report_failed_indexes()
        with errors() as said:
            self.assertIs(collector._get_simple_response("https://u:p@i.example/six/", session=None), page)
        self.assertEqual(
            said.getvalue(), "no file on https://****@i.example/six/ https://****@login 200 text/html form\n"
        )

    def test_a_page_with_files_is_not_reported(self):
        page = types.SimpleNamespace(headers={}, content=b"six.whl", url=URL, status_code=200)
        collector = self.collector(_get_simple_response=lambda url: page)
        report_failed_indexes()
        with errors() as said:
            self.assertIs(collector._get_simple_response(URL), page)
        self.assertEqual(said.getvalue(), "")

    def test_a_pip_that_works_in_another_way_is_left_as_it_is(self):
        collector = self.collector()
        report_failed_indexes()
        self.assertFalse(hasattr(collector, "_handle_get_simple_fail") or hasattr(collector, "_get_simple_response"))
