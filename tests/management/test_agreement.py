"""`agreement`: figures from two CSV files alone, what is honoured and left out, and errors with file and line."""

import io
import json

import pytest
from django.core.management import call_command

SPANS = "document,annotator,label,start,end"
READINGS = "document,length,annotator"


@pytest.fixture
def run(tmp_path, capsys):
    """Write both files, run the command; what stood on stdout and on stderr."""

    def go(spans, readings, *options, as_json=True):
        for name, lines in (("spans.csv", spans), ("readings.csv", readings)):
            content = lines if isinstance(lines, bytes) else "".join(f"{line}\n" for line in lines).encode()
            (tmp_path / name).write_bytes(content)
        out, err = io.StringIO(), io.StringIO()
        files = [str(tmp_path / "spans.csv"), "--readings", str(tmp_path / "readings.csv")]
        try:
            call_command("agreement", *files, *(["--json"] if as_json else []), *options, stdout=out, stderr=err)
        except SystemExit as stopped:
            return stopped.code, err.getvalue().strip()
        return json.loads(out.getvalue()) if as_json else out.getvalue(), err.getvalue().strip()

    return go


TWO = [READINGS, "d,20,a", "d,20,b"]


def test_two_files_give_all_figures_without_a_database(run):
    found, notes = run([SPANS, "d,a,claim,0,10", "d,b,claim,0,9"], TWO, "--labels", "claim,opinion")
    assert list(found) == [
        "documents", "annotators", "spans", "alpha", "u_alpha", "f1", "pairs", "split", "undefined",
    ]  # fmt: skip
    assert (found["documents"], found["annotators"], found["spans"], notes) == (1, 2, 2, "")
    # 40 values, 19 marked, 1 character differs: 1 - 39 · 2 / (2 · 19 · 21).
    assert found["alpha"]["any"] == pytest.approx(1 - 39 * 2 / (2 * 19 * 21), abs=1e-15)
    assert found["f1"] == {"exact": 0, "overlap": 1, "iou50": 1, "char": 18 / 19}
    assert [(pair["a"], pair["b"], pair["label"]) for pair in found["pairs"]] == [
        ("a", "b", None), ("a", "b", "claim"), ("a", "b", "opinion"),
    ]  # fmt: skip
    assert found["split"]["of"] == "nominal_set"


def test_every_null_has_its_path_and_its_reason(run):
    found, _notes = run([SPANS], TWO, "--labels", "claim")
    nulls = {f"alpha.{name}" for name in ("any", "nominal_set", "jaccard", "masi", "per_label.claim")}
    nulls |= {"u_alpha", *(f"f1.{name}" for name in ("exact", "overlap", "iou50", "char"))}
    nulls |= {f"split.{name}" for name in ("missed", "boundary", "label")}
    figures = ("kappa", "f1_exact", "f1_overlap", "f1_char")
    nulls |= {f"pairs[a=a,b=b,label={label}].{name}" for label in ("null", "claim") for name in figures}
    assert found["undefined"].keys() == nulls
    assert found["undefined"]["pairs[a=a,b=b,label=claim].kappa"] == "not used yet — nothing to compare"


def test_labels_beyond_the_codebook_follow_in_code_point_order(run):
    spans = [SPANS, "d,a,zeta,0,1", "d,a,Alpha,1,2", "d,a,claim,2,3", "d,a,1,3,4"]
    found, _notes = run(spans, TWO, "--labels", "opinion,claim")
    assert list(found["alpha"]["per_label"]) == ["opinion", "claim", "1", "Alpha", "zeta"]


def test_a_span_without_a_reading_is_ignored_and_counted_beside_the_figures(run):
    found, notes = run([SPANS, "d,a,claim,0,9", "d,b,claim,0,9", "d,c,claim,3,9", "e,a,claim,0,99"], TWO)
    assert (found["spans"], found["alpha"]["any"]) == (2, 1)
    assert notes == "2 spans have no reading and are left out."


def test_a_reader_without_spans_counts_and_a_repeated_row_does_not(run):
    found, _notes = run([SPANS, "d,a,claim,0,9", "d,a,claim,0,9"], TWO)
    assert found["spans"] == 1
    assert found["f1"]["char"] == 0
    assert found["alpha"]["any"] < 0


