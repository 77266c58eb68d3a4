"""The words of titles, headings and lines between rows that are understood: every other word there is asked about.

What is listed says which paper it is, who made it, or of which programme, and so nothing of whose, of when or of what
kind the figures are; a word that might (ước, tăng thêm, còn thiếu, thôn, vốn) stands in no list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ..normalization import fold
from ..pack.model import Pack
from .period import without_periods

# Figures as they are, and who looked at them: what a column of results is called.
_RESULTS = (
    *("kết quả", "thực hiện", "đã thực hiện", "đạt được", "đạt", "đã đạt", "chưa đạt", "không đạt", "đạt/chưa đạt"),
    *(
        "mức độ đạt",
        "mức đạt",
        "mức đạt được",
        "giá trị",
        "giá trị đạt",
        "số liệu",
        "thực tế",
        "hiện trạng",
        "thực trạng",
    ),
    *("tỷ lệ", "tỉ lệ", "tỷ lệ đạt", "tử số", "mẫu số", "được", "hiện có", "hiện nay", "th", "kq", "có", "là"),
    *("tự", "đánh giá", "tự đánh giá", "thẩm định", "thẩm tra", "rà soát", "kết luận", "xếp loại", "ý kiến"),
    *("hội đồng", "đoàn", "tổ", "cơ quan", "nhận xét", "xác nhận", "kiểm tra", "đơn vị"),
    *("báo cáo", "tổng hợp", "thống kê", "lũy kế", "luỹ kế", "sơ bộ", "chính thức", "nếu có", "ghi rõ"),
    *(
        "tiêu chí",
        "chỉ tiêu",
        "nội dung",
        "tc",
        "bộ tiêu chí",
        "các",
        "của",
        "theo",
        "từng",
        "và",
        "tại",
        "trong",
        "số",
    ),
    *("xã", "phường", "huyện", "tỉnh", "cấp", "đến"),
    *("tới", "hết", "tính", "tính đến", "thời điểm", "kỳ", "kỳ báo cáo"),
    *("ngày", "tháng", "năm", "quý", "cả năm", "kỳ này", "đvt", "đơn vị tính"),
    *(
        "result",
        "results",
        "numerator",
        "denominator",
        "value",
        "actual",
        "assessment",
        "finding",
        "met",
        "not met",
        "share",
        "of",
        "the",
    ),
)
# The names of papers, of the programme, and of those who write and receive papers about it.
_PAPERS = (
    *("biểu", "bảng", "phụ lục", "biểu mẫu", "mẫu biểu", "phiếu", "kèm theo", "ban hành", "tình hình", "tiến trình"),
    *("chấm điểm", "so sánh", "theo dõi", "tiến độ", "phục vụ", "chốt", "điều tra", "bao phủ"),
    *("xây dựng", "chương trình", "chương trình mục tiêu quốc gia", "mtqg", "ctmtqg", "quốc gia", "về", "xã hội"),
    *("nông thôn mới", "ntm", "đạt chuẩn", "chuẩn", "công nhận", "xét", "đề nghị", "hồ sơ", "quyết định", "công văn"),
    *("kết quả thực hiện kế hoạch", "thực hiện kế hoạch", "một số", "chủ yếu", "cơ bản", "chi tiết", "chung", "cho"),
    *("kinh tế", "phát triển kinh tế", "giữa", "đối với", "trên địa bàn", "toàn", "các xã", "xã, phường, thị trấn"),
    *(
        "thị trấn",
        "theo từng chỉ tiêu",
        "đạt, chưa đạt",
        "đạt và chưa đạt",
        "thông tin",
        "dữ liệu",
        "niên giám",
        "thuộc",
    ),
    *("ubnd", "ủy ban nhân dân", "uỷ ban nhân dân", "hđnd", "hội đồng nhân dân", "đảng ủy", "đảng uỷ", "huyện ủy"),
    *("ban chỉ đạo", "bcđ", "ban quản lý", "bql", "văn phòng điều phối", "vpđp", "văn phòng", "mặt trận tổ quốc"),
    *("phòng", "sở", "bộ", "cục", "chi cục", "tổng cục", "ban", "nông nghiệp và phát triển nông thôn", "nn&ptnt"),
    *(
        "nn và ptnt",
        "nông nghiệp và ptnt",
        "bảo hiểm xã hội",
        "phát triển nông thôn",
        "nông nghiệp và môi trường",
        "nông nghiệp",
        "tài nguyên và môi trường",
    ),
    *("kế hoạch và đầu tư", "tài chính - kế hoạch", "tài chính kế hoạch", "giáo dục và đào tạo", "gd&đt"),
    *("lao động - thương binh và xã hội", "nội vụ", "cộng hòa xã hội chủ nghĩa việt nam", "kinh tế - hạ tầng"),
    *("cộng hoà xã hội chủ nghĩa việt nam", "độc lập", "tự do", "hạnh phúc", "việt nam", "đơn vị báo cáo"),
    *("đơn vị nhận báo cáo", "tờ trình", "nghị quyết", "thông tư", "bchtw", "nghĩa", "tên", "danh sách", "cấp xã"),
    *("report", "table", "by", "commune", "communes", "new rural", "indicators", "criteria", "figures", "as", "and"),
)
# Parts of the country and of the set, by which rows stand together; and usual notes of where figures come from.
_PARTS = frozenset(
    (
        *("dân số", "nông thôn", "chia ra", "đời sống", "đạt sau kiểm tra lại", "khu vực", "vùng"),
        *("khối", "nhóm", "miền núi", "đồng bằng", "trung du", "ven biển", "các xã khác"),
        *("hạ tầng", "văn hóa", "văn hoá", "môi trường", "hệ thống chính trị", "quy hoạch", "tổ chức sản xuất"),
        *("phát triển", "kinh tế", "xã hội", "quốc phòng", "an ninh", "phần", "mục", "nguồn", "ghi chú", "chú thích"),
    )
)
_THINGS = (
    *("bảo hiểm y tế", "tham gia bảo hiểm y tế", "nước sạch", "nước sạch nông thôn"),
    *("thu nhập bình quân", "thu nhập bình quân đầu người", "lao động qua đào tạo"),
)
# Lines that are of the same in every table of tests and of teaching.
_MADE_UP = ("số liệu bịa", "ví dụ, không phải văn bản")
_SIZES = "xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh"
# Alone over rows they are what is asked for, not what is.
_ASKED = frozenset({"đề nghị"})
_ASKED_FOR = frozenset(f"đề nghị {what}" for what in ("công nhận", "xét", "thẩm định", "thẩm tra", "đánh giá"))
_WHOLE = rf"\btoàn (?:huyện|quận|thị xã|thành phố|tỉnh)\b|\bcác (?:{_SIZES}) khác\b"
_OTHERS = re.compile(rf"{_WHOLE}|\bcác (?:{_SIZES})\b")
_THEIR_FIGURES = r"\bsố liệu\b.*\bcủa (?:huyện|quận|tỉnh)\W*$"
_AROUND = re.compile(r"\b(?:huyện|quận|tỉnh)\b")
_LOOKED = re.compile(
    r"đánh giá|thẩm|rà soát|kiểm tra|xác nhận|kết luận|công nhận|hội đồng|đoàn|ban chỉ đạo|ý kiến|nhận xét"
)
_LOOSE = re.compile(
    r"(?:biểu|bảng|phụ lục|mẫu|form|table)\s+(?:số\s*)?[\dIVXivx]+[a-z]?\b|\d+[\w.]*/[\w&đ/-]*[a-zđ][\w&đ-]*"
)
# Both of its words are the programme's own; together they are what is wished for.
_TARGETS = re.compile(r"(?<!chương trình )\bmục tiêu\b(?! quốc gia)")
_END = re.compile(r"\bcuối(?= năm \d)")
_RUN = re.compile(r"[^\W\d_]+(?:[ ,]+[^\W\d_]+)*")
_NUMERAL = re.compile(r"[ivxlc]+|[a-zđ]")


@lru_cache(maxsize=64)
def _form(phrases: frozenset[str]) -> re.Pattern[str]:
    longest = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")


_HEADING_WORDS = frozenset(_RESULTS)
_TITLE_WORDS = _HEADING_WORDS - {"chưa đạt", "không đạt"} | {*_PAPERS, *_MADE_UP}


def in_heading(text: str, *, names: Iterable[str] = (), answered: Iterable[str] = ()) -> tuple[str, ...]:
    """What a heading of a column of results says beside that.

    >>> in_heading("Kết quả tự đánh giá đến 30/6/2024 (%)"), in_heading("Kinh phí đã thực hiện")
    ((), ('kinh phí',))
    """
    return _left(text, _HEADING_WORDS, names, answered)


def others(text: str, *, title: bool = False) -> str:
    """What a text over the figures of one commune says that makes them others': several communes', a district's.

    >>> others("Kết quả các xã"), others("Số liệu huyện"), others("Kết quả thẩm tra của huyện")
    ('các xã', 'huyện', '')
    """
    said = fold(text)
    found = re.search(rf"{_WHOLE}|{_THEIR_FIGURES}", said) if title else _OTHERS.search(said)
    if found is None and not title and not _LOOKED.search(said):
        found = _AROUND.search(said)
    return found[0] if found is not None else ""


def in_section(text: str, pack: Pack, *, names: Iterable[str] = (), answered: Iterable[str] = ()) -> tuple[str, ...]:
    """What a line among the rows, or a note under them, says beside which part of the set, or of the country, follows.

    >>> from ntm_rules import load_pack
    >>> pack = load_pack("vn/commune@2021-2025")
    >>> in_section("II. HẠ TẦNG KINH TẾ - XÃ HỘI", pack), in_section("CÁC NỘI DUNG ĐĂNG KÝ", pack)
    ((), ('đăng ký',))
    """
    titles = [criterion.title.text("vi") for criterion in pack.criteria]
    return in_title(text, pack, names=(*names, *titles), answered=answered, more=_PARTS | _ASKED_FOR, less=_ASKED)


def in_title(
    text: str,
    pack: Pack,
    *,
    names: Iterable[str] = (),
    answered: Iterable[str] = (),
    more: frozenset[str] = frozenset(),
    less: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """What a title says beside which paper of which set it is; ``names`` are those of places that are known.

    >>> from ntm_rules import load_pack
    >>> pack = load_pack("vn/commune@2021-2025")
    >>> in_title("KẾT QUẢ XÂY DỰNG NTM XÃ KỲ PHÚ NĂM 2024", pack, names=["Xã Kỳ Phú"])
    ()
    >>> in_title("ƯỚC KẾT QUẢ NTM NÂNG CAO NĂM 2024", pack)
    ('ước', 'nâng cao')
    """
    title = fold(pack.title.text("vi"))
    own = {word for word in re.findall(r"[^\W\d_]+", title) if word not in ("không", "chưa", "thôn")}
    term = re.search(r"\d{4}\s*[-–]\s*\d{4}", title)
    years = fold(text)
    if term is not None:
        # Another programme's years are those of another set of criteria.
        years = re.sub(r"(?:giai đoạn\s+)?" + term[0].replace("-", r"\s*[-–]\s*"), " | ", years)
    other = tuple(re.findall(r"giai đoạn\s+\d{4}\s*[-–]\s*\d{4}", years)) if term is not None else ()
    found = (*other, *_left(years, (_TITLE_WORDS - less) | own | more | _subjects(pack), names, answered))
    return tuple(dict.fromkeys(one for one in found if not _answers(one, answered)))


def _subjects(pack: Pack) -> frozenset[str]:
    """What the criteria and indicators of a set are about, as titles name them: one criterion's table is of the set."""
    titles = tuple(criterion.title.text("vi") for criterion in pack.criteria)
    return _names_in(titles, tuple(item.text.text("vi") for item in pack.indicators()))


