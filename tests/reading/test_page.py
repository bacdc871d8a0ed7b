"""Web pages give their article and what they say about it, always the same, in bounded time."""

import io
import logging
import time

import pytest

from annotator.errors import ReadingError
from annotator.model import About
from annotator.reading.page import read_page

PARAGRAPHS = """<p>La rivière est montée de deux mètres dans la nuit de mardi, et les caves du bas
village sont sous l'eau.</p><p>« Nous n'avions jamais vu cela », a déclaré la maire, Odile Ferrand,
devant les habitants réunis.</p>"""
PAGE = f"""<!doctype html><html lang="fr"><head><meta charset="utf-8">
<title>Crue à Valmorel | Le Courrier du Lac</title>
<meta property="og:site_name" content="Le Courrier du Lac">
<meta name="author" content="Inès Valtour">
<meta property="article:published_time" content="2031-03-04T10:00:00Z">
<link rel="canonical" href="https://courrier.example/crue"></head>
<body><nav><a href="/">Accueil</a> <a href="/sport">Sport</a></nav>
<article><h1>Crue à Valmorel : douze familles évacuées</h1>{PARAGRAPHS}</article>
<footer>Mentions légales</footer><script>alert("non")</script></body></html>"""
TITLE = "Crue à Valmorel : douze familles évacuées"


def read(html):
    [article] = read_page(io.BytesIO(html if isinstance(html, bytes) else html.encode()), "a.html")
    return article


@pytest.mark.parametrize(
    "page", [PAGE, PAGE.replace("<article>", "").replace("</h1>", "</h1><article>")]
)
def test_a_page_gives_headline_text_and_metadata(page):
    article = read(page)
    headline, _, body = article.text.partition("\n\n")
    assert headline == TITLE
    assert body.startswith("La rivière est montée") and body.endswith("réunis.")
    assert "Accueil" not in article.text and "alert" not in article.text
    assert article.about == About(
        TITLE, "Le Courrier du Lac", "Inès Valtour", "2031-03-04", "https://courrier.example/crue"
    )


def test_the_same_page_gives_the_same_article():
    assert read(PAGE) == read(PAGE) == read(b"\xef\xbb\xbf" + PAGE.encode())


def test_a_declared_older_encoding_is_honoured_and_none_is_guessed():
    old = PAGE.replace("utf-8", "ISO-8859-1").replace("« ", "“").replace(" »", "”")
    assert "“Nous n'avions" in read(old.encode("cp1252")).text
    with pytest.raises(ReadingError, match="not UTF-8 at byte"):
        read(PAGE.encode("cp1252"))
    with pytest.raises(ReadingError, match="not UTF-8 at byte"):
        read(PAGE.replace("utf-8", "unicode_escape").encode("latin-1"))


def test_an_xml_declaration_does_no_harm():
    assert read('<?xml version="1.0" encoding="utf-8"?>' + PAGE).about.title == TITLE


@pytest.mark.parametrize(
    "html",
    [
        "",
        "plain words",
        "<html><body></body></html>",
        "<html><body><script>var x = 1</script><img src=x></body></html>",
        "<html>" + "<div>" * 100_000 + "<p>Trop bas pour être lu.",
        '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><html><body></body></html>',
    ],
)
def test_a_page_without_text_is_refused(html, capfd):
    with pytest.raises(ReadingError):
        read(html)
    logging.shutdown()
    assert capfd.readouterr() == ("", "")


def test_a_page_of_too_many_elements_is_refused_fast():
    start = time.perf_counter()
    with pytest.raises(ReadingError, match="more than 50000 elements"):
        read("<html><body>" + "<p>Bonjour à tous.</p>" * 60_000)
    assert time.perf_counter() - start < 10


def test_deeply_nested_elements_take_bounded_time():
    start = time.perf_counter()
    nest = "<div>" * 200 + "<p>Bonjour à tous.</p>" + "</div>" * 200
    assert "Bonjour" in read("<html><body>" + nest * 20).text
    assert time.perf_counter() - start < 20


def test_markup_and_entities_in_the_text_are_data():
    html = PAGE.replace("habitants", "&lt;b&gt;habitants&lt;/b&gt; &amp; [bold]amis[/x]")
    assert "<b>habitants</b> & [bold]amis[/x]" in read(html).text
