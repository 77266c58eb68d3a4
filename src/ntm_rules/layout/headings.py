"""What headings of columns say in the tables that offices have: the words by which a column's role is told."""

from __future__ import annotations

import re

from ..errors import NtmError
from ..territory import Group, Level, Named, Region, read_member
from .model import Role

RUNNING = {"tt", "stt", "số tt", "số thứ tự", "no", "no."}
UNIT = re.compile(
    r"(tên )?(các )?(xã|phường|đơn vị|địa phương|thị trấn|huyện|xã, phường.*|xã ?/ ?phường|xã, thị trấn.*)( \(.*\))?"
    r"|đơn vị hành chính|tên xã.*|mã xã|mã đơn vị|mã đvhc|unit|id"
)
REQUIRED = re.compile(
    r"(?!mức đạt được)"
    r"(mức|giá trị|chỉ tiêu)?\s*(yêu cầu|đạt chuẩn|chuẩn|quy định|mục tiêu|chung|đạt)( .*)?|mức đạt chuẩn.*"
)
PLAN = re.compile(r".*(kế hoạch|dự toán|dự báo|ước tính|\bkh\b|phấn đấu|dự kiến|\bước\b|\bưth\b).*")
NOTE = re.compile(
    r"(ghi chú|minh chứng|giải trình|lý do|nguyên nhân|khó khăn|vướng mắc|tồn tại|hạn chế|giải pháp|kiến nghị"
    r"|note|remark).*"
)
MEASURED = {"đvt", "đơn vị tính", "đơn vị đo"}
CODE = re.compile(r"(mã( số)?( tiêu chí| chỉ tiêu)?|mã tc|mã ct|code|chỉ tiêu số|tiêu chí số)")
TEXT = re.compile(r"(tên )?(nội dung|tiêu chí|chỉ tiêu|nội dung tiêu chí|tên tiêu chí|nội dung chỉ tiêu)([ ,].*)?")
AIM = {"chỉ tiêu", "chỉ tiêu chung", "tiêu chuẩn"}
MARK = re.compile(r"(tự )?(đánh giá|kết luận|đạt/chưa đạt|đạt / chưa đạt|xếp loại|thẩm định).*")
DAY = {"tính đến ngày", "ngày số liệu", "số liệu tính đến ngày", "thời điểm", "as_of", "ngày"}
RESULT = re.compile(r".*(kết quả|mức đạt được|thực hiện|thực trạng|số liệu|giá trị|\bth\b|\bkq\b|hiện trạng).*")
SHARE = re.compile(r"t[ỷỉ] lệ(?: \(?%\)?)?")
TOTAL = re.compile(r"(tổng )?(số )?(tiêu chí|tc|số tc|số tiêu chí) đạt.*|tổng số (tiêu chí|tc).*")
AROUND = re.compile(r"(tên |thuộc )?(huyện|quận|thị xã|thành phố|tỉnh)([,/ ].*)?")
DESCRIBING: dict[str, tuple[Role, type[Named]]] = {
    **dict.fromkeys(("cấp", "cấp hành chính", "level"), ("level", Level)),
    **dict.fromkeys(("vùng", "vùng kinh tế", "khu vực", "region"), ("region", Region)),
    **dict.fromkeys(("nhóm", "nhóm xã", "group"), ("group", Group)),
}
ASIDE = re.compile(
    r"(nhóm|vùng|khu vực|huyện|tỉnh|cấp|tỷ lệ|tỷ lệ \(%\)|so sánh.*|tăng.giảm.*|cơ quan.*|đơn vị phụ trách|xếp hạng)"
)
ASSESSING = re.compile(r"\b(đánh giá|thẩm tra|thẩm định|chấm điểm|đề nghị|báo cáo|công nhận)\b")
NUMBERED = re.compile(r"(?:[IVXLC]+|[A-ZĐa-zđ]|\d{1,2}(?:\.\d{1,2})*)[.)]?")
CRITERION = re.compile(r"\b(?:tiêu chí|chỉ tiêu|tc)\s*(?:số\s*)?(\d{1,2}(?:[.,]\d{1,2})*)", re.IGNORECASE)


def is_heading_word(text: str) -> bool:
    return (
        text in RUNNING
        or text in MEASURED
        or any(form.fullmatch(text) for form in (UNIT, NOTE, CODE, TEXT, MARK, RESULT, TOTAL, REQUIRED))
    )


def is_one_of(kind: type[Named], text: str) -> bool:
    try:
        read_member(kind, text)
    except NtmError:
        return False
    return True
