"""A pip that builds nothing, in a container."""

import os
import sys

if __name__ == "__main__":
    sys.path[:] = [entry for entry in sys.path if entry != os.path.dirname(os.path.abspath(__file__))]

from config_settings import hand_on_config_settings
from find_links import prefer_find_links
from index_failures import report_failed_indexes
from pip_target import take_target_of_container
from refused_builds import refuse_builds
from single_distribution import install_single_distribution

if __name__ == "__main__":
    take_target_of_container()
    hand_on_config_settings()
    install_single_distribution()
    prefer_find_links()
    refuse_builds()
    report_failed_indexes()
    from pip._internal.cli.main import main

    sys.exit(main(sys.argv[1:]))
