import shutil

import git_needed
from git_needed import lacks_git
from support import ProgramTest


class GitNeeded(ProgramTest):
    def lacks(self, files, git=None, wheels_only=False):
        self.patch(git_needed, "INPUT_FOLDER", self.folder(files))
        self.patch(git_needed, "WHEELS_ONLY", wheels_only)
        self.patch(shutil, "which", return_value=git)
        return lacks_git()

    def test_metadata_of_git_needs_git_where_something_may_be_built(self):
        repository = {"lib/.git/HEAD": ""}
        self.assertIs(self.lacks(repository), True)
        self.assertIs(self.lacks(repository, git="/bin/git"), False)
        self.assertIs(self.lacks(repository, wheels_only=True), False)
        self.assertIs(self.lacks({"lib/.github/x": "", "lib/.git": ""}), False)
