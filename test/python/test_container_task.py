import os

import container_task
from support import ProgramTest, program_text, run_python


class ContainerTask(ProgramTest):
    def test_files_are_those_of_the_folder_of_the_task(self):
        folder = self.folder({"a.txt": "é", "sub/b.txt": ""})
        with open(os.path.join(folder, "latin.txt"), "wb") as file:
            file.write(b"\xe9\r\n")
        self.task(folder=folder)
        self.assertEqual(container_task.text_of("a.txt"), "é")
        self.assertEqual(container_task.text_of("latin.txt"), "\ufffd\n")
        names = ["a.txt", "sub", "sub/b.txt", "c.txt"]
        self.assertEqual([container_task.is_file(name) for name in names], [True, False, True, False])

    def test_a_second_argument_asks_for_wheels_alone(self):
        text = program_text("install").split("\ndef own_folder", 1)[0]
        show = "\nprint(WHEELS_ONLY)"
        for words, expected in [(["{}"], "False"), (["{}", "wheels"], "True"), (["{}", "other"], "False")]:
            self.assertEqual(run_python("-c", text + show, *words), (0, expected + "\n"))
