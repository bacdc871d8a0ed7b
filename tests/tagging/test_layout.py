"""Layout. All articles are invented; the letter before each line is the kind it must get.

H headline, S sentence, P post, B byline, O other; a digit after P or B is the post's number;
a | stands where a line falls into two blocks.
"""

import re

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from annotator.tagging import lineforms
from annotator.tagging.layout import blocks

KINDS = {"H": "headline", "S": "sentence", "P": "post", "B": "byline", "O": "other"}
PART = re.compile(r"([HSPBO])(\d?) ")

ARTICLES = {
    "agency": """
H Brévault : le pont de la Lune rouvre lundi

B Par Lise Orvel
B Publié le 3 mai 2031 à 18h30 – Mis à jour le 4 mai 2031 à 9h02

S BRÉVAULT, 3 mai (AFP) – Le pont rouvre lundi, a annoncé la mairie. Il était fermé depuis mars.

S « Nous avons tenu les délais », s'est félicitée la maire.

H Un chantier hors norme

S Les travaux ont duré deux ans. Ils ont coûté 4 millions d'euros.

O Photo : le pont en avril / J. Tassin
S Le bac cessera mardi.

B (avec AFP)
""",
    "wiki dateline": """
H Brévault : le marché ferme

B 1er novembre 2031. |S - Le marché couvert de Brévault a fermé ses portes lundi.

B 4 déc. 2031. |S - La mairie n'a pas réagi.
""",
    "signature at the end": """
S La députée est inquiète. Le texte sera voté en juin, et rien ne dit qu'il passera.
S Elle l'a redit hier soir devant les élus de la vallée.
S Rien n'est joué.
B Lise ORVEL
""",
    "signature on the last line": """
H Le lac déborde
S Le lac a débordé mardi. Trois rues sont sous l'eau. |B Lise ORVEL
""",
    "agency on the last line": """
H Le lac déborde
S Le lac a débordé mardi. Trois rues sont sous l'eau. |B (AFP)
""",
    "interview": """
H « Je n'ai rien signé » : entretien avec la maire de Brévault
B Propos recueillis par Lise Orvel et Paul Tassin

S La maire nous a reçus lundi.

S — Avez-vous signé ce bail ?
S — Non. Jamais.
S — Qui, alors ?
S — Demandez à M. Calas.
""",
    "live blog": """
H DIRECT. Grève des bacs : suivez la journée heure par heure
B Mis à jour à 18h40

S 18h40 – Fin de ce direct. Merci !
O 17h12 – 📷 En images : le quai désert
S 16h05 : « On tiendra », promet un marin
O 15h30
S Les négociations reprennent.
O Vidéo – Le quai vu du ciel
""",
    "press release": """
O COMMUNIQUÉ DE PRESSE
B Brévault, le 12 avril 2031
H Objet : fermeture du captage de la Lune

S Le syndicat des eaux dément toute pollution. Il rappelle que :
S - les analyses sont faites chaque semaine ;
S - aucune mesure n'a dépassé le seuil.
O - captage de la Lune ;
O - captage du Pré

S Le syndicat reste à disposition.

O Contact presse : L. Orvel, tél. 02 00 00 00 00, presse@eaux.example
O www.eaux.example
""",
    "posts with signature lines": """
H Le port de Brévault évacué
S La préfecture a parlé d'un exercice. Les habitants ne l'ont pas cru.
P1 🇫🇷🚢 – Le port est évacué, restez chez vous.#Brévault#Port pic.twitter.com/aBcD1
B1 – Alerte Port (@AlertePort) 4 décembre 2031
S Une source citée par Radio Lune confirme.
P2 Tout va bien, merci la préfecture 🙃 https://t.co/Xy12
B2 — Lise Orvel (@liseorvel) December 4, 2031
S Le maire s'est tu.
P3 RT @AlertePort: rien à signaler
S La nuit fut calme.
""",
    "a post without a signature before one that has it": """
H Le port de Brévault évacué
S La préfecture a parlé d'un exercice.
P1 Le port est évacué pic.twitter.com/aBcD1
S Une source confirme.
S Le maire s'est tu.
P2 Tout va bien 🙃 https://t.co/Xy12
B2 — Lise Orvel (@liseorvel) December 4, 2031
S La nuit fut calme.
""",
    "a post over several lines": """
H Le maire répond

S Le maire a répondu jeudi soir :
P1 Assez de mensonges.
P1 Le port rouvrira demain.
P1 #Brévault
B1 - Jean Calas. (@jcalas) 5 décembre 2031

S L'opposition s'en amuse.
""",
    "posts between empty lines": """
H Le maire répond

S Le maire a répondu jeudi soir.

P1 Assez de mensonges.
P1 Le port rouvrira demain.
B1 Jean Calas @jcalas · 5 déc. 2031

S L'opposition s'en amuse.

P2 Quel talent pic.twitter.com/zz9

B2 — Opposition (@oppo_brv) 5 décembre 2031

S Fin de la soirée.
""",
    "signature on the post's line": """
H The port is closed

S The harbour master wrote late on Thursday.

P1 Port closed. Stay away! pic.twitter.com/abc |B1 — Port of Millford (@PortM) December 4, 2031

S Nobody came.
""",
    "English news": """
H Millford votes to close the mill
H Council split after six-hour debate

B By Jane Roe and Tom Poe, Staff Writers
B Published 4:15 p.m. ET Dec. 4, 2031 | Updated Dec. 5, 2031

S MILLFORD, N.H. — The town council voted on Tuesday to close the mill.

H ‘We had no choice’

S “We had no choice,” Mayor Ann Doe said. “The roof is gone.”

O Read more: Who owns the mill?

H What happens now

S The owners may appeal.

B Reporting by Jane Roe; editing by Tom Poe
""",
    "English labels": """
O FOR IMMEDIATE RELEASE
B December 4, 2031
H Millford mill to close
S The mill will close on Friday. Workers were told on Monday.
O • Mill Street
S • The bridge will stay open
O Media contact: Jane Roe, +1 555 010 0000, press@mill.example
O ###
""",
    "lines wrapped at a fixed width": """
H Le pont rouvre

S Le pont de la Lune, fermé depuis plus de deux ans après la grande
S crue de mars, rouvre lundi matin à la circulation des voitures et des
S vélos, a annoncé samedi la maire de Brévault lors d'un point presse.

S Contactée par notre rédaction, la préfecture de la Lune a confirmé la
S date. Le bac, lui, cessera ses rotations dès mardi soir, selon
S Jean Calas, qui l'exploite depuis trente ans avec ses deux fils et
S n'a pas caché sa peine.
""",
    "markdown": """
H # Le pont rouvre

B *Par Lise Orvel*

S Le pont rouvre lundi. La maire l'a dit.

H ## Deux ans de travaux

S > « Nous avons tenu », dit-elle.

O ---

S - Les vélos passent aussi.
O ![Le pont](pont.jpg)
""",
    "a headline with a full stop": """
H La mairie accuse le port de « mensonges ».

S Le port a démenti. La mairie maintient ses accusations.
""",
    "no headline": """
S Le port a démenti lundi. La mairie maintient ses accusations contre les marins.
S Le préfet n'a pas voulu commenter. Il l'a fait savoir par écrit.
""",
    "an unfinished paragraph is no subhead": """
H Le port brûle
S Le port a brûlé dans la nuit de lundi à mardi.
S Selon les premiers éléments de l'enquête, le feu serait parti d'un local technique du quai
S La préfecture n'a pas commenté.
""",
    "byline forms": """
H Le port brûle

B Lise Orvel, envoyée spéciale à Brévault
B De notre correspondante au port, Lise Orvel
B Brévault. De notre correspondant Paul Tassin
B Par la rédaction de Radio Lune, avec nos correspondants
B @liseorvel
B Temps de lecture : 3 min
B Brévault, le 3 mai 2031

S Le port a brûlé dans la nuit. Le quai est fermé.
O VIDÉO. Le quai vu du ciel

B P. T. et L. O.
""",
    "English byline forms": """
H Port burns. Quay closed.

B Jane Roe, Political Correspondent
B Jane Roe Political editor
B Special to the Millford Herald
B Wed 4 Dec 2031 10.15 GMT
B Updated 2 hours ago

S The port burned overnight. The quay is closed.

O 14:32 GMT
H ‘I saw the flames’

S “I saw the flames,” Ann Doe said. “I ran.”

O Follow Jane Roe on Twitter: @janeroe
O Copyright 2031 The Millford Herald. All rights reserved.

B (Reporting by Jane Roe and Tom Poe; Editing by Ann Doe.)
""",
    "an agency's first line is no headline": """
S BRÉVAULT (AFP) – Le port a brûlé dans la nuit de lundi à mardi.

S Le quai est fermé. Les pompiers sont sur place.

O (Fiction : personnes et lieux inventés.)
""",
    "a kicker and a title of two sentences": """
H Transcript: the mayor's farewell

S MODERATOR: Good evening. Mr. Mayor?
S MAYOR: Thank you. (Applause.) We did it!
""",
    "short lines in a row": """
H Le port bat la ville

S Le port a gagné dimanche. Les autres scores de la journée sont connus.

O Brévault - Orlan 2-1
O Tassin - Velm 0-0
O Lune - Le Pré 3-2

S La suite dimanche.
""",
    "pointers and credits": """
H Le port brûle
S Le port a brûlé dans la nuit de lundi à mardi.
O À lire aussi : Le port, cent ans d'histoire
O © Lise Orvel / Agence Lune
O Les pompiers sur le quai, mardi. (Photo L. Orvel)
O Publicité
S Photos à l'appui, l'association accuse la mairie.
S Par ailleurs, le quai reste fermé.
S Avec ses deux fils, il a tout perdu.
O Suivez-nous sur Lunebook
""",
}


