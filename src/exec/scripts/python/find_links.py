"""Has pip prefer a file of find-links to an index's file of the same version, as uv does.

Whoever names a folder means its files. Of equal files pip takes the last, which by default is that of an index. Files
of a folder come from no page. A pip before 20.3 works in another way and is left as it is.
"""


def prefer_find_links():
    try:
        from pip._internal.index.collector import CollectedSources, LinkCollector
        from pip._internal.index.package_finder import PackageFinder
    except ImportError:
        return
    collect, find_all = LinkCollector.collect_sources, PackageFinder.find_all_candidates

    def folders_last(*args, **kwargs):
        return CollectedSources(*reversed(collect(*args, **kwargs)))

    def folder_files_last(*args, **kwargs):
        return sorted(find_all(*args, **kwargs), key=lambda found: found.link.comes_from is None)

    LinkCollector.collect_sources, PackageFinder.find_all_candidates = folders_last, folder_files_last
