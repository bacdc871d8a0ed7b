"""Sentence ends. All texts are invented; a | stands where a sentence begins."""

import time

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.tagging.layout import Block, blocks
from annotator.tagging.sentences import segment
from annotator.tagging.tagger import Tagger

FRENCH = [
    # titles and names
    "M. Orvel, Mme. Tassin et le Dr. Brun ont voté. |Me Calas s'est abstenu.",
    "M. Le Bihan est venu avec Mgr. La Porte. |MM. Le Guen et Roy sont absents.",
    "J.-P. Orvel et A. Le Bihan, B. Tassin et J.R.R. Calas étaient là.",
    "Il manque de vitamine C. |Le médecin l'a dit.",
    "L'A.R.S. Bretagne confirme. |Il quitte l'O.N.U. |Son départ surprend.",
    # abbreviations and numbers
    "Voir art. L. 1321-5, p. 12, cf. fig. 3 et n° 7, al. 2. |C'est clair.",
    "L'arrêté du 5 juill. 2016 et celui du 3 janv. 2017 valent. |C'est dit.",
    "Puits, sources, etc. sont fermés. |Puits, sources, etc. |Paul l'a dit.",
    "Il a versé 118.385 euros, 1,5 million et 4.2 %. |On est en 2014. |12 partent.",
    "1. Le premier point. |Puis le second.",
    "Il arrive à 20h. |Le train part.",
    # stops of more than one character
    "Il hésite… puis il part. |Il se tait... |Puis il crie.",
    "Jamais !!! |Vraiment ?! |Si ! ! |Bon.",
    "« … et puis voilà. |C'est tout. »",
    # quotations
    "« Sortez ! » s'est exclamé Paul. |« Où ? », dit-il. |« Là ! » (il rit).",
    "« Je pars, a-t-il dit. |Puis je reviens. »",
    "« Il est tard. |On rentre. |Demain », a promis Lise. |Fin.",
    "« C'est fini. » |Le maire est parti. |« Oui. » |Bien.",
    "Il a dit : « C'est fini ». |Le maire est parti.",
    "Il a dit : « C'est fini ! ». |Le maire est parti.",
    '"C\'est fini." |Le maire part. |“Oui.” |Il rit. |"Non !" crie Lise.',
    'Il part. |"Je reviens", dit-il. |"Bientôt."',
    'Il a dit : "Je pars. |Je reviens ". |Puis rien.',
    "«\xa0Sortez\u202f! |Vite\u202f!\xa0» a crié Lise. |Puis rien.",
    "Il l'a redit : « On m'a crié “Sortez ! |Vite !” et je suis sorti. » |Fin.",
    "Ils ont crié 'Dehors !' et sont partis. |Fin.",
    "« Je pars, dit-il. |Je reviens. |Le maire se tait. |Rien.",
    '"Je pars, dit-il. |Je reviens. |Le maire se tait.',
    # what is left out, brackets, dashes
    "« Je pars. |[…] Je reviens [...] un jour. |(…) Adieu ».",
    "« Je pars demain |[…] Je reviens mardi », dit-il.",
    "« Les taux étaient hauts [...], ce qui étonne », dit-il.",
    "Le maire (il l'a dit ! Deux fois !) part. |Bien.",
    "Il part. |(Pourquoi ? |On l'ignore.) |Elle reste.",
    "Il part (on ne sait où. |Elle reste.",
    "Je pars. (rires) |Puis je reviens.",
    "– Vous partez ? |– Oui. |– Quand ?",
    "Il part – quelle idée ! – demain. |Il part. |- Elle reste.",
    # spaces and letters
    "Il est parti jeudi.|Elle reste. |Le site ville.example est clos.",
    "Il quitte la saison. |à mes yeux, il a tort. |Le prés. du club aussi.",
    "Qui l'a vu ? se demande Paul. |Qui ? |Paul le sait.",
    "Il part ; elle reste : rien ne va. |Fin.",
    "Il est parti.[12] |Elle reste.",
    # social media
    "Merci ! 🙏 |On continue. 🇫🇷✊ |Demain aussi.",
    "C'est non. #Brévault #Non",
    "C'est la guerre.#Brévault#Non🇫🇷",
    "C'est non. |#Brévault dit oui.",
    "C'est dit. https://example.org/a.B?c=1! pic.twitter.com/aBc",
    "C'est dit. https://example.org/a.B?c=1 |Bon.",
    # a stop before the closing mark and a comma
    "« Rien. |Ni demain. », a-t-il prévenu. |« Rien », a dit M. T. Orvel.",
]
ENGLISH = [
    "Mr. Roe, Sen. Jane Doe and Gov. T. K. Poe voted. |Dr. No did not.",
    "He left the U.S. Senate in Jan. 2012. |She joined the U.S. |The rest stayed.",
    "Acme Inc. Chairman Lee spoke at 3 p.m. Friday. |It was No. 5 on the list.",
    "Was it a no? |It was a no. |He left St. Ives at 5 a.m. |The bus was late.",
    "Washington, D.C. police arrived. |Martin L. King Jr. Boulevard was closed.",
    "MILLFORD, N.H. (AP) — The vote is over. |Nobody won.",
    "“It is over,” she said. |“We go home.” |He stayed.",
    '"Stop!" Ms. Roe said. |"Why?" the officer asked. |"Stop!" |Nobody moved.',
    "“Are you sure? |Really?” Jane Roe asked. |“Yes.”",
    "He called it “a shame.” |Then he left. |‘Well.’ |She laughed.",
    "(Why did he leave? |It is unclear.) |She stayed.",
    "It fell 3.5 percent, i.e. 12 points, in fig. 3. |So what?",
    "He said so … and left. |Then... |Nothing.",
    "She won 51 percent of votes, etc. |Nobody cared.",
    "“We lost. |[…] We go on,” he said.",
    "9:42 p.m. — That is all from us. |At 9 p.m. the bus left.",
    "‘I thought so,’ he said. |‘It didn’t.’ |She added, ‘We’re fine.’",
]
OTHERS = [
    ("de", "„Es ist spät. |Wir gehen“, sagte sie. |Am 3. Oktober kam Dr. Roth."),
    ("de", "»Es ist spät. |Wir gehen.« |Dann ging sie. |»Ja!« rief er."),
    ("es", "¿Quién vino? |¡Nadie! |«No sé», dijo."),
    ("ja", "首相は辞任した。|「残念だ。|とても。」と述べた。|終わり。"),
    ("zh", "他走了！|“我不回来了。”他说。|“不！”|她走了。"),
    ("ar", "هل جاء؟ |نعم. |ثم ذهب."),
    ("hi", "वह चला गया। |वह रुकी।"),
    ("ru", "Он ушёл. |«Почему?» |Никто не знает."),
]