def test_rounds_are_reported_apart_and_one_can_be_chosen(run):
    readings = [f"{READINGS},round", "d,20,a,1", "d,20,b,1", "d,20,a,2", "d,20,b,2"]
    spans = [f"{SPANS},round", "d,a,claim,0,9,1", "d,b,claim,5,9,1", "d,a,claim,0,9,2", "d,b,claim,0,9,2"]
    both, _notes = run(spans, readings)
    assert list(both) == ["rounds"]
    assert list(both["rounds"]) == ["1", "2"]
    assert both["rounds"]["1"]["alpha"]["any"] < both["rounds"]["2"]["alpha"]["any"] == 1
    second, _notes = run(spans, readings, "--round", "2")
    assert second == both["rounds"]["2"]
    none, notes = run(spans, readings, "--round", "7")
    assert (none["documents"], notes) == (0, "Round 7 has no counted reading.")


def test_the_key_uncounted_readings_and_late_spans_are_left_out(run):
    readings = [
        f"{READINGS},round,is_key,counted", "d,20,a,1,0,1", "d,20,b,1,0,1", "d,20,c,1,0,0", "d,20,key,0,1,0",
    ]  # fmt: skip
    spans = [
        f"{SPANS},round,is_key,status", "d,a,claim,0,9,1,0,submitted", "d,b,claim,0,9,1,0,submitted",
        "d,c,opinion,0,9,1,0,open", "d,key,opinion,0,9,0,1,submitted", "d,a,opinion,10,12,1,0,late",
    ]  # fmt: skip
    found, notes = run(spans, readings)
    assert (found["annotators"], found["spans"], found["alpha"]["nominal_set"], notes) == (2, 2, 1, "")


def test_the_same_article_in_two_exercises_is_two_documents(run):
    readings = [f"{READINGS},exercise", "d,20,a,x", "d,20,b,x", "d,20,a,y", "d,20,b,y"]
    spans = [f"{SPANS},exercise", "d,a,claim,0,9,x", "d,b,claim,0,9,x"]
    found, _notes = run(spans, readings)
    assert (found["documents"], found["spans"]) == (2, 2)


def test_columns_without_white_space_give_the_figures_of_weighted_text(run):
    plain, _ = run([SPANS, "d,a,claim,0,5", "d,b,claim,0,6"], [f"{READINGS},text_weights", "d,11,a,11111011111",
                                                              "d,11,b,11111011111"])  # fmt: skip
    ours, _ = run(
        [f"{SPANS},start_nonspace,end_nonspace", "d,a,claim,0,5,0,5", "d,b,claim,0,6,0,5"],
        [f"{READINGS},length_nonspace", "d,11,a,10", "d,11,b,10"],
    )
    assert plain == ours
    assert plain["f1"]["exact"] == plain["alpha"]["any"] == 1


def test_bom_semicolons_crlf_aliases_and_any_column_order_are_read(run):
    spans = "\ufeffend;start;label;annotator;document_id\r\n9;0;1;a;d\r\n9;0;1;b;d\r\n".encode()
    found, _notes = run(spans, TWO)
    assert found["alpha"]["per_label"] == {"1": 1}


