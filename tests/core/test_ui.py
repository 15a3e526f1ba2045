import pytest
from django.template import engines
from django.utils import translation


def render(text, **context):
    return engines["django"].from_string(text).render(context)


NASTY = '<b onclick="x">Jo</b>'


@pytest.mark.parametrize(
    "text",
    [
        '{% person "JO" name name pro=True %}',
        '{% state "soon" "clock" name %}',
        "{% back name name %}",
        "{% go name name %}",
        "{% then name id=name %}",
        "{% section name note=name %}{{ name }}{% endsection %}",
        "{% item name name when=name mark=name do=name %}{{ name }}{% enditem %}",
        "{% facts %}{% fact name %}{{ name }}{% endfact %}{% endfacts %}",
        "{% words name %}{{ name }}{% endwords %}",
        "{% tip %}{{ name }}{% endtip %}",
        "{% explain name %}{{ name }}{% endexplain %}",
        "{% nothing %}{{ name }}{% endnothing %}",
    ],
)
def test_a_component_escapes_what_people_wrote(text):
    shown = render(text, name=NASTY)
    assert "<b " not in shown
    assert "&lt;b " in shown


def test_a_professional_looks_different_and_has_a_role():
    shown = render('{% person "SB" "Samir" "wijkteam" pro=True %}')
    assert "vp-person--pro" in shown
    assert '<span class="vp-person__role">wijkteam</span>' in shown
    assert "vp-person--pro" not in render('{% person "MW" "Marloes" %}')


def test_a_state_is_a_word_with_a_mark():
    shown = render('{% state "good" "done" "Klaar" %}')
    assert "vp-state--good" in shown
    assert "icons.svg#done" in shown
    assert "<span>Klaar</span>" in shown


def test_a_section_is_named_by_its_heading():
    shown = render('{% section "Te laat" kind="now" note=0 %}x{% endsection %}')
    assert 'aria-labelledby="s-te-laat"' in shown
    assert '<h2 id="s-te-laat">Te laat</h2>' in shown
    assert "<p>0</p>" in shown


def test_only_the_first_thing_to_do_has_a_button():
    first = render('{% item "Bel" "/x" do="Leg vast" first=True %}y{% enditem %}')
    other = render('{% item "Bel" "/x" do="Leg vast" do_url="/z" %}y{% enditem %}')
    assert '<a class="vp-button" href="/x">' in first
    assert '<a class="vp-go" href="/z">' in other
    assert "vp-button" not in other


def test_the_numbers_show_the_central_one_where_it_is_known():
    assert "tel:0880000456" in render("{% numbers %}", central_number="088 000 04 56")
    shown = render("{% numbers %}")
    assert "tel:112" in shown
    assert "tel:08002000" in shown
    assert shown.count("<li>") == 2


def test_a_code_to_scan_is_drawn_in_the_page():
    shown = render("{% qr address %}", address="otpauth://totp/x?secret=AAAA")
    assert shown.startswith("<svg")
    assert "data:" not in shown
    assert "AAAA" not in shown


def test_what_is_drawn_once_is_drawn_again_for_another_language_and_for_nobody_in_particular():
    page = engines["django"].from_string('{% once %}{% translate "Help" %} {{ name }}{% endonce %}')
    drawn = []
    for language, name in (("nl", "Marloes"), ("en", "Els"), ("nl", "Samir")):
        with translation.override(language):
            drawn.append(page.render({"name": name}))
    assert drawn == ["Hulp ", "Help ", "Hulp "]
