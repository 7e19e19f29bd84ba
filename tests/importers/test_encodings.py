"""Bytes become characters: marks, UTF-8, damage, and the best guess at everything else."""

import codecs

import pytest

from annotator.importers.encodings import DAMAGED, GUESSED, decoded

FRENCH = "L’été dernier, la mairie a décidé d’acheter le ferry. « C’est une affaire », a déclaré Ilse Varga à Noël."
GERMAN = "Der Bürgermeister erklärte, für die Fähre müsse mehr Geld her. „Schöne Grüße“, rief er – und ging."
SPANISH = "El año pasado el niño comió una piña. ¿Quién lo dirá? La señora Núñez, que vivió aquí."
RUSSIAN = "Вчера городской совет решил купить последний паром. Жители довольны, лоцманы нет."
ARABIC = "قرر مجلس المدينة أمس شراء آخر عبارة. ورحب السكان بذلك."
CHINESE = "昨天，市议会决定购买最后一艘渡轮。居民们对此表示欢迎。"
JAPANESE = "市議会は昨日、最後のフェリーを購入することを決定した。住民は歓迎している。"


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_says_the_encoding_and_is_dropped(mark):
    marks = {
        "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-32-le": codecs.BOM_UTF32_LE,
        "utf-32-be": codecs.BOM_UTF32_BE,
    }
    assert decoded(marks.get(mark, b"") + f"{FRENCH} 😀".encode(mark)) == (f"{FRENCH} 😀", [])


def test_utf8_needs_no_mark_and_no_warning():
    assert decoded(f"{FRENCH} {ARABIC} 😀".encode()) == (f"{FRENCH} {ARABIC} 😀", [])


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
        (SPANISH, "iso-8859-1"),
        (RUSSIAN, "cp1251"),
        (ARABIC, "cp1256"),
        (CHINESE, "gb18030"),
        (JAPANESE, "shift_jis"),
    ],
)
def test_any_other_encoding_is_guessed_and_the_guess_is_owned_up_to(text, encoding):
    assert decoded((text * 4).encode(encoding)) == (text * 4, [GUESSED])


def test_a_damaged_character_in_utf8_does_not_turn_the_others_into_rubbish():
    content = (FRENCH * 9).encode().replace("décidé".encode(), b"d\xffcid\xc3\xa9", 1)
    text, warnings = decoded(content)
    assert text == (FRENCH * 9).replace("décidé", "d\ufffdcidé", 1)
    assert warnings == [DAMAGED]
    assert decoded(codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"\x00") == ("ab\ufffd", [DAMAGED])
