"""The indexes of the pip that gets what a build requires, as variables: everybody can read what stands in arguments."""


def indexes_in_variables(words, environ):
    rest, indexes = [], {"-i": [], "--extra-index-url": []}
    words = iter(words)
    for word in words:
        if word in indexes:
            indexes[word].append(next(words))
        else:
            rest.append(word)
    if indexes["-i"]:
        environ.update(PIP_INDEX_URL=indexes["-i"][0], PIP_EXTRA_INDEX_URL=" ".join(indexes["--extra-index-url"]))
    return rest
