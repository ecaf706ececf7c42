"""Citations as officials write them: in full, bare, short, same and own; lists, ranges and Arabic numerals."""

from __future__ import annotations

import pytest

from fazhi.library.citations import Place, cite, ordinal

CASES = [
    (
        "根据《中华人民共和国行政处罚法》第三十三条第二款、第四十五条第一款第（三）项的规定",
        [("中华人民共和国行政处罚法", "full", ["第33条第2款", "第45条第1款第3项"])],
    ),
    (
        "违反治安管理处罚法第四十三条第一款，依照同法第十二条处理",
        [("治安管理处罚法", "bare", ["第43条第1款"]), ("治安管理处罚法", "same", ["第12条"])],
    ),
    (
        "依据《行政复议法》（2023修订）第88条、第八十九条至第九十一条",
        [("行政复议法", "full", ["第88条", "第89条", "第91条"])],
    ),
    ("本办法第三、四条和第五条第一、二款", [("", "own", ["第3条", "第4条", "第5条第1款", "第5条第2款"])]),
    (
        "《中华人民共和国道路交通安全法》（以下简称《道交法》）第五条，道交法第九十一条第一款",
        [
            ("中华人民共和国道路交通安全法", "full", ["第5条"]),
            ("中华人民共和国道路交通安全法", "short", ["第91条第1款"]),
        ],
    ),
    ("刑法第二百三十二条之一", [("刑法", "bare", ["第232条之1"])]),
    (
        "《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》第48条",
        [("最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释", "full", ["第48条"])],
    ),
    (
        "违反了中华人民共和国劳动合同法第八十二条和社会保险法第58条第1款第2项",
        [("中华人民共和国劳动合同法", "bare", ["第82条"]), ("社会保险法", "bare", ["第58条第1款第2项"])],
    ),
    ("《关于修改《城市规划法》的决定》第二条", [("关于修改《城市规划法》的决定", "full", ["第2条"])]),
    (
        "依照广东省实施《中华人民共和国消防法》办法第五条处理",
        [("广东省实施《中华人民共和国消防法》办法", "full", ["第5条"])],
    ),
    ("市里要认真实施《消防法》规定的第五条", [("消防法", "full", []), ("消防法", "none", ["第5条"])]),
    (
        "第三条第一款、第二款；第五条第（一）、（二）项",
        [("", "none", ["第3条第1款", "第3条第2款"]), ("", "none", ["第5条第1项", "第5条第2项"])],
    ),
    ("请在三十日之内说明，第五条之规定另有要求", [("", "none", ["第5条"])]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_citation_is_read_as_an_official_means_it(text, expected):
    read = [(found.title, found.said, [str(place) for place in found.places]) for found in cite(text)]
    assert read == expected


def test_a_citation_points_at_its_own_words():
    text = "当事人认为，依据《行政许可法》第42条—第44条，应当延期。"
    (found,) = cite(text)
    assert text[found.start : found.end] == found.text == "《行政许可法》第42条—第44条"
    assert found.ranges == ((Place(42), Place(44)),)


@pytest.mark.parametrize(
    ("text", "number"), [("三十三", 33), ("一百零二", 102), ("十", 10), ("1０2", 102), ("二百三十二", 232), ("法", 0)]
)
def test_numerals_of_articles(text, number):
    assert ordinal(text) == number
