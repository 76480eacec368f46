from slugify import slugify


def make_slug(event, context):
    return {"slug": slugify(event["title"])}
