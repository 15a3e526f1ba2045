"""Whether the list of what is wrong goes down the page, as somebody who mends it does."""

import re


def goes_down_the_page(html: str) -> bool:
    targets = re.findall(r'<a href="#(id_\w+)">', html)
    assert len(targets) > 1
    places = [html.index(f'id="{target}"') for target in targets]
    return places == sorted(places)
