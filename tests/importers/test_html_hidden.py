"""What a reader would not see is not imported, and what a reader would see is."""

import pytest

from annotator.domain.errors import RuleError
from annotator.importers.html import read_html

STORY = "<h1>Harbour ferry to run hourly</h1><p>The ferry will run every hour until March, the operator said.</p>"
UNSEEN = [
    "<p hidden>secret</p>",
    "<p hidden='until-found'>secret</p>",
    "<div style='display:none'><p>secret</p></div>",
    "<div style='color:red; DISPLAY : none !important'>secret</div>",
    "<span style='visibility: hidden'>secret</span>",
    "<p style='position:absolute;left:-9999px'>secret</p>",
    "<p style='position: absolute; clip: rect(0 0 0 0)'>secret</p>",
    "<p style='clip-path:inset(50%);position:absolute'>secret</p>",
    "<p style='height:0px;line-height:0;font-size:0;overflow:hidden'>secret</p>",
    "<p style='height:1px;overflow:hidden'>secret</p>",
    "<p style='text-indent:-9999px'>secret</p>",
    "<p class='sr-only'>secret</p>",
    "<p class='a Visually-Hidden b'>secret</p>",
    "<span class='screen-reader-text'>secret</span>",
    "<style>.teaser-x{display:none}</style><p class='teaser-x'>secret</p>",
    "<style>#late{visibility:hidden}</style><p id='late'>secret</p>",
    "<dialog>secret</dialog>",
    "<div popover>secret</div>",
    "<amp-sidebar layout='nodisplay'><p>secret</p></amp-sidebar>",
    "<script>secret</script>",
    "<script type='text/x-template'><p>secret</p></script>",
    "<style>secret</style>",
    "<template><p>secret</p></template>",
    "<noscript><p>secret</p></noscript>",
    "<svg><title>secret</title><text>secret</text></svg>",
    "<iframe src='x'>secret</iframe>",
    "<object data='x'>secret</object>",
    "<video>secret</video><audio>secret</audio><canvas>secret</canvas>",
    "<select><option>secret</option></select>",
    "<textarea>secret</textarea>",
    "<datalist><option>secret</option></datalist>",
    "<input type='hidden' value='secret'><input type='text' value='secret' placeholder='secret'>",
    "<img src='x' alt='secret'>",
    "<!-- secret -->",
    "<!--[if IE]><p>secret</p><![endif]-->",
    "<ruby>港<rp>secret</rp><rt>みなと</rt></ruby>",
    "<math><annotation>secret</annotation></math>",
    "<p title='secret' data-text='secret'></p>",
    "<script>a='<p>secret</p>'",
    "<p a='<p>secret</p>",
]
SEEN = [
    "<p aria-hidden='true'>in sight</p>",
    "<details><summary>More</summary><p>in sight</p></details>",
    "<dialog open>in sight</dialog>",
    "<p class='hidden md:block'>in sight</p>",
    "<p class='hidden-gem'>in sight</p>",
    "<p style='display:block;visibility:visible'>in sight</p>",
    "<p style='position:absolute;left:9px'>in sight</p>",
    "<p style='height:40px;overflow:hidden'>in sight</p>",
    "<input type='submit' value='in sight'>",
    "<button>in sight</button>",
    "<label>in sight <input></label>",
    "<style media='print'>.x{display:none}</style><p class='x'>in sight</p>",
    "<noscript><style>.x{display:none}</style></noscript><p class='x'>in sight</p>",
    "<x-card><x-text>in sight</x-text></x-card>",
    "<table><p>in sight</p></table>",
    "<center><font size=2>in sight</font></center>",
    "<p>in <wbr>sight</p>",
    "<p>in&#32;sight</p>",
]


def words(html: str) -> str:
    """Everything that is imported, ticked or not."""
    return "\n".join(block.text for block in read_html(f"<body>{STORY}{html}".encode()).blocks)


@pytest.mark.parametrize("html", UNSEEN)
def test_what_no_reader_sees_is_not_imported(html: str) -> None:
    assert "secret" not in words(html)
    assert "every hour until March" in words(html)


@pytest.mark.parametrize("html", SEEN)
def test_what_a_reader_sees_is_imported(html: str) -> None:
    assert "in sight" in words(html)


def test_the_text_after_a_hidden_node_stays() -> None:
    assert words("<p>before <span hidden>secret</span> after</p>").endswith("before after")


def test_a_page_that_hides_itself_until_a_script_has_run_is_read() -> None:
    page = f"<style>.loading{{visibility:hidden}}</style><body><div class='loading hidden'>{STORY}</div><p>Menu</p>"
    assert "every hour until March" in "\n".join(block.text for block in read_html(page.encode()).blocks)


@pytest.mark.parametrize(
    "html",
    [
        "",
        " \n",
        "<html><head><title>x</title></head><body></body></html>",
        "<script>x</script>",
        "<p hidden>x</p>",
    ],
)
def test_a_page_without_text_is_refused(html: str) -> None:
    with pytest.raises(RuleError) as refused:
        read_html(html.encode())
    assert refused.value.code == "no_text"


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<div>" * 120 + "x", "too_deep"),
        ("<div>" * 60_000 + "x", "too_deep"),
        ("<p>" + "x" * 2_000_001, "too_big"),
        ("<p>ab</p>" * 20_001, "too_big"),
    ],
)
def test_a_page_beyond_measure_is_refused_with_a_sentence(html: str, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        read_html(html.encode())
    assert refused.value.code == code
    assert "paste it instead" in str(refused.value)


def test_scripts_do_not_count_towards_the_size_of_a_page() -> None:
    page = f"<script>{'x' * 3_000_000}</script><style>{'y' * 100_000}</style><body>{STORY}"
    assert len(read_html(page.encode()).blocks) == 2
