/**
 * Lets a pip take the file of find-links where an index has another one of the same version that fits as well, as uv does: whoever names
 * a folder means its files. Of files that it holds for equal pip takes the last one, and that of an index is the last by itself. Files of a
 * folder come from no page. A pip before 20.3 works in another way, and is left as it is.
 */
export const PIP_FIND_LINKS = `
try:
    from pip._internal.index.collector import CollectedSources, LinkCollector
    from pip._internal.index.package_finder import PackageFinder
except ImportError:
    pass
else:
    def prefer_links(collect, find_all):
        LinkCollector.collect_sources = lambda *args, **kwargs: CollectedSources(*reversed(collect(*args, **kwargs)))
        PackageFinder.find_all_candidates = lambda *args, **kwargs: sorted(find_all(*args, **kwargs), key=lambda found: found.link.comes_from is None)
    prefer_links(LinkCollector.collect_sources, PackageFinder.find_all_candidates)
`.trim();