def unmarked(article):
    """Return a text and the blocks its marks ask for, as (kind, post, text)."""
    lines, wanted = [], []
    for line in article.strip("\n").split("\n"):
        parts = line.split("|") if "|B" in line or "|S" in line else [line]
        plain = []
        for part in filter(None, parts):
            mark = PART.match(part)
            plain.append(part[mark.end() :])
            post = int(mark[2]) - 1 if mark[2] else None
            wanted.append((KINDS[mark[1]], post, part[mark.end() :].strip()))
        lines.append("".join(plain))
    return "\n".join(lines), wanted


def found(text):
    return [(b.kind, b.post, text[b.start : b.end]) for b in blocks(text)]


@pytest.mark.parametrize("name", ARTICLES)
def test_articles(name):
    text, wanted = unmarked(ARTICLES[name])
    assert found(text) == wanted


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\u2028"])
@pytest.mark.parametrize("name", ARTICLES)
def test_any_line_end_gives_the_same_blocks(name, line_end):
    text, wanted = unmarked(ARTICLES[name])
    assert found(text.replace("\n", line_end)) == wanted


@pytest.mark.parametrize("name", ["agency", "interview", "live blog", "posts with signature lines"])
def test_indents_and_trailing_spaces_do_not_matter(name):
    text, wanted = unmarked(ARTICLES[name])
    assert found(text.replace("\n", " \t\n\xa0\t ")) == wanted


ODD_LINES = st.lists(
    st.one_of(
        st.text(),
        st.sampled_from(
            [
                "",
                " ",
                "\u0301",
                ";" * 400,
                "M" * 400,
                "— X (@x) 4 mai 2031",
                "Par Lise Orvel",
                "3 mai 2031. - Le",
                "# #",
                "«",
            ]
        ),
    )
).map("\n".join)


@given(ODD_LINES)
def test_any_text_is_covered_in_order_between_graphemes(text):
    boundaries = {match.start() for match in regex.finditer(r"\X", text)} | {len(text)}
    covered = 0
    for block in blocks(text):
        assert covered <= block.start < block.end
        assert not text[covered : block.start].strip()
        assert {block.start, block.end} <= boundaries
        covered = block.end
    assert not text[covered:].strip()


@pytest.mark.parametrize("line", ["()", "**", "—", "( )", "*_*", "|", "~", "-\u2003-"])
def test_a_line_of_marks_alone_is_no_byline(line):
    assert not lineforms.is_byline(line)
