"""The Dutch of this checkout, compiled here: the compiled files are not in the repository."""

import polib
from django.conf import settings as project


def compile_dutch(folder):
    """Write the Dutch of the main catalogue and of its parts to `folder`, for LOCALE_PATHS."""
    sources = [project.ROOT / "locale/nl/LC_MESSAGES/django.po", *sorted((project.ROOT / "locale/parts").glob("*.po"))]
    target = folder / "nl" / "LC_MESSAGES"
    target.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for source in filter(lambda path: path.exists(), sources):
        catalogue.extend(entry for entry in polib.pofile(str(source)) if entry.translated() and entry not in catalogue)
    catalogue.save_as_mofile(str(target / "django.mo"))
    return folder