def cuts(marked, language, kind="sentence"):
    """Return the text with its expected cuts marked as the segmenter cuts it."""
    text = marked.replace("|", "")
    found = segment(text, [Block(0, len(text), kind)], language)
    starts = {s.start for s in found[1:]}
    return "".join("|" * (n in starts) + letter for n, letter in enumerate(text))


@pytest.mark.parametrize("marked", FRENCH)
def test_french_sentences(marked):
    assert cuts(marked, "fr") == marked


@pytest.mark.parametrize("marked", ENGLISH)
def test_english_sentences(marked):
    assert cuts(marked, "en") == marked


@pytest.mark.parametrize(("language", "marked"), OTHERS)
def test_sentences_of_languages_without_a_word_list(language, marked):
    assert cuts(marked, language) == marked


def test_a_kicker_stays_in_its_headline():
    text = (
        "EN DIRECT. Les ponts de Brévault sont fermés. Le maire s'explique\n\nIl pleut. Il vente.\n"
    )
    found = segment(text, blocks(text), "fr")
    assert [text[s.start : s.end] for s in found] == [
        "EN DIRECT. Les ponts de Brévault sont fermés.",
        "Le maire s'explique",
        "Il pleut.",
        "Il vente.",
    ]


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("Un four de plus 👏👏 |Dormez bien, Brévault. #Brévault", "post"),
        ("Un four de plus 👏👏 Dormez bien, Brévault.", "sentence"),
        ("La 🇫🇷 France gagne. |Merci 🙏🏽", "post"),
    ],
)
def test_emoji_end_sentences_in_posts_only(marked, kind):
    assert cuts(marked, "fr", kind) == marked


def test_bylines_are_never_cut():
    text = "Un titre\n\nPar Lise Orvel. Publié le 3 mai 2031\n\nIl pleut. Il vente.\n"
    found = [s for s in segment(text, blocks(text), "fr") if s.kind == "byline"]
    assert len(found) == 1


ODDITIES = st.text(
    st.sampled_from(list("aÀ.?!…«»\"“”'’()[] \n\t\r\x85-–:;,#@12。\xa0\u0301\u0600\u200d🇫👩क्ष"))
)


@given(st.one_of(st.text(), ODDITIES), st.sampled_from(["fr", "en", "ja", "xx"]))
@example(" \u0301a. \u0301B", "fr")
@example("A.\u0600 B", "fr")
def test_any_text_is_covered_in_order_between_graphemes(text, language):
    found = segment(text, blocks(text), language)
    boundaries = {match.start() for match in regex.finditer(r"\X", text)} | {len(text)}
    covered = 0
    for one in found:
        assert covered <= one.start < one.end
        assert not text[covered : one.start].strip()
        assert {one.start, one.end} <= boundaries
        assert not regex.search(r"[\n\r\x85\u2028\u2029]", text[one.start : one.end])
        covered = one.end
    assert not text[covered:].strip()


@pytest.mark.parametrize(
    "unit", ["«", "(", '"', "a", "l'", ". ", "M. A ", "#a ", ". #a", "x. t.co/a "]
)
def test_time_grows_with_length_and_no_faster(unit):
    def seconds(length):
        text = unit * (length // len(unit))
        begun = time.perf_counter()
        segment(text, blocks(text), "fr")
        return time.perf_counter() - begun

    seconds(1000)
    assert seconds(400_000) < 20 * max(seconds(100_000), 0.01)


def test_what_has_no_letter_is_nothing_to_judge():
    text = "Le titre\n\nUn texte.\n* * *\n((((\n12 – 15\n½\nÉ.\n漢字。\n"
    found = segment(text, blocks(text), "fr")
    kinds = {text[one.start : one.end]: one.kind for one in found}
    silent = [words for words, kind in kinds.items() if kind == "other"]
    assert silent == ["* * *", "((((", "12 – 15", "½"]
    tagging = Tagger().tag(text, "xx")
    walked = [text[one.start : one.end] for one in tagging.claims if one.walk]
    assert walked == [words for words in kinds if words not in silent]