@lru_cache(maxsize=64)
def _names_in(titles: tuple[str, ...], texts: tuple[str, ...]) -> frozenset[str]:
    # What comes before a place, a rule, a bracket is the indicator's name; two words may be a part of the people.
    cut = (re.split(r"\s+khu vực\b|\s+theo\b|\s+trên\b|\s*[(;,]|\s+giai đoạn\b", fold(text))[0] for text in texts)
    both = (name for text in cut for name in (text, re.sub(r"^t[ỷỉ] lệ ", "", text)) if name.count(" ") > 1)
    return frozenset((*map(fold, titles), *_THINGS, *both))


def _left(text: str, known: frozenset[str], names: Iterable[str], answered: Iterable[str]) -> tuple[str, ...]:
    said = fold(text)
    for name in sorted(map(fold, names), key=len, reverse=True):
        said = said.replace(name, " | ")
    targets = _TARGETS.findall(said)
    said = _form(known).sub(" | ", _LOOSE.sub(" | ", without_periods(_END.sub(" ", said))))
    found = (*targets, *(run.strip(" ,") for run in _RUN.findall(said)))
    runs = (run for run in found if not _NUMERAL.fullmatch(run) and not _answers(run, answered))
    return tuple(dict.fromkeys(runs))


def _answers(run: str, answered: Iterable[str]) -> bool:
    """Whether somebody has said in the layout that these words, or the line they stand in, change nothing."""
    return any(run in fold(said) for said in answered)