def test_the_guard_against_formulas_comes_off_in_our_own_files_and_stays_in_others(run):
    ours = [
        "span_id", "exercise", "document_id", "document_title", "text_sha256", "annotator", "is_key", "round", "status",
        "label", "start", "end", "start_utf16", "end_utf16", "text", "prefix", "suffix", "note", "source_name",
        "source_kind", "confidence", "reported_by", "created_at", "updated_at", "start_nonspace", "end_nonspace",
    ]  # fmt: skip
    cells = dict.fromkeys(ours, "") | {"document_id": "d", "annotator": "'-a", "round": "1", "label": "claim"}
    cells |= {"start": "0", "end": "9", "start_nonspace": "0", "end_nonspace": "9", "is_key": "0"}
    found, notes = run([",".join(ours), ",".join(cells.values())], [READINGS, "d,20,-a", "d,20,b"])
    assert (found["spans"], notes) == (1, "")
    found, notes = run([SPANS, "d,'-a,claim,0,9"], [READINGS, "d,20,'-a", "d,20,b"])
    assert (found["spans"], notes) == (1, "")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("d,a,claim,5,5", "the span ends where it starts, or before"),
        ("d,a,claim,6,5", "the span ends where it starts, or before"),
        ("d,a,claim,0,21", "the span ends behind the end of its document"),
        ("d,a,claim,-1,5", "start is “-1”, not a whole number from 0 up"),
        ("d,a,claim,1.0,5", "start is “1.0”, not a whole number from 0 up"),
        ("d,a,claim,0,", "end is “”, not a whole number from 0 up"),
        ("d,a,,0,5", "label is empty"),
        (",a,claim,0,5", "document is empty"),
        ("d,,claim,0,5", "annotator is empty"),
        ("d,z,claim,0,21", "the span ends behind the end of its document"),
        ("d,a,claim,0,4,9", "6 cells where the header has 5"),
        ("d,a,claim,0", "4 cells where the header has 5"),
        ('d,a,"claim"x,0,5', "this is not CSV; look for a quotation mark too few or too many"),
    ],
)
def test_a_bad_span_ends_with_its_line(run, row, message):
    assert run([SPANS, "d,a,claim,0,4", "", row], TWO) == (2, f"spans.csv:4: {message}")


def test_a_record_over_several_lines_is_named_by_its_first(run):
    spans = [f"{SPANS},note", 'd,a,claim,0,4,"two\nlines"', 'd,a,claim,9,4,"again\ntwo"']
    assert run(spans, TWO) == (2, "spans.csv:4: the span ends where it starts, or before")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["d,20,a", "d,20,a"], "3: this reading stands in an earlier row too"),
        (["d,20,a", "d,21,b"], "3: this document has another length or other weights in an earlier row"),
        (["d,20,"], "2: annotator is empty"),
        (["d,20"], "2: 2 cells where the header has 3"),
        (["d,many,a"], "2: length is “many”, not a whole number from 0 up"),
    ],
)
def test_a_bad_reading_ends_with_its_line(run, rows, message):
    assert run([SPANS], [READINGS, *rows]) == (2, f"readings.csv:{message}")


@pytest.mark.parametrize(("column", "cell"), [("is_key", "yes"), ("counted", "TRUE"), ("round", "one")])
def test_a_cell_that_must_be_a_number_is_named_with_its_line(run, column, cell):
    code, error = run([SPANS], [f"{READINGS},{column}", f"d,20,a,{cell}"])
    assert (code, error.split("”")[0]) == (2, f"readings.csv:2: {column} is “{cell}")


def test_a_column_that_stands_twice_and_a_length_that_cannot_be_are_named(run):
    assert run([f"{SPANS},end"], TWO) == (2, "spans.csv:1: the column “end” stands twice")
    spans = [f"{SPANS},start_nonspace,end_nonspace"]
    found = run(spans, [f"{READINGS},length_nonspace", "d,20,a,21"])
    assert found == (2, "readings.csv:2: length_nonspace is more than length")


def test_rows_of_empty_cells_that_spreadsheets_leave_are_no_rows(run):
    found, notes = run([SPANS, "d,a,claim,0,9", ",,,,", "d,b,claim,0,9", ",,,,"], [*TWO, ",,"])
    assert (found["spans"], found["alpha"]["any"], notes) == (2, 1, "")
    assert run([SPANS, ",,,,", "d,a,claim,9,9"], TWO)[1].startswith("spans.csv:3:")


def test_labels_may_stand_behind_spaces_and_hold_commas(run):
    found, _notes = run([SPANS, 'd,a,"b, c",0,9'], TWO, "--labels", 'claim, opinion, "b, c"')
    assert list(found["alpha"]["per_label"]) == ["claim", "opinion", "b, c"]


def test_offsets_count_code_points_beyond_the_first_plane_and_names_sort_by_them(run):
    # "🏮" is one character; U+FFFD sorts before U+1D518 by code point, behind it in UTF-16.
    readings = [READINGS, "🏮,3,𝔘", "🏮,3,�"]
    found, notes = run([SPANS, "🏮,𝔘,𝔏,0,2", "🏮,�,𝔏,0,3"], readings)
    assert [(pair["a"], pair["b"]) for pair in found["pairs"]] == [("�", "𝔘")] * 2
    assert (found["pairs"][1]["label"], found["f1"]["char"], notes) == ("𝔏", 4 / 5, "")


@pytest.mark.parametrize("weights", ["111", "11a1", "11²1"])
def test_weights_are_one_digit_for_each_character(run, weights):
    found = run([SPANS], [f"{READINGS},text_weights", f"d,4,a,{weights}"])
    assert found == (2, "readings.csv:2: text_weights is not one digit 0-9 for each character")


def test_weights_that_contradict_each_other_are_refused(run):
    code, error = run([SPANS], [f"{READINGS},text_weights", "d,4,a,1111", "d,4,b,1110"])
    assert (code, error.split(":")[:2]) == (2, ["readings.csv", "3"])


def test_missing_columns_empty_files_and_other_encodings_are_named(run):
    assert run(["document,annotator,start,end"], TWO) == (2, "spans.csv:1: there is no column “label”")
    assert run(b"", TWO) == (2, "spans.csv:1: the file is empty; its first line must name the columns")
    latin = f"{SPANS}\nd,J\xfcrgen,claim,0,4\n".encode("latin-1")
    assert run(latin, TWO) == (2, "spans.csv:2: this is not UTF-8; save the file as UTF-8")


def test_spans_of_two_rounds_are_refused_where_readings_name_none(run):
    spans = [f"{SPANS},round", "d,a,claim,0,4,1", "d,a,claim,0,4,2"]
    assert run(spans, TWO) == (2, "spans.csv:3: another round than above, and the readings have no such column")


def test_a_span_that_fits_two_readings_is_refused(run):
    readings = [f"{READINGS},round", "d,20,a,1", "d,20,a,2"]
    code, error = run([SPANS, "d,a,claim,0,4"], readings)
    assert (code, error.split(": ")[0]) == (2, "spans.csv:2")


def test_a_file_that_is_not_there_is_named(tmp_path):
    err = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("agreement", str(tmp_path / "no.csv"), "--readings", str(tmp_path / "no.csv"), stderr=err)
    assert stopped.value.code == 2
    assert err.getvalue().strip() == "no.csv: the file cannot be read; check its name and place"


def test_without_json_a_person_reads_names_numbers_and_reasons(run):
    found, _notes = run([SPANS, "d,a,claim,0,10", "d,b,claim,0,9"], TWO, "--labels", "claim,opinion", as_json=False)
    lines = [" ".join(line.split()) for line in found.split("\n")]
    assert lines[0] == "1 documents, 2 annotators, 2 spans"
    assert "any 0.902" in lines
    assert "opinion not used yet — nothing to compare" in lines
    assert "a b all labels 0.900 0.000 1.000 0.947" in lines


def test_the_table_tells_rounds_apart_and_names_each_reason(run):
    readings = [f"{READINGS},round", "d,20,a,1", "d,20,b,1", "d,20,a,2"]
    spans = [f"{SPANS},round", "d,a,claim,0,9,1", "d,a,opinion,5,12,1", "d,b,claim,0,9,1", "d,a,claim,0,9,2"]
    found, _notes = run(spans, readings, as_json=False)
    first, second = found.split("Round 2")
    assert first.startswith("Round 1\n1 documents, 2 annotators, 3 spans")
    assert "u_alpha                  spans of one reader overlap" in first
    assert second.count("needs a second reader") == 4 + 1 + 1 + 4 + 3
    assert "Pairs" not in second


def test_the_key_is_no_reader_where_no_column_says_what_counts(run):
    readings = [f"{READINGS},is_key", "d,20,a,0", "d,20,b,0", "d,20,key,1"]
    spans = [f"{SPANS},is_key", "d,a,claim,0,9,0", "d,b,claim,0,9,0", "d,key,opinion,0,9,1"]
    found, notes = run(spans, readings)
    assert (found["annotators"], found["spans"], found["alpha"]["nominal_set"], notes) == (2, 2, 1, "")
