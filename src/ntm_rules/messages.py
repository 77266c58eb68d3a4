"""Every sentence the library says, in Vietnamese and English.

One catalogue, so that the two languages are changed together; that is why this file is long.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

Lang = Literal["vi", "en"]
LANGS: tuple[Lang, ...] = ("vi", "en")


class Text(msgspec.Struct, frozen=True, gc=False):
    """A text in both languages; the missing one is filled by the other.

    >>> Text("Thu nhập", "Income").text("en")
    'Income'
    """

    vi: str
    en: str = ""

    def text(self, lang: Lang = "vi") -> str:
        return (self.vi or self.en) if lang == "vi" else (self.en or self.vi)


def say(message: str, lang: Lang = "vi", /, **params: Any) -> str:
    """The sentence for ``message``. Parameters that have a ``text(lang)`` are said in the same language."""
    vi, en = _MESSAGES[message]
    shown = {
        name: grouped(value, lang) if name in _COUNTS and isinstance(value, int) else _shown(value, lang)
        for name, value in params.items()
    }
    return (vi if lang == "vi" else en).format_map(_Blank(shown)).strip()


# Years, lines and codes are numbers too, and are not grouped.
_COUNTS = frozenset(
    {"met", "total", "unmet", "not_met", "unknown", "exempt", "missing", "needed", "count", "low", "high"}
)


def grouped(count: int, lang: Lang) -> str:
    """A count as the language groups it: 1.627 in Vietnamese, 1,627 in English."""
    return f"{count:,}" if lang == "en" else f"{count:,}".replace(",", ".")


def _shown(value: Any, lang: Lang) -> str:
    if hasattr(value, "text"):
        return str(value.text(lang))
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}" if lang == "vi" else value.isoformat()
    return str(value)


class _Blank(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


_MESSAGES: dict[str, tuple[str, str]] = {
    # Places and hints
    "place.sheet": ("trang tính “{sheet}”", "sheet “{sheet}”"),
    "place.cell": ("ô {cell}", "cell {cell}"),
    "hint.nearest": ("Có phải là: {names}?", "Did you mean: {names}?"),
    "hint.all": ("Các giá trị hợp lệ: {names}.", "Valid names: {names}."),
    # Numbers and units
    "error.not_a_number": ("“{text}” không phải là một số", "“{text}” is not a number"),
    "error.not_finite": ("“{text}” không phải là số hữu hạn", "“{text}” is not a finite number"),
    "error.number_too_long": ("số có quá {limit} chữ số", "the number has more than {limit} digits"),
    "error.unknown_unit": ("không hiểu đơn vị tính “{unit}”. {near}", "unknown unit of measure “{unit}”. {near}"),
    "error.dimension": (
        "“{given}” và “{wanted}” là hai loại đại lượng khác nhau, không so sánh được",
        "“{given}” and “{wanted}” measure different things and cannot be compared",
    ),
    "error.dimension_short": (
        "“{given}” và “{wanted}” là hai loại đại lượng khác nhau; nếu ý là “{wanted}” thì hãy ghi đủ",
        "“{given}” and “{wanted}” measure different things; if “{wanted}” is meant, write it out",
    ),
    "error.inexact": (
        "không đổi được chính xác {amount} sang “{unit}”; hãy cho số liệu theo “{unit}”",
        "{amount} has no exact value in “{unit}”; give it in “{unit}”",
    ),
    "error.outside_domain": (
        "{amount} nằm ngoài khoảng hợp lệ của “{name}” (từ {low} đến {high})",
        "{amount} is outside the valid range of “{name}” ({low} to {high})",
    ),
    # Pack files
    "error.file_too_large": (
        "tệp quá lớn: {size} byte (tối đa {limit})",
        "the file is too large: {size} bytes (at most {limit})",
    ),
    "error.cannot_read": ("không đọc được tệp: {reason}", "cannot read the file: {reason}"),
    "error.cannot_write": ("không ghi được: {reason}", "cannot write: {reason}"),
    "error.not_a_workbook": (
        "{file}: biểu và phiếu là tệp Excel; tên tệp phải kết thúc bằng .xlsx",
        "{file}: forms and worksheets are Excel files; the name must end in .xlsx",
    ),
    "reason.no_such_file": ("không có tệp hoặc thư mục này", "there is no such file or folder"),
    "reason.is_a_folder": ("đây là thư mục, không phải tệp", "it is a folder, not a file"),
    "reason.no_folder": ("đường dẫn đi qua một tệp, không phải thư mục", "part of the path is a file, not a folder"),
    "reason.no_permission": (
        "không có quyền truy cập, hoặc tệp đang mở trong chương trình khác",
        "access is denied, or another program has the file open",
    ),
    "error.not_utf8": ("tệp không ở mã UTF-8", "the file is not UTF-8"),
    "error.yaml": ("YAML không hợp lệ: {reason}", "not valid YAML: {reason}"),
    "error.empty_file": ("tệp trống", "the file is empty"),
    "error.several_documents": ("tệp chỉ được có một tài liệu YAML", "the file must hold one YAML document"),
    "error.alias": (
        "không dùng được neo và bí danh YAML (& và *); hãy viết lại giá trị",
        "YAML anchors and aliases (& and *) are not accepted; write the value again",
    ),
    "error.tag": ("không dùng được nhãn YAML “{tag}”", "the YAML tag “{tag}” is not accepted"),
    "error.too_deep": ("lồng nhau quá {limit} tầng", "nested more than {limit} levels deep"),
    "error.key_not_text": ("khóa phải là chữ", "a key must be plain text"),
    "error.duplicate_key": (
        "khóa “{key}” lặp lại (đã có ở dòng {first})",
        "the key “{key}” is repeated (first at line {first})",
    ),
    "error.unknown_key": ("khóa lạ “{key}”. {near}", "unknown key “{key}”. {near}"),
    "error.missing_key": ("thiếu khóa “{key}”", "the key “{key}” is missing"),
    "error.not_one_of": (
        "“{given}” không hợp lệ; cần một trong: {names}",
        "“{given}” is not valid; expected one of: {names}",
    ),
    "error.invalid": ("giá trị {given} không hợp lệ: {reason}", "the value {given} is not valid: {reason}"),
    "error.text_cut": (
        "đoạn chữ bị ngắt ở dấu phẩy trước “{text}”; hãy đặt cả đoạn trong ngoặc kép",
        "the text is cut at the comma before “{text}”; put all of it in quotes",
    ),
    "error.text_expected": (
        "cần một đoạn chữ, hoặc {{vi: ..., en: ...}} {code}",
        "expected a text, or {{vi: ..., en: ...}} {code}",
    ),
    "error.threshold_kind": (
        "không hiểu ngưỡng hoặc điều kiện này; ngưỡng là một giá trị, value, by_region, by_year, by_level, by_attribute, "
        "times + threshold_of, delegated hoặc untranscribed",
        "not a threshold or condition; a threshold is a value, value, by_region, by_year, by_level, by_attribute, "
        "times + threshold_of, delegated or untranscribed",
    ),
    "error.condition_kind": (
        "điều kiện phải có đúng một trong các khóa: {names} (đang có {count})",
        "a condition has exactly one of the keys: {names} (found {count})",
    ),
    "error.one_comparison": ("cần đúng một phép so sánh: {names}", "expected exactly one comparison: {names}"),
    "error.at_least_of": (
        "yêu cầu {needed} trong số {count} điều kiện",
        "asks for {needed} of only {count} conditions",
    ),
    "error.threshold_of": (
        "“{text}” không phải là chỉ tiêu của một bộ tiêu chí; cần dạng vn/commune-advanced#10",
        "“{text}” names no indicator of a pack; write it as vn/commune-advanced#10",
    ),
    "error.times": ("hệ số “{text}” phải là số dương", "the multiplier “{text}” must be a positive number"),
    "error.empty_table": ("bảng ngưỡng không có dòng nào", "the threshold table has no rows"),
    "error.year_row": (
        "dòng “{row}” không phải là năm (2023) hoặc khoảng năm (2022-2025) riêng biệt",
        "the row “{row}” is not a year (2023) or a span (2022-2025) of its own",
    ),
    "error.unknown_row": ("dòng “{row}” không có; các dòng: {names}", "unknown row “{row}”; rows are: {names}"),
    "error.verification_unnamed": (
        "mức kiểm chứng “{verification}” cần url hoặc checked_against để nêu rõ đã đối chiếu với đâu",
        "verification “{verification}” needs a url or checked_against that names what was read",
    ),
    "error.period": ("ngày bắt đầu {start} sau ngày kết thúc {end}", "the start {start} is after the end {end}"),
    "error.criterion_empty": (
        "tiêu chí {code} không có chỉ tiêu; nếu chưa nhập được thì ghi incomplete: true",
        "criterion {code} has no indicators; if they are not transcribed yet, say incomplete: true",
    ),
    "error.addition": (
        "mỗi mục trong add là một criterion, hoặc một indicator kèm to: <mã tiêu chí>",
        "each entry of add is a criterion, or an indicator with to: <criterion code>",
    ),
    "error.duplicate_code": ("mã “{code}” lặp lại", "the code “{code}” is used twice"),
    "error.no_indicator": ("{pack} không có chỉ tiêu “{code}”. {near}", "{pack} has no indicator “{code}”. {near}"),
    "error.no_criterion": ("{pack} không có tiêu chí “{code}”. {near}", "{pack} has no criterion “{code}”. {near}"),
    "error.which_measure": (
        "chỉ tiêu {code} dùng nhiều số liệu; hãy ghi measure: một trong {names}",
        "indicator {code} does not ask for exactly one measure; say measure: one of {names}",
    ),
    "error.measure_not_asked": (
        "chỉ tiêu {code} không dùng số liệu “{measure}”. {near}",
        "indicator {code} does not ask for the measure “{measure}”. {near}",
    ),
    "error.no_source": (
        "chỉ tiêu {code} của {pack} không có nguồn; hãy ghi source ở chỉ tiêu, tiêu chí hoặc bộ tiêu chí",
        "indicator {code} of {pack} has no source; give one at the indicator, its criterion or the pack",
    ),
    "error.unknown_basis": (
        "{pack} không có căn cứ “{basis}” trong legal_basis. {near}",
        "{pack} lists no “{basis}” in legal_basis. {near}",
    ),
    "error.basis_clash": (
        "căn cứ “{basis}” khác với căn cứ cùng mã của {pack}",
        "the basis “{basis}” differs from the one of {pack}",
    ),
    "error.unknown_measure": (
        "chỉ tiêu {code} dùng số liệu “{measure}” chưa được khai báo. {near}",
        "indicator {code} asks for the undeclared measure “{measure}”. {near}",
    ),
    "error.threshold_unit": (
        "ngưỡng của chỉ tiêu {code} tính bằng “{given}” nhưng số liệu tính bằng “{wanted}”",
        "the threshold of indicator {code} is in “{given}” but its measure is in “{wanted}”",
    ),
    "error.measure_clash": (
        "số liệu “{measure}” đã được khai báo khác đi trong {other}",
        "the measure “{measure}” is already defined differently in {other}",
    ),
    # Catalogue
    "error.reference": (
        "“{reference}” không phải là mã bộ tiêu chí; cần dạng vn/commune hoặc vn/commune@2021-2025",
        "“{reference}” is not a pack id; write vn/commune or vn/commune@2021-2025",
    ),
    "error.no_pack": ("không có bộ tiêu chí “{pack}”. {near}", "there is no pack “{pack}”. {near}"),
    "error.no_edition": (
        "{pack} không có ấn bản “{edition}”; có: {names}",
        "{pack} has no edition “{edition}”; there are: {names}",
    ),
    "error.none_in_force": (
        "không có ấn bản nào của {pack} có hiệu lực ngày {day} ({spans})",
        "no edition of {pack} is in force on {day} ({spans})",
    ),
    "error.extends_cycle": (
        "các bộ tiêu chí kế thừa vòng tròn: {chain}",
        "packs extend each other in a circle: {chain}",
    ),
    "error.id_is_not_name": (
        "tệp khai id {given} nhưng tên tệp là {wanted}",
        "the file says {given} but its name says {wanted}",
    ),
    "error.leads_out": ("tệp {file} dẫn ra ngoài gói “{bundle}”", "the file {file} leads out of the bundle “{bundle}”"),
    "error.file_name": (
        "tên tệp {file} của gói “{bundle}” cần dạng ten@an-ban.yaml",
        "the file {file} of the bundle “{bundle}” must be named name@edition.yaml",
    ),
    "error.namespace_clash": ("hai gói cùng tên “{namespace}”", "two bundles are named “{namespace}”"),
    "error.bundle_missing": (
        "gói “{namespace}” chỉ tới {module} nhưng không có thư mục đó",
        "the bundle “{namespace}” points to {module}, which is no folder",
    ),
    # Snapshots
    "error.finding_word": (
        "“{text}” không phải là kết luận; cần: {names}; để trống nếu chưa kết luận. {near}",
        "“{text}” is not a finding; write: {names}; leave it empty where nothing is concluded. {near}",
    ),
    "error.children_count": (
        "{count} đơn vị tính cho {pack} nhiều hơn tổng số {total}",
        "{count} units counted for {pack} are more than the total of {total}",
    ),
    "error.merge_units": (
        "không gộp được bộ số liệu của “{one}” và “{other}” (khác đơn vị hoặc khác ngày)",
        "cannot merge the snapshots of “{one}” and “{other}” (other unit or day)",
    ),
    "error.merge_field": (
        "hai nguồn ghi khác nhau về “{field}” của đơn vị {unit}: “{one}” và “{other}”",
        "two sources disagree on “{field}” of the unit {unit}: “{one}” and “{other}”",
    ),
    "error.merge_children": (
        "hai nguồn ghi khác nhau về số đơn vị cấp {level} của {unit}",
        "two sources disagree on the {level} counts of {unit}",
    ),
    # Tables and documents of snapshots
    "error.cell": (
        "cột “{column}”, nội dung “{content}”: {reason}",
        "column “{column}”, content “{content}”: {reason}",
    ),
    "error.not_a_day": (
        "“{text}” không phải là ngày; hãy ghi ngày/tháng/năm, ví dụ 17/08/2023 hoặc 2023-08-17",
        "“{text}” is not a day; write 2023-08-17 or day/month/year, as in 17/08/2023",
    ),
    "error.cell_truth": ("ô này là TRUE/FALSE, không phải là số", "this cell is TRUE or FALSE, not a number"),
    "error.cell_no_value": (
        "“{text}” không phải là một số; hãy ghi 0 nếu bằng 0, để trống ô nếu chưa có số liệu",
        "“{text}” is not a number; write 0 for zero, leave the cell empty if it is not known",
    ),
    "error.yes_or_no": (
        "“{given}”: “{attribute}” cần ghi có hoặc không; để trống nếu chưa rõ",
        "“{given}”: “{attribute}” is answered yes or no; leave it empty if it is not known",
    ),
    "error.cell_is_date": (
        "ô này là ngày {day}, không phải là số; nếu đã gõ một số thì Excel đã đổi thành ngày: hãy định dạng ô là General "
        "và gõ lại",
        "this cell is the date {day}, not a number; if a number was typed, Excel turned it into a date: format the cell "
        "as General and type it again",
    ),
    "error.cell_time": ("ô này là giờ, không đọc được ở đây", "this cell is a time of day, which has no meaning here"),
    "error.cell_count": (
        "cần một số nguyên không âm, không có đơn vị",
        "a whole number, not negative and without a unit, is expected",
    ),
    "error.cell_number": ("số trong ô quá lớn hoặc không hữu hạn", "the number in the cell is too large or not finite"),
    "error.cell_uncomputed": (
        "công thức chưa được tính; hãy mở tệp bằng Excel hoặc LibreOffice, lưu lại, hoặc thay công thức bằng giá trị",
        "the formula has no computed value; open the file in Excel or LibreOffice and save it, or put the value in its place",
    ),
    "error.cell_excel_error": ("ô này là lỗi Excel {content}", "this cell is the Excel error {content}"),
    "error.word_of": (
        "“{given}” không hợp lệ; cần một trong: {names}. {near}",
        "“{given}” is not valid; expected one of: {names}. {near}",
    ),
    "error.table_not_utf8": (
        "tệp không ở mã UTF-8; trong Excel hãy lưu dạng “CSV UTF-8” hoặc .xlsx",
        "the file is not UTF-8; in Excel, save it as “CSV UTF-8” or .xlsx",
    ),
    "error.really_excel": (
        "nội dung tệp là của Excel (.xlsx); hãy đổi đuôi tên tệp thành .xlsx",
        "the file holds an Excel workbook; give its name the ending .xlsx",
    ),
    "error.save_as_xlsx": (
        "không đọc được tệp {kind}; hãy mở bằng Excel hoặc LibreOffice và lưu lại dạng .xlsx",
        "cannot read files of kind {kind}; open it in Excel or LibreOffice and save it as .xlsx",
    ),
    "error.csv": ("CSV không hợp lệ: {reason}", "not valid CSV: {reason}"),
    "error.json": ("JSON không hợp lệ: {reason}", "not valid JSON: {reason}"),
    "error.duplicate_json_key": ("khóa “{key}” lặp lại", "the key “{key}” is repeated"),
    "error.no_snapshots": (
        "tệp phải có một bộ số liệu, một danh sách bộ số liệu, hoặc khóa snapshots",
        "the file must hold a snapshot, a list of them, or the key snapshots",
    ),
    "error.not_a_mapping": (
        "cần các khóa và giá trị (khóa: giá trị)",
        "keys with values are expected here (key: value)",
    ),
    "error.file_kind": (
        "không đọc được loại tệp {kind}; cần một trong: {names}",
        "cannot read files of kind {kind}; expected one of: {names}",
    ),
    "error.no_files": ("thư mục không có tệp số liệu nào ({names})", "the folder holds no file of snapshots ({names})"),
    "error.is_dossier": (
        "thư mục này là một hồ sơ (có dossier.yaml), được đánh giá cả hồ sơ: ntm-rules report {folder} -o report.html",
        "this folder is a dossier (it has dossier.yaml), which is assessed as a whole: ntm-rules report {folder} -o "
        "report.html",
    ),
    "error.nothing_read": ("không có số liệu nào được điền", "nothing is filled in: there are no snapshots here"),
    "error.needs_openpyxl": (
        "cần openpyxl để đọc và ghi tệp Excel: pip install 'ntm-rules[excel]'",
        "reading and writing Excel files needs openpyxl: pip install 'ntm-rules[excel]'",
    ),
    "error.old_or_protected_excel": (
        "tệp có mật khẩu hoặc ở định dạng Excel cũ (.xls); hãy bỏ mật khẩu và lưu lại dạng .xlsx",
        "the file is protected by a password or in the old Excel format (.xls); save it as .xlsx without a password",
    ),
    "error.strict_excel": (
        "tệp ở dạng “Strict Open XML”; hãy lưu lại dạng “Excel Workbook (.xlsx)”",
        "the file is a “Strict Open XML Spreadsheet”; save it as “Excel Workbook (.xlsx)”",
    ),
    "error.damaged_excel": (
        "không phải tệp Excel .xlsx, hoặc tệp bị hỏng ({reason})",
        "not an Excel .xlsx file, or a damaged one ({reason})",
    ),
    "error.unpacks_too_large": (
        "tệp giải nén ra quá lớn: {size} byte (tối đa {limit})",
        "the file unpacks to too much: {size} bytes (at most {limit})",
    ),
    "error.too_many_parts": ("tệp có {count} phần (tối đa {limit})", "the file has {count} parts (at most {limit})"),
    "error.too_many_cells": (
        "trang tính có quá nhiều ô (tối đa khoảng {limit}); hãy xóa các dòng và cột trống ở cuối, kể cả định dạng",
        "the sheet has too many cells (at most about {limit}); delete the empty rows and columns at its end, with their formats",
    ),
    "error.excel_text": (
        "Excel không chứa được đoạn chữ “{text}” (ký tự điều khiển, hoặc dài hơn {limit} ký tự)",
        "Excel cannot hold the text “{text}” (control characters, or longer than {limit} characters)",
    ),
    "error.no_heading_row": (
        "không tìm thấy dòng tiêu đề trong {rows} dòng đầu: bảng phải có cột “unit” (mã đơn vị); trang tính chỉ để ghi chú "
        "thì hãy ẩn đi",
        "no heading row in the first {rows} rows: a table needs the column “unit” (the unit's id); hide a sheet that only holds notes",
    ),
    "error.hidden_sheet": (
        "trang tính bị ẩn nhưng có bảng số liệu; hãy bỏ ẩn để đọc, hoặc xóa đi",
        "the sheet is hidden but holds a table of data; unhide it to have it read, or delete it",
    ),
    "error.unknown_column": (
        "không hiểu cột “{column}”; cột không cần đọc thì thêm # vào đầu tên. {near}",
        "unknown column “{column}”; begin the name of a column that is not to be read with #. {near}",
    ),
    "error.heading_form": (
        "không hiểu tiêu đề cột “{text}”; cần dạng finding:vn/commune:1.1, recognition:vn/commune, children:commune, "
        "children.meeting:commune:vn/commune hoặc attribute:…",
        "cannot read the heading “{text}”; write finding:vn/commune:1.1, recognition:vn/commune, children:commune, "
        "children.meeting:commune:vn/commune or attribute:…",
    ),
    "error.duplicate_column": ("cột “{column}” trùng với cột “{first}”", "the column “{column}” repeats “{first}”"),
    "error.mixed_layouts": (
        "cột “{column}” là của bảng mỗi đơn vị một dòng, nhưng bảng này có mỗi số liệu một dòng",
        "the column “{column}” belongs to a table of one unit a row, but this one has one fact a row",
    ),
    "error.facts_or_units": (
        "cột “{column}” là của bảng mỗi số liệu một dòng, nhưng bảng này có mỗi đơn vị một dòng",
        "the column “{column}” belongs to a table of one fact a row, but this one has one unit a row",
    ),
    "error.verdict_of_what": (
        "cột “{column}” là kết luận về chỉ tiêu nào? hãy đặt tên theo dạng kết luận:vn/commune:1.1, hoặc thêm # vào đầu tên "
        "để không đọc",
        "what is the column “{column}” a finding on? call it as in finding:vn/commune:1.1, or begin its name with # to have "
        "it passed over",
    ),
    "error.note_of_what": (
        "cột “{column}”: bảng này mỗi đơn vị một dòng, có nhiều số liệu, nên không rõ cột nói về số liệu nào; hãy đặt tên là "
        "“tên số liệu.{detail}”, hoặc thêm # vào đầu tên để không đọc",
        "the column “{column}”: a row of this table holds several facts, so nobody can tell which one it is about; call it "
        "“measure.{detail}”, or begin its name with # to have it passed over",
    ),
    "error.no_heading": (
        "ô “{content}” nằm ngoài các cột có tiêu đề; trong CSV, số có dấu phẩy thập phân phải đặt trong ngoặc kép",
        "the cell “{content}” stands under no heading; in CSV, a number with a decimal comma must be quoted",
    ),
    "error.row_without_unit": (
        "dòng {row} có nội dung nhưng không có mã đơn vị",
        "row {row} has content but no unit id",
    ),
    "error.total_row": (
        "“{unit}” không phải là một đơn vị; hãy bỏ dòng cộng ra khỏi bảng",
        "“{unit}” is no unit; leave the row of totals out of the table",
    ),
    "error.group_heading": (
        "“{column}” là tiêu đề chung của {width} cột; mỗi cột cần tiêu đề riêng, tất cả trên một dòng",
        "“{column}” is a heading over {width} columns; each column needs a heading of its own, all in one row",
    ),
    "error.row_without_date": (
        "{unit}: không có ngày của số liệu; hãy ghi ngày, hoặc thêm cột as_of (ngày số liệu)",
        "{unit}: the facts have no date; fill it in, or add the column as_of",
    ),
    "error.unit_level": (
        "không biết cấp của đơn vị “{unit}”; hãy ghi cấp (level): xã, huyện …",
        "the level of the unit “{unit}” is not known; give it: commune, district …",
    ),
    "error.merged_value": (
        "ô gộp nhiều dòng ở cột “{column}”: không rõ giá trị của dòng nào; hãy bỏ gộp ô",
        "a cell merged over several rows in the column “{column}”: nobody can say whose value it is; unmerge it",
    ),
    "error.decision_alone": (
        "dòng công nhận không ghi kèm số liệu hay kết luận",
        "a row with a recognition holds no value or finding",
    ),
    "error.recognition_form": (
        "một công nhận cần bộ tiêu chí (pack) và ngày quyết định (on)",
        "a recognition needs its pack and the day of the decision (on)",
    ),
    "error.finding_of_what": (
        "kết luận này về chỉ tiêu nào? cần cột pack (bộ tiêu chí) và code (mã chỉ tiêu)",
        "what is this a finding on? give the pack and the code",
    ),
    "error.value_of_what": (
        "giá trị này của số liệu nào? cần cột measure (số liệu), hoặc pack (bộ tiêu chí) và code (mã chỉ tiêu)",
        "what is this the value of? give the measure, or the pack and the code",
    ),
    "error.form_row": (
        "“{content}” nằm ở dòng tự thêm, không rõ thuộc chỉ tiêu nào; hãy chép một dòng có sẵn của biểu rồi sửa",
        "“{content}” stands in a row that was added and belongs to no indicator; copy a row of the form instead",
    ),
    "error.form_day": ("biểu chưa ghi ngày của số liệu", "the form does not say as of which day its facts are"),
    "error.form_unit": ("biểu chưa ghi mã đơn vị", "the form does not say which unit it is about"),
    "error.form_no_value_here": (
        "“{content}”: chỉ tiêu này không có số liệu; hãy ghi kết luận (đạt, chưa đạt) ở cột kết luận",
        "“{content}”: no value is asked for here; write the finding (met, not met) in its own column",
    ),
    "error.form_value_below": (
        "“{content}”: chỉ tiêu này có nhiều số liệu; hãy ghi từng số liệu ở dòng riêng của nó bên dưới",
        "“{content}”: the indicator has several measures; write each value in its own row below",
    ),
    "error.form_marks": (
        "biểu đã mất dòng đầu hoặc các cột bị ẩn nên không đọc lại được; hãy tạo biểu mới và chép các ô đã điền sang",
        "the form has lost its hidden first row or hidden columns and cannot be read back; copy what is filled in to a "
        "new form",
    ),
    "error.form_no_finding_here": (
        "“{content}”: dòng này không ghi kết luận; hãy ghi ở dòng của chỉ tiêu",
        "“{content}”: no finding is written in this row; write it in the row of the indicator",
    ),
    "error.code_number": (
        "mã {code} là một số nên không phân biệt được với {code}0; hãy định dạng ô là văn bản (Text) rồi gõ lại mã",
        "the code {code} is a number and cannot be told from {code}0; format the cell as text and type the code again",
    ),
    "error.children_total": (
        "{unit}: chưa ghi tổng số đơn vị cấp {level}",
        "{unit}: the total number of units of level {level} is not given",
    ),
    "error.more_problems": ("và {count} lỗi nữa", "and {count} more"),
    "warning.details_alone": (
        "{unit}: ghi chú hoặc minh chứng ở dòng không có số liệu hay kết luận nên không được đọc",
        "{unit}: a note or evidence beside no value or finding is not read",
    ),
    "error.other_scale": (
        "{read} khó có thể đúng; nếu ý là {meant} thì hãy ghi rõ “{meant}”",
        "{read} can hardly be meant; if {meant} is, write “{meant}”",
    ),
    "warning.other_scale": (
        "“{content}” được đọc là {read}; nếu ý là {meant} thì hãy ghi rõ “{meant}” (chỉ nhắc một lần cho mỗi số liệu)",
        "“{content}” is read as {read}; if {meant} is meant, write “{meant}” (said once for each measure)",
    ),
    # Forms
    "form.guide_sheet": ("Hướng dẫn", "Guide"),
    "form.blank_sheet": ("Đơn vị", "Unit"),
    "form.units_sheet": ("Số liệu", "Data"),
    "form.guide": (
        "Mỗi trang tính là một đơn vị. Để thêm đơn vị, hãy nhân bản một trang tính (nháy chuột phải, Move or Copy).\n"
        "Chỉ điền các ô nền vàng. Ô để trống nghĩa là chưa có số liệu; không có số liệu thì không ghi 0, “-” hay “x”.\n"
        "Số liệu: ghi số theo đơn vị tính ở cột bên trái (12,8), hoặc ghi kèm đơn vị khác (52.300.000 đồng/người/năm).\n"
        "Kết luận: chọn đạt, chưa đạt hoặc không áp dụng; tiêu chí có dòng riêng khi kết luận chung cho cả tiêu chí.\n"
        "Ngày: ngày/tháng/năm. Mỗi ô tên đơn vị trực thuộc ghi mỗi tên một dòng (Alt+Enter).\n"
        "Một chỉ tiêu có hai số liệu khác nhau của hai cơ quan: chép cả dòng đó xuống dưới rồi sửa.\n"
        "Không xóa hàng ẩn và các cột ẩn: nhờ chúng mà biểu đọc lại được. Không gộp ô.\n"
        "Giá trị yêu cầu có ghi “chưa đối chiếu” là giá trị chưa được kiểm tra với văn bản.",
        "Each sheet is one unit. To add a unit, duplicate a sheet (right click, Move or Copy).\n"
        "Fill in the yellow cells only. An empty cell means not known; do not write 0, “-” or “x” for it.\n"
        "Value: a number in the unit of measure on its left (12.8), or with another unit (52.300.000 đồng/người/năm).\n"
        "Finding: choose met, not met or not applicable; a criterion has a line of its own for a finding on the whole.\n"
        "Days: day/month/year. Names of subordinate units: one a line (Alt+Enter).\n"
        "Two agencies with different values of one indicator: copy the whole row below itself and change it.\n"
        "Keep the hidden row and columns: by them the form is read back. Do not merge cells.\n"
        "A required value marked “not checked” has not been checked against the decision.",
    ),
    "form.column.code_shown": ("Mã", "Code"),
    "form.column.text": ("Tiêu chí, chỉ tiêu", "Criterion, indicator"),
    "form.column.required": ("Yêu cầu", "Required"),
    "form.column.unit_of_measure": ("Đơn vị tính", "Unit of measure"),
    "form.column.value": ("Số liệu", "Value"),
    "form.column.finding": ("Kết luận", "Finding"),
    "form.column.agency": ("Cơ quan phụ trách", "Agency in charge"),
    "form.column.by": ("Cơ quan báo cáo, kết luận", "Reported or concluded by"),
    "form.column.on": ("Ngày", "Day"),
    "form.column.evidence": ("Minh chứng", "Evidence"),
    "form.column.remark": ("Ghi chú", "Note"),
    "form.unit": ("Đơn vị", "The unit"),
    "form.unit.id": ("Mã đơn vị", "Id"),
    "form.unit.name": ("Tên đơn vị", "Name"),
    "form.unit.level": ("Cấp", "Level"),
    "form.unit.region": ("Vùng", "Region"),
    "form.unit.province": ("Tỉnh", "Province"),
    "form.unit.parent": ("Đơn vị cấp trên (mã)", "Parent (id)"),
    "form.unit.exempt": ("Lý do không tham gia chương trình (nếu có)", "Reason for taking no part, if any"),
    "form.unit.as_of": ("Số liệu tính đến ngày", "Facts as of"),
    "form.yes": ("có", "yes"),
    "form.no": ("không", "no"),
    "form.asked_above": ("(ghi số liệu ở dòng trên)", "(write the value where it was first asked)"),
    "form.recognitions": ("Công nhận", "Recognitions"),
    "form.recognition": ("Quyết định công nhận: {pack}", "Decision of recognition: {pack}"),
    "form.recognition.decision": ("Số quyết định", "Decision"),
    "form.recognition.on": ("Ngày quyết định", "Day"),
    "form.recognition.until": ("Có giá trị đến ngày", "Valid until"),
    "form.recognition.revoked": ("Ngày thu hồi", "Revoked on"),
    "form.children": ("Đơn vị trực thuộc", "Subordinate units"),
    "form.children.total": ("Tổng số {level}", "Number of units: {level}"),
    "form.children.exempt": ("Tên các {level} không tham gia chương trình", "Names of those taking no part: {level}"),
    "form.children.meeting": ("Số {level} đạt {pack}", "Number meeting {pack}: {level}"),
    "form.children.unknown": ("Số {level} chưa rõ có đạt {pack}", "Number not known to meet {pack}: {level}"),
    "form.children.not_meeting_names": (
        "Tên các {level} chưa đạt {pack}",
        "Names of those not meeting {pack}: {level}",
    ),
    "form.children.unknown_names": (
        "Tên các {level} chưa rõ có đạt {pack}",
        "Names of those not known to meet {pack}: {level}",
    ),
    "form.rest": ("Số liệu và kết luận khác", "Other values and findings"),
    "form.choose_title": ("Chọn trong danh sách", "Choose from the list"),
    "form.choose": ("Hãy chọn: {words}", "Choose one of: {words}"),
    # Verification worksheets
    "worksheet.sheet": ("Đối chiếu", "Verification"),
    "worksheet.guide": (
        "Mỗi dòng là một mức của bộ tiêu chí. Có văn bản trước mặt: ghi mức đọc được vào cột “Mức đã đối chiếu”, kèm số văn "
        "bản và người đối chiếu. Mức hiện có đúng với văn bản thì ghi “đúng”; văn bản giao cho tỉnh thì ghi “phân cấp”; "
        "yêu cầu do cơ quan kết luận thì ghi “đạt”. Dòng để trống cột này được giữ nguyên.",
        "Each row is one figure. With the decision in front of you, write the value read there under “Confirmed”, with the "
        "number of the decision and who read it. Where the present value is right, write “correct”; where the decision "
        "leaves it to the province, “delegated”; where a department concludes, “met”. Rows without it stay as they are.",
    ),
    "worksheet.finding": ("kết luận của cơ quan phụ trách", "conclusion of the agency in charge"),
    "worksheet.delegated": ("do cấp tỉnh quy định", "delegated"),
    "worksheet.untranscribed": ("chưa nhập", "not entered yet"),
    "worksheet.day": ("{day}", "{day}"),
    "worksheet.title": ("đã đối chiếu", "checked"),
    "worksheet.checked": ("{decision}, {at}; người đối chiếu: {by}", "{decision}, {at}; checked by {by}"),
    "worksheet.checked_on": (
        "{decision}, {at}; người đối chiếu: {by}; {day}",
        "{decision}, {at}; checked by {by}; {day}",
    ),
    "worksheet.column.code": ("Mã", "Code"),
    "worksheet.column.text": ("Chỉ tiêu", "Indicator"),
    "worksheet.column.period": ("Áp dụng", "In force"),
    "worksheet.column.what": ("Số liệu hoặc kết luận", "Measure or finding"),
    "worksheet.column.rows": ("Dòng của bảng", "Row of the table"),
    "worksheet.column.sign": ("", ""),
    "worksheet.column.present": ("Mức hiện có", "Present value"),
    "worksheet.column.candidates": ("Các mức từng thấy", "Candidates"),
    "worksheet.column.unit": ("Đơn vị tính", "Unit of measure"),
    "worksheet.column.verification": ("Mức kiểm chứng", "Verification"),
    "worksheet.column.source": ("Nguồn", "Source"),
    "worksheet.column.url": ("Đã đối chiếu với", "Checked against"),
    "worksheet.column.confirmed": ("Mức đã đối chiếu", "Confirmed"),
    "worksheet.column.decision": ("Số văn bản", "Number of the decision"),
    "worksheet.column.place": ("Vị trí trong văn bản", "Place in the decision"),
    "worksheet.column.checked_by": ("Người đối chiếu", "Checked by"),
    "worksheet.column.checked_on": ("Ngày đối chiếu", "Checked on"),
    "worksheet.column.note": ("Ghi chú", "Note"),
    "error.no_worksheet": (
        "tệp không phải là phiếu đối chiếu của ntm-rules",
        "the file is not a verification worksheet",
    ),
    "error.worksheet_row": (
        "“{content}” nằm ở dòng tự thêm, không rõ là mức nào của bộ tiêu chí",
        "“{content}” stands in a row that was added and is no figure of the pack",
    ),
    "error.worksheet_stale": (
        "{pack} đã thay đổi kể từ khi lập phiếu; hãy lập phiếu mới",
        "{pack} has changed since the worksheet was written; write a new one",
    ),
    "error.worksheet_unnamed": ("mức đã đối chiếu phải có “{column}”", "a confirmed figure needs “{column}”"),
    "error.worksheet_finding": (
        "yêu cầu này do cơ quan kết luận; hãy ghi “đạt” để xác nhận đúng với văn bản",
        "a department concludes on this requirement; write “met” to confirm that the decision says so",
    ),
    "error.worksheet_nothing_shown": (
        "dòng này chưa có mức nào để xác nhận; hãy ghi mức đọc được trong văn bản",
        "there is no present value to confirm here; write the one read in the decision",
    ),
    "error.worksheet_findings": (
        "chỉ tiêu {code} có nhiều kết luận chung một nguồn; hãy xác nhận tất cả hoặc để trống tất cả",
        "indicator {code} has several conclusions with one source; confirm all of them or none",
    ),
    # Requirements in words
    "form.by_finding": ("theo kết luận của cơ quan phụ trách", "as the agency in charge concludes"),
    "form.if_any": ("nếu có", "if any"),
    "form.meets": ("đạt {pack}", "meets {pack}"),
    "form.every": ("mọi {levels} đạt {pack}", "every {levels} meets {pack}"),
    "form.share": ("tỷ lệ {levels} đạt {pack}", "share of {levels} meeting {pack}"),
    "form.count": ("số {levels} đạt {pack}", "number of {levels} meeting {pack}"),
    "form.unmet_share": ("tỷ lệ tiêu chí của {pack} không đạt", "share of the criteria of {pack} not met"),
    "form.or": ("hoặc", "or"),
    "form.at_least_of": ("ít nhất {needed} trong số: {parts}", "at least {needed} of: {parts}"),
    "form.choice": ("nếu {when}: {then}; nếu không: {otherwise}", "if {when}: {then}; otherwise: {otherwise}"),
    "form.no_row": ("(không có mức cho vùng hoặc thời điểm này)", "(no value for this region or date)"),
    "form.unchecked": ("chưa đối chiếu", "not checked"),
    "form.delegated": ("(do cấp tỉnh quy định)", "(set by the province)"),
    "form.untranscribed": ("(chưa nhập mức của văn bản)", "(value of the decision not entered yet)"),
    "form.multiple": ("{times} lần mức chỉ tiêu {code} của {pack}", "{times} times the value of {code} of {pack}"),
    # Frames
    "error.frame_clash": (
        "{pack}: “{one}” và “{other}” cùng cần cột “{column}”",
        "{pack}: “{one}” and “{other}” would both be the column “{column}”",
    ),
    "error.frame_no_column": ("không có cột “{column}”. {near}", "there is no column “{column}”. {near}"),
    "error.frame_duplicate": (
        "có nhiều cột cùng tên “{column}”; hãy đổi tên hoặc bỏ bớt",
        "several columns have the name “{column}”; rename or drop all but one",
    ),
    "error.frame_dot": (
        "Spark không gọi được cột có dấu chấm trong tên, như “{column}”; hãy đổi tên",
        "Spark cannot address a column with a dot in its name, such as “{column}”; rename it",
    ),
    "error.frame_unknown": (
        "không bộ tiêu chí nào dùng cột “{column}”. {near} Nếu chỉ để đi kèm, hãy nêu cột trong keep hoặc ghi "
        'unknown_columns="ignore"',
        "no pack reads the column “{column}”. {near} If it only accompanies the units, name it in keep or say "
        'unknown_columns="ignore"',
    ),
    "error.frame_no_frame": (
        "cần một bảng dữ liệu (pandas, polars, pyarrow, DuckDB, PySpark, Dask); nhận được {kind}",
        "expected a dataframe (pandas, polars, pyarrow, DuckDB, PySpark, Dask); got {kind}",
    ),
    "error.frame_lazy": (
        "cột kiểu {kind} phải đọc từng ô, không làm được trên bảng chưa tính; hãy đổi cột sang kiểu số, ngày hoặc chữ, "
        "hoặc tính bảng trước",
        "a column of {kind} must be read cell by cell, which a lazy frame does not allow; cast it to a number, day or "
        "text, or collect the frame first",
    ),
    "error.frame_raise": (
        'bảng chưa tính không báo lỗi từng ô được; hãy để invalid="mark" hoặc tính bảng trước',
        'a lazy frame cannot refuse a cell; leave invalid="mark", or collect the frame first',
    ),
    "error.frame_wide": (
        'shortfalls và reasons là các cột của dạng output="wide"',
        'shortfalls and reasons are columns of output="wide"',
    ),
    "error.frame_dtype": (
        "cột kiểu {kind} không chứa được số liệu “{wanted}”",
        "a column of {kind} cannot hold the measure “{wanted}”",
    ),
    "error.frame_zone": (
        "{kind} có múi giờ; hãy đổi sang ngày",
        "{kind} has a time zone; turn it into days",
    ),
    "error.frame_cell": (
        "dòng {row} (tính từ 0), cột “{column}”: {problem}",
        "row {row} (counted from 0), column “{column}”: {problem}",
    ),
    "error.frame_value": ("không dùng được giá trị {text}", "the value {text} cannot be used"),
    "error.frame_count": (
        "“{text}” không phải là số đơn vị (số nguyên từ 0 trở lên)",
        "“{text}” is not a number of units (a whole number from 0 up)",
    ),
    "error.frame_more_children": (
        "số đơn vị đạt hoặc chưa rõ ({count}) nhiều hơn tổng số đơn vị ({total})",
        "more units meet the pack or are unknown ({count}) than there are ({total})",
    ),
    "error.frame_attribute": (
        "“{text}” không phải là đúng/sai hoặc chữ",
        "“{text}” is neither true or false nor a text",
    ),
    "error.frame_place": (
        "bộ tiêu chí không áp dụng cho {name} “{text}”",
        "the pack does not apply to the {name} “{text}”",
    ),
    "error.frame_day": (
        "ngày {day} nằm ngoài thời gian hiệu lực ({start} – {end})",
        "{day} is outside the time of validity ({start} to {end})",
    ),
    "error.frame_digits": (
        "“{text}” có nhiều chữ số hơn một cột số giữ được chính xác ({limit})",
        "“{text}” has more digits than a column of numbers holds exactly ({limit})",
    ),
    "error.frame_as_of": (
        "chưa biết thời điểm số liệu; hãy cho as_of hoặc cột as_of",
        "the date of the figures is missing; give as_of, or a column as_of",
    ),
    "error.frame_level": (
        "{pack} áp dụng cho nhiều cấp ({levels}); hãy cho level hoặc cột level",
        "{pack} applies to several levels ({levels}); give level, or a column level",
    ),
    "error.frame_no_level": (
        "không có cấp nào mà các bộ tiêu chí này cùng áp dụng: {packs}",
        "there is no level to which these packs all apply: {packs}",
    ),
    "error.frame_twice": (
        "“{name}” vừa được cho chung vừa có trong cột “{column}”; chỉ để một",
        "“{name}” is given for all rows and also stands in the column “{column}”; keep one of them",
    ),
    "error.frame_never": (
        "không có ngày nào các bộ tiêu chí này cùng có hiệu lực: {packs}",
        "there is no day on which these packs are in force together: {packs}",
    ),
    "error.frame_children_twice": (
        "{level}: các đơn vị trực thuộc vừa được liệt kê trong bảng con vừa được đếm trong cột “{column}”; chỉ để một",
        "{level}: the children are listed in a frame of children and also counted in the column “{column}”; keep one",
    ),
    "error.frame_child_column": (
        "bảng đơn vị trực thuộc thiếu cột “{column}”. {near}",
        "the frame of children has no column “{column}”. {near}",
    ),
    "error.frame_child_kind": (
        "bảng đơn vị trực thuộc là {given}, bảng chính là {wanted}; hãy dùng cùng một loại",
        "the frame of children is of {given}, the frame itself of {wanted}; use one kind for both",
    ),
    "error.frame_no_id": (
        'bảng không có cột mã đơn vị (id); hãy nêu cột trong columns={{"id": ...}}',
        'the frame has no column of unit ids (id); name it in columns={{"id": ...}}',
    ),
    "error.frame_rows": (
        "có {count} dòng của đơn vị “{unit}”, không phải một. {near}",
        "there are {count} rows of the unit “{unit}”, not one. {near}",
    ),
    "error.frame_taken": (
        "cột giữ lại “{column}” trùng tên với một cột kết quả; hãy đổi tên",
        "the column kept, “{column}”, has the name of a column of the answer; rename it",
    ),
    "error.frame_no_packs": ("chưa có bộ tiêu chí nào", "no pack was given"),
    "error.frame_one_title": (
        "{one} và {other} cùng xét danh hiệu “{title}”; mỗi danh hiệu chỉ một bộ tiêu chí",
        "{one} and {other} are both about the title “{title}”; give one pack for each title",
    ),
    "error.scenario_kind": (
        'phương án “{scenario}”: cần ngưỡng theo mã chỉ tiêu, mã và tên phương án viết là chữ như {{"10": "60"}}, '
        "hoặc một bộ tiêu chí; nhận được {given}",
        "scenario “{scenario}”: expected thresholds by code, with codes and names of scenarios as texts, as in "
        '{{"10": "60"}}, or a pack; got {given}',
    ),
    "error.scenario_code": (
        "chỉ tiêu {code} của {pack} so {count} số liệu với ngưỡng; một phương án chỉ đổi được ngưỡng của chỉ tiêu có "
        "đúng một số liệu",
        "indicator {code} of {pack} compares {count} measures with thresholds; a scenario can only move the threshold "
        "of an indicator that compares exactly one",
    ),
    "error.scenario_unit": (
        "phương án “{scenario}”, chỉ tiêu {code}: {problem}",
        "scenario “{scenario}”, indicator {code}: {problem}",
    ),
    "frame.progress": ("đơn vị", "units"),
    # Evaluation
    "error.level": (
        "{pack} áp dụng cho {levels}, không áp dụng cho {level}",
        "{pack} applies to {levels}, not to a {level}",
    ),
    "error.not_in_force": (
        "{pack} không có hiệu lực ngày {day} (từ {start} đến {end})",
        "{pack} is not in force on {day} ({start} to {end})",
    ),
    "error.measure_not_known": ("không có số liệu tên “{measure}”. {near}", "there is no measure “{measure}”. {near}"),
    "error.attribute_not_known": (
        "không có thuộc tính đơn vị tên “{attribute}”. {near}",
        "there is no unit attribute “{attribute}”. {near}",
    ),
    "error.undeclared_attribute": (
        "{code} dùng thuộc tính “{attribute}” chưa khai trong attributes. {near}",
        "{code} asks for the attribute “{attribute}”, which attributes does not declare. {near}",
    ),
    "error.finding_code": ("{pack} không có mã “{code}”. {near}", "{pack} has no code “{code}”. {near}"),
    "error.meets_cycle": (
        "các bộ tiêu chí đòi hỏi lẫn nhau thành vòng tròn: {chain}",
        "packs ask for each other in a circle: {chain}",
    ),
    "error.region_guard": (
        "region_rules của {pack} chỉ được dùng attribute, all và any",
        "region_rules of {pack} may only use attribute, all and any",
    ),
    "error.threshold_cycle": (
        "các ngưỡng nhân lẫn nhau thành vòng tròn: {chain}",
        "thresholds multiply each other in a circle: {chain}",
    ),
    "error.threshold_of_many": (
        "chỉ tiêu {target} (dùng ở {code}) không có đúng một ngưỡng số liệu",
        "indicator {target} (asked for by {code}) does not have exactly one threshold of a measure",
    ),
    # Reasons for UNKNOWN
    "reason.not_observed": ("chưa có số liệu “{about}”", "no figure has been reported for “{about}”"),
    "reason.not_concluded": ("chưa có kết luận của cơ quan phụ trách", "the department in charge has not concluded"),
    "reason.conflicting": ("các nguồn báo cáo khác nhau", "the sources contradict each other"),
    "reason.threshold_delegated": (
        "mức yêu cầu do UBND cấp tỉnh quy định, chưa có trong bộ tiêu chí {candidates}",
        "the province sets the required level, and the pack does not have it {candidates}",
    ),
    "reason.threshold_untranscribed": (
        "mức yêu cầu trong văn bản chưa được nhập {candidates}",
        "the level the law requires has not been transcribed {candidates}",
    ),
    "reason.less_verified": (
        "mức yêu cầu {candidates} mới ở mức kiểm chứng “{verification}”, thấp hơn mức đòi hỏi",
        "the required level {candidates} is only “{verification}”, less verified than asked for",
    ),
    "reason.no_threshold_here": (
        "bộ tiêu chí không có mức yêu cầu cho vùng hoặc thời điểm này",
        "the pack has no required level for this region or date",
    ),
    "reason.contents_untranscribed": (
        "nội dung của tiêu chí chưa được nhập; cần kết luận cho cả tiêu chí",
        "the contents of this criterion have not been transcribed; a conclusion on the whole criterion is needed",
    ),
    "reason.exception_not_provided": (
        "cơ quan kết luận “không áp dụng” nhưng văn bản không cho phép ngoại lệ",
        "the department says “not applicable”, but the law provides no exception",
    ),
    "reason.attribute_unknown": (
        "chưa biết đơn vị có phải là “{about}” hay không",
        "it is not known whether the unit is “{about}”",
    ),
    "reason.children_not_reported": (
        "chưa có số liệu các đơn vị trực thuộc về “{about}”",
        "how the units below stand with “{about}” has not been reported",
    ),
    "reason.children_unknown": (
        "kết quả “{about}” của một số đơn vị trực thuộc chưa rõ {candidates}",
        "for some units below, “{about}” is still open {candidates}",
    ),
    "reason.recognition_expired": (
        "quyết định công nhận “{about}” đã hết thời hạn ngày {on}",
        "the recognition as “{about}” expired on {on}",
    ),
    "reason.other_pack_unknown": ("chưa đủ căn cứ kết luận “{about}”", "“{about}” is itself undetermined"),
    "reason.candidates": ("({values})", "({values})"),
    # Verification, findings, rows, citations
    "verification.stated": ("theo văn bản", "as the decision states"),
    "verification.secondary": ("theo nguồn thứ cấp", "from a secondary source"),
    "verification.recalled": ("theo trí nhớ, chưa đối chiếu", "from memory, not checked"),
    "verification.uncertain": ("chưa chắc chắn", "uncertain"),
    "verification.None": ("", ""),
    "finding.met": ("đạt", "met"),
    "finding.not_met": ("chưa đạt", "not met"),
    "finding.not_applicable": ("không áp dụng", "not applicable"),
    "row.region": ("vùng", "region"),
    "row.year": ("năm", "year"),
    "row.level": ("loại đơn vị", "kind of unit"),
    "row.otherwise": ("trường hợp khác", "otherwise"),
    "citation": ("{number}{where} ({verification})", "Decision {number}{where} ({verification})"),
    # Conflicts
    "conflict.measurement_against_finding": (
        "{code}: kết luận “{finding}”{by} trái với số liệu; số liệu quyết định",
        "{code}: the finding “{finding}”{by} contradicts the figures; the figures decide",
    ),
    "conflict.indicators_against_finding": (
        "{code}: kết luận “{finding}”{by} cho cả tiêu chí trái với các chỉ tiêu; các chỉ tiêu quyết định",
        "{code}: the finding “{finding}”{by} on the whole criterion contradicts its indicators; the indicators decide",
    ),
    "conflict.by": ("của {by}", "by {by}"),
    "conflict.observations": (
        "{code}: số liệu “{about}” được báo cáo khác nhau: {values}",
        "{code}: “{about}” is reported differently: {values}",
    ),
    "conflict.findings": ("{code}: các kết luận khác nhau: {values}", "{code}: the findings differ: {values}"),
    "conflict.exception": (
        "{code}: kết luận “không áp dụng”{by} nhưng văn bản không cho phép ngoại lệ",
        "{code}: “not applicable”{by}, but the law provides no exception",
    ),
    "conflict.children": (
        "{code}: số đơn vị đạt “{about}” tính từ danh sách và số được báo cáo khác nhau: {values}; danh sách quyết định",
        "{code}: units meeting “{about}”, as listed and as reported, differ: {values}; the list decides",
    ),
    # Trees of units
    "error.several_dates": (
        "các bộ số liệu có ngày khác nhau ({one}, {other}); hãy cho as_of",
        "the snapshots have different dates ({one}, {other}); say as_of",
    ),
    "error.after_date": (
        "bộ số liệu ngày {given} sau ngày đánh giá {day}",
        "the snapshot of {given} is later than {day}",
    ),
    "error.no_date": ("không có bộ số liệu nào; hãy cho as_of", "there is no snapshot to take a date from; say as_of"),
    "error.two_parents": ("đơn vị có hai cấp trên: {one} và {other}", "the unit has two parents: {one} and {other}"),
    "error.orphan": ("không có đơn vị cấp trên “{parent}”. {near}", "there is no parent unit “{parent}”. {near}"),
    "error.wrong_level": (
        "{level} không thể trực thuộc {parent} ({above})",
        "a {level} cannot lie in {parent} ({above})",
    ),
    "error.parent_cycle": (
        "các đơn vị trực thuộc nhau thành vòng tròn: {chain}",
        "units lie in each other in a circle: {chain}",
    ),
    "error.packs_for_one_title": (
        "{one} và {other} cùng áp dụng cho một danh hiệu; hãy chọn một",
        "{one} and {other} award the same title; apply one of them",
    ),
    "error.no_unit": ("không có đơn vị “{unit}”. {near}", "there is no unit “{unit}”. {near}"),
    "error.pack_not_applied": (
        "bộ tiêu chí “{pack}” không được áp dụng. {near}",
        "the pack “{pack}” was not applied. {near}",
    ),
    "error.pack_not_applied_to": (
        "bộ tiêu chí “{pack}” không áp dụng cho {unit}. {near}",
        "the pack “{pack}” was not applied to {unit}. {near}",
    ),
    # Explanations
    "verdict.MET": ("ĐẠT", "MET"),
    "verdict.NOT_MET": ("CHƯA ĐẠT", "NOT MET"),
    "verdict.UNKNOWN": ("CHƯA ĐỦ CĂN CỨ KẾT LUẬN", "UNDETERMINED"),
    "verdict.NOT_APPLICABLE": ("KHÔNG ÁP DỤNG", "NOT APPLICABLE"),
    "explain.title": (
        "{unit}: {verdict} – {title} (tính đến ngày {on})",
        "{unit}: {verdict} – {title} (as of {on})",
    ),
    "explain.count": ("Đạt {met}/{total} tiêu chí.", "{met} of {total} criteria are met."),
    "explain.prerequisites_failed": (
        "Chưa đạt điều kiện tiên quyết: {codes}.",
        "Prerequisites not met: {codes}.",
    ),
    "explain.waiting": (
        "Chưa có nội dung nào bị kết luận chưa đạt; còn {count} nội dung phải làm rõ mới kết luận được.",
        "Nothing has failed; {count} open points must be answered before a conclusion.",
    ),
    "explain.region_rule": (
        "Áp dụng mức của vùng {region}: {rule}.",
        "The values of {region} apply: {rule}.",
    ),
    "explain.unverified": (
        "Lưu ý: {count} kết quả dựa trên yêu cầu chưa được đối chiếu với văn bản: {codes}.",
        "Note: {count} result(s) rest on requirements not checked against the decision: {codes}.",
    ),
    "explain.incomplete": (
        "Lưu ý: bộ tiêu chí mới nhập được một phần; nội dung của các tiêu chí {codes} chưa đầy đủ.",
        "Note: the pack is only partly transcribed; the contents of criteria {codes} are incomplete.",
    ),
    "explain.incomplete_pack": (
        "Lưu ý: bộ tiêu chí mới nhập được một phần.",
        "Note: the pack is only partly transcribed.",
    ),
    "explain.failures": ("Chưa đạt", "Not met"),
    "explain.unknowns": ("Chưa đủ căn cứ, cần trả lời", "Undetermined, to be answered"),
    "explain.conflicts": ("Mâu thuẫn giữa các nguồn", "Contradictions between sources"),
    "explain.met": ("Đã đạt", "Met"),
    "explain.not_applicable": ("Không áp dụng", "Not applicable"),
    "explain.notes": ("Ghi chú của bộ tiêu chí", "Notes on the pack"),
    "explain.appendix": (
        "{title}: {count} ghi chú về nguồn và điểm còn ngờ, xem: ntm-rules packs show {pack}",
        "{title}: {count} notes on sources and doubts, see: ntm-rules packs show {pack}",
    ),
    "explain.prerequisites": ("Điều kiện tiên quyết", "Prerequisites"),
    "explain.criterion": ("Tiêu chí {code}. {title}", "Criterion {code}. {title}"),
    "explain.part_of": (
        "Trong tiêu chí {code}. {title} (cả tiêu chí chưa kết luận hoặc kết luận khác):",
        "Within criterion {code}. {title} (the criterion as a whole is open or came out otherwise):",
    ),
    "explain.agency": ("{agency}:", "{agency}:"),
    "explain.somebody": ("Cơ quan phụ trách (chưa ghi tên)", "The department in charge (not named)"),
    "explain.department": ("cơ quan phụ trách", "the department in charge"),
    "explain.not_decisive": (
        "Cũng chưa rõ nhưng không làm thay đổi kết luận: {codes}",
        "Also open, but without effect on the verdict: {codes}",
    ),
    "explain.by_finding": ("Theo kết luận của cơ quan phụ trách.", "By the department's conclusion."),
    "explain.by_criterion_finding": (
        "Theo kết luận chung cho cả tiêu chí.",
        "By a conclusion on the whole criterion.",
    ),
    "explain.exception": ("Không có đối tượng để áp dụng.", "There is nothing here it applies to."),
    "explain.reason": ("Vì: {reason}.", "Because {reason}."),
    "explain.contents": ("Tiêu chí có {count} nội dung theo văn bản.", "The decision lists {count} contents."),
    "explain.nothing_observed": ("chưa có số liệu", "not reported"),
    "explain.measured": (
        "kết quả: {observed}; yêu cầu: {required} {shortfall}",
        "observed: {observed}; required: {required} {shortfall}",
    ),
    "explain.measured_unresolved": (
        "kết quả: {observed}; mức yêu cầu chưa xác định được",
        "observed: {observed}; the required level is not settled",
    ),
    "explain.shortfall": (" – còn thiếu {amount}", " – short by {amount}"),
    "explain.excess": (" – vượt {amount}", " – over by {amount}"),
    "explain.day": ("ngày {on}", "{on}"),
    "explain.origin": ("Mức yêu cầu: {parts}", "Required level: {parts}"),
    "explain.set_here": ("do chính bộ tiêu chí này quy định", "set by this very set of criteria"),
    "explain.set_by": ("do {pack} quy định", "set by {pack}"),
    "explain.times": ("{times} lần mức {base} của “{title}”", "{times} times {base} of “{title}”"),
    "explain.children_silent": (
        "chưa có số liệu các {kinds} đạt “{title}”",
        "how many {kinds} units meet “{title}” has not been reported",
    ),
    "explain.from_to": ("từ {low} đến {high}", "{low} to {high}"),
    "explain.children": (
        "{met}/{total} {kinds} đạt “{title}”",
        "{met} of {total} {kinds} units meet “{title}”",
    ),
    "explain.children_needed": ("cần {needed}, còn thiếu {missing}", "{needed} needed: {missing} more"),
    "explain.children_failing": ("chưa đạt: {names}", "not meeting it: {names}"),
    "explain.children_open": ("chưa rõ: {names}", "open: {names}"),
    "explain.exempt": ("không tính {name}{why}", "not counted: {name}{why}"),
    "explain.holds": (
        "đã được công nhận “{title}” theo {decision} ngày {on}",
        "recognised as “{title}” by {decision} of {on}",
    ),
    "explain.other_pack": (
        "“{title}”: {verdict}, {met}/{total} tiêu chí",
        "“{title}”: {verdict}, {met} of {total} criteria",
    ),
    "explain.unmet_share": (
        "“{title}”: {unmet}/{total} tiêu chí chưa đạt ({codes}); mức xét: {required}",
        "“{title}”: {unmet} of {total} criteria not met ({codes}); level considered: {required}",
    ),
    "explain.attribute": ("{name}: {verdict}", "{name}: {verdict}"),
    "explain.any_of": (
        "cần đạt ít nhất {needed} trong {count} điều kiện sau:",
        "at least {needed} of these {count} conditions:",
    ),
    "explain.finding": ("{by} kết luận: {finding}{more}", "{by} concluded: {finding}{more}"),
    "explain.law": ("Căn cứ: {citation}", "Source: {citation}"),
    "explain.cause": ("{unit}: {verdict} “{title}”", "{unit}: {verdict} “{title}”"),
    "explain.tree": ("{count} đơn vị, tính đến ngày {on}", "{count} units, as of {on}"),
    "explain.tree_row": (
        "  {title}: {met}/{total} đạt, {not_met} chưa đạt, {unknown} chưa rõ, {exempt} không tính",
        "  {title}: {met} of {total} met, {not_met} not met, {unknown} open, {exempt} not counted",
    ),
    "explain.head.pack": ("Bộ tiêu chí", "Pack"),
    "explain.head.met": ("Đạt", "Met"),
    "explain.head.not_met": ("Chưa đạt", "Not met"),
    "explain.head.unknown": ("Chưa rõ", "Open"),
    "explain.head.exempt": ("Không tính", "Not counted"),
    # Remedies
    "remedy.nothing": ("Không cần thay đổi gì.", "Nothing needs to change."),
    "remedy.to": ("{code}. {text}: đạt ít nhất {to} {by}", "{code}. {text}: reach at least {to} {by}"),
    "remedy.to_down": (
        "{code}. {text}: giảm còn không quá {to} {by}",
        "{code}. {text}: bring down to at most {to} {by}",
    ),
    "remedy.strictly": ("{code}. {text}: đạt trên {to} {by}", "{code}. {text}: pass {to} {by}"),
    "remedy.strictly_down": ("{code}. {text}: giảm xuống dưới {to} {by}", "{code}. {text}: bring below {to} {by}"),
    "remedy.exactly": ("{code}. {text}: đạt đúng {to} {by}", "{code}. {text}: be exactly {to} {by}"),
    "remedy.by": ("(còn cách {by})", "({by} away)"),
    "remedy.children": ("{code}. Thêm {count} đơn vị đạt “{text}”", "{code}. {count} more units meeting “{text}”"),
    "remedy.finding": (
        "{code}. {text}: {agency} kết luận đạt",
        "{code}. {text}: {agency} concludes that it is met",
    ),
    "remedy.obstacle.attribute": (
        "{code}. {text}: phụ thuộc đặc điểm của đơn vị, không thay đổi được",
        "{code}. {text}: depends on what the unit is, which cannot be changed",
    ),
    "remedy.obstacle.children_unknown": (
        "{code}. {text}: cần làm rõ kết quả của các đơn vị trực thuộc",
        "{code}. {text}: how the units below stand must be known first",
    ),
    "remedy.obstacle.not_a_goal": (
        "{code}. {text}: không phải là mục tiêu phải đạt",
        "{code}. {text}: is not something to be reached",
    ),
    "remedy.obstacle.too_many": (
        "{code}. {text}: không thể đạt bằng cách thêm đơn vị",
        "{code}. {text}: cannot be reached by adding units",
    ),
    # Plans and re-assessment
    "error.target_amount": (
        "chỉ tiêu {amount} phải là tỷ lệ phần trăm hoặc số nguyên đơn vị",
        "the target {amount} must be a percentage or a whole number of units",
    ),
    "plan.reached": (
        "{text}: HOÀN THÀNH, {met}/{total} (yêu cầu {required})",
        "{text}: REACHED, {met} of {total} (required {required})",
    ),
    "plan.missed": (
        "{text}: KHÔNG HOÀN THÀNH, {met}/{total}, cần {needed} (yêu cầu {required} đến ngày {by})",
        "{text}: MISSED, {met} of {total}, {needed} needed (required {required} by {by})",
    ),
    "plan.open": (
        "{text}: CÒN THIẾU {missing}, có {met}/{total}, cần {needed} (yêu cầu {required} đến ngày {by}{unknown})",
        "{text}: {missing} MORE NEEDED, {met} of {total}, {needed} needed (required {required} by {by}{unknown})",
    ),
    "plan.unknown": ("; {count} đơn vị chưa rõ", "; {count} units are open"),
    "reassess.held": (
        "Đã được công nhận {pack} theo {decision} ngày {on}.",
        "Recognised under {pack} by {decision} on {on}.",
    ),
    "reassess.never": ("Chưa được công nhận “{title}”.", "Never recognised as “{title}”."),
    "reassess.in_force": (
        "Danh hiệu còn giá trị theo bộ tiêu chí hiện hành.",
        "The title counts under the edition in force.",
    ),
    "reassess.not_in_force": (
        "Danh hiệu theo bộ tiêu chí trước không thay cho đánh giá theo bộ tiêu chí hiện hành.",
        "A title under an earlier edition does not replace an assessment under the edition in force.",
    ),
    "reassess.now": (
        "Theo “{title}”: {verdict}. Chưa đạt: {failing}. Chưa rõ: {missing}.",
        "Under “{title}”: {verdict}. Failing: {failing}. Open: {missing}.",
    ),
    "error.row_lacks": ("dòng này thiếu: {names}", "this row lacks: {names}"),
    "error.district_kind": (
        "không biết “{name}” là cấp nào; tên phải bắt đầu bằng: {names}",
        "cannot tell what kind of unit “{name}” is; the name must begin with: {names}",
    ),
    # Briefings and the command line
    "brief.title": ("Kết quả đánh giá", "Assessment"),
    "brief.as_of": ("Tính đến ngày {on}.", "As of {on}."),
    "brief.tiers": ("KẾT QUẢ THEO CẤP ĐỘ", "STANDING BY TIER"),
    "brief.tier": (
        "{title} – {level}: {met}/{total} đạt ({share}{open})",
        "{title} – {level}: {met} of {total} ({share}{open})",
    ),
    "brief.open": ("; {count} chưa rõ", "; {count} open"),
    "brief.disagree": (
        "số đơn vị theo danh sách và theo báo cáo khác nhau: {values}",
        "the list and the reported counts differ: {values}",
    ),
    "brief.unit": (
        "{unit}: {verdict}, {met}/{total} tiêu chí {waiting}",
        "{unit}: {verdict}, {met} of {total} criteria {waiting}",
    ),
    "brief.waiting": ("– chờ {count} nội dung", "– waiting for {count} answers"),
    "brief.met": ("ĐẠT: {names}", "MET: {names}"),
    "brief.elsewhere": (
        "Chưa đạt vì chưa đạt bộ tiêu chí làm điều kiện: {names}",
        "Not met, for want of another pack this one asks for: {names}",
    ),
    "brief.silent": ("Chưa có số liệu của {count} đơn vị.", "Nothing is known of {count} unit(s)."),
    "brief.missing": ("còn thiếu {count}", "{count} more needed"),
    "brief.agencies": ("CƠ QUAN CÒN PHẢI KẾT LUẬN", "WHO MUST STILL CONCLUDE"),
    "brief.agency": ("{unit} – {title}: {agency}: {codes}", "{unit} – {title}: {agency}: {codes}"),
    "brief.plan": ("KẾ HOẠCH", "PLAN"),
    "cli.remedy": ("Để {unit} đạt:", "For {unit} to meet it:"),
    "cli.incomplete": ("mới nhập một phần", "partly transcribed"),
    "error.no_situations": (
        "thư mục không có tệp tình huống nào (*.yaml)",
        "there is no file of situations (*.yaml) in the folder",
    ),
    "cli.situations": ("{total} tình huống, {failed} không khớp", "{total} situations, {failed} failed"),
    "error.no_example": (
        "không tìm thấy ví dụ đi kèm; hãy cho --folder",
        "the bundled example is not there; say --folder",
    ),
    # Cases, comparisons of packs
    "case.always": ("mọi thời điểm", "at all times"),
    "case.between": ("{start} – {end}", "{start} to {end}"),
    "case.since": ("từ {start}", "from {start}"),
    "case.until": ("đến {end}", "until {end}"),
    "case.everywhere": ("mọi vùng, mọi thời điểm", "every region, at all times"),
    "case.all_but": ("mọi vùng trừ {regions}", "every region but {regions}"),
    "case.none_of": ("không có {names}", "none of {names}"),
    "case.any_of": ("có {names}", "any of {names}"),
    "error.too_many_cases": (
        "{count} thuộc tính ({names}) có quá nhiều tổ hợp giá trị để xét hết",
        "{count} attributes ({names}) have more combinations of values than can be gone through",
    ),
    "compare.title": ("{first} so với {second}", "{first} held against {second}"),
    "compare.whole": ("Cả bộ tiêu chí, kể cả điều kiện tiên quyết", "The whole packs, prerequisites included"),
    "compare.criteria": ("Riêng các tiêu chí", "The criteria alone"),
    "compare.never_together": (
        "{scope}: hai bộ không có ngày nào cùng hiệu lực, hoặc không áp dụng chung cho loại đơn vị nào.",
        "{scope}: the two are on no day in force together, or apply to no common kind of unit.",
    ),
    "compare.proved_all": (
        "{scope}: đơn vị nào đạt bộ thứ nhất cũng đạt bộ thứ hai (đã chứng minh).",
        "{scope}: whatever meets the first meets the second (proved).",
    ),
    "compare.refuted_all": (
        "{scope}: có đơn vị đạt bộ thứ nhất mà không đạt bộ thứ hai (có phản ví dụ).",
        "{scope}: a unit can meet the first and not the second (a counterexample is given).",
    ),
    "compare.undetermined_all": (
        "{scope}: chưa kết luận được bộ thứ nhất có bao hàm bộ thứ hai hay không.",
        "{scope}: whether the first includes the second is undetermined.",
    ),
    "compare.proved_here": ("đã chứng minh", "proved"),
    "compare.refuted_here": ("có phản ví dụ", "refuted"),
    "compare.undetermined_here": ("chưa kết luận được", "undetermined"),
    "compare.impossible": (
        "Không đơn vị nào có thể đạt bộ thứ nhất: {where}",
        "Nothing can meet the first pack: {where}",
    ),
    "compare.laxer": (
        "{code}. {text}: bộ thứ nhất yêu cầu thấp hơn {figures}",
        "{code}. {text}: the first asks less {figures}",
    ),
    "compare.not_asked": (
        "{code}. {text}: bộ thứ nhất không yêu cầu {figures}",
        "{code}. {text}: the first does not ask for it {figures}",
    ),
    "compare.why.unresolved": (
        "chưa có mức yêu cầu để so sánh: {codes}",
        "a required level is not settled: {codes}",
    ),
    "compare.why.judged": (
        "do cơ quan phụ trách kết luận riêng cho từng bộ: {codes}",
        "concluded by a department for each set of its own: {codes}",
    ),
    "compare.why.too_complex": ("điều kiện quá phức tạp: {codes}", "too complex to decide: {codes}"),
    "compare.why.unconfirmed": (
        "phản ví dụ chưa được việc đánh giá xác nhận: {codes}",
        "a counterexample that evaluation does not confirm: {codes}",
    ),
    "compare.changes": ("Khác biệt của bộ thứ nhất so với bộ thứ hai:", "How the first differs from the second:"),
    "compare.no_changes": ("Hai bộ không khác nhau.", "The two do not differ."),
    "compare.change": ("{kind} {code}. {text}{more}", "{kind} {code}. {text}{more}"),
    "compare.from_to": ("{after} (bộ thứ hai: {before})", "{after} (the second: {before})"),
    "change.added": ("thêm", "added"),
    "change.removed": ("không còn", "removed"),
    "change.tightened": ("chặt hơn", "tightened"),
    "change.loosened": ("lỏng hơn", "loosened"),
    "change.altered": ("đổi yêu cầu", "altered"),
    "change.filled": ("đã quy định mức được giao", "filled in"),
    "change.open": ("chưa so sánh được", "not comparable yet"),
    "change.reworded": ("đổi lời văn", "reworded"),
    "error.split_value": (
        "“{text}” không phải là tên số liệu; trong {{...}} giá trị có dấu phẩy cần đặt trong ngoặc kép",
        "“{text}” is no name of a measure; inside {{...}} a value with a comma must be quoted",
    ),
    # Laws of packs and of evaluation
    "law.case": ("trường hợp", "case"),
    "law.holds": ("giữ danh hiệu", "holds"),
    "law.kleene": (
        "kết quả được tổng hợp theo lôgic ba giá trị; nội dung không áp dụng không ảnh hưởng",
        "verdicts combine by three-valued logic; what does not apply is neutral",
    ),
    "law.missing": (
        "số liệu còn thiếu không quyết định điều gì: không phải là 0, không phải đạt, không phải chưa đạt",
        "a missing figure decides nothing: it is not zero, not a pass, not a failure",
    ),
    "law.reasons": ("kết quả chưa rõ nào cũng nêu lý do", "every open verdict says why"),
    "law.exact": (
        "so sánh, nhân ngưỡng và phần còn thiếu đều chính xác",
        "comparisons, multiples and shortfalls are exact",
    ),
    "law.any_unit": (
        "kết quả không phụ thuộc đơn vị tính của số liệu",
        "no verdict depends on the unit a value came in",
    ),
    "law.wrong_dimension": (
        "số liệu sai loại đại lượng là lỗi nêu rõ cả hai đơn vị tính",
        "a value of another dimension is an error that names both units",
    ),
    "law.better": ("số liệu tốt lên không làm mất kết quả đạt", "a better figure never loses a pass"),
    "law.more_facts": (
        "thêm thông tin không làm mất kết quả đã rõ, trừ khi mâu thuẫn",
        "one more fact never undoes an answer, unless it contradicts another",
    ),
    "law.measurement_first": (
        "số liệu đứng trên kết luận, mâu thuẫn được nêu ra; không có số liệu thì kết luận quyết định",
        "figures outrank findings and the conflict is reported; where figures decide nothing, the finding does",
    ),
    "law.trust_floor": (
        "không kết quả nào dựa trên mức yêu cầu kiểm chứng kém hơn mức đòi hỏi",
        "no verdict rests on a figure less verified than asked for",
    ),
    "law.explains": (
        "kết quả nêu số liệu, mức yêu cầu, dòng của bảng, phần còn thiếu và căn cứ",
        "an answer carries the figure, the requirement, its row, the shortfall and the law",
    ),
    "law.survives_writing": (
        "kết quả ghi ra rồi đọc lại vẫn như cũ",
        "an answer written down and read back is the same",
    ),
    "law.not_concerned": ("bộ tiêu chí không có nội dung liên quan", "nothing in the pack is concerned"),
    "law.nothing_seen": (
        "thử {tries} lần nhưng không gặp trường hợp nào để kiểm tra",
        "tried {tries} times without meeting a case to test",
    ),
    "law.seen": ("thử {tries} lần, {seen} trường hợp", "tried {tries} times, {seen} cases"),
    "law.no_hole": (
        "bảng ngưỡng có dòng cho mọi vùng, năm và loại đơn vị",
        "the tables have a row for every region, year and kind of unit",
    ),
    "law.right_way": (
        "số liệu tốt hơn không biến đạt thành chưa đạt",
        "a better value never turns a pass into a failure",
    ),
    "law.can_be_met": ("yêu cầu nào cũng có số liệu đáp ứng được", "every requirement can be met by some figures"),
    "law.can_fail": (
        "yêu cầu nào cũng có số liệu không đáp ứng",
        "every requirement can fail: one that cannot asks for nothing",
    ),
    "law.whole_can_be_met": (
        "một đơn vị có thể đáp ứng cùng lúc mọi yêu cầu",
        "one unit can meet all requirements together",
    ),
    "broken.no_hole": ("{code}: không có mức yêu cầu cho đơn vị này", "{code}: no required level for this unit"),
    "broken.right_way": (
        "{code}: {measure} tốt hơn lại thành chưa đạt; phép so sánh có ngược chiều không?",
        "{code}: a better value of “{measure}” fails where a worse one passes; is the comparison the wrong way round?",
    ),
    "broken.can_be_met": (
        "{code}: không số liệu nào đáp ứng được yêu cầu này",
        "{code}: no figures can meet this requirement",
    ),
    "broken.can_fail": (
        "{code}: số liệu nào cũng đáp ứng yêu cầu này",
        "{code}: whatever the figures, this requirement is met",
    ),
    "broken.whole_can_be_met": (
        "{code}: không thể đáp ứng cùng với các yêu cầu đứng trước nó",
        "{code}: cannot be met together with the requirements before it",
    ),
    "broken.kleene": ("{code}: phải là {expected}", "{code}: should be {expected}"),
    "broken.missing": (
        "{code}: thiếu số liệu {measure} mà vẫn có kết quả",
        "{code}: decided although {measure} is missing",
    ),
    "broken.reasons": ("{code}: chưa rõ nhưng không nêu lý do", "{code}: open, but does not say why"),
    "broken.exact": ("{code}: so sánh {measure} không chính xác", "{code}: {measure} is not compared exactly"),
    "broken.any_unit": (
        "{code}: đổi đơn vị tính thì kết quả khác đi",
        "{code}: the same amount in another unit comes to something else",
    ),
    "broken.wrong_dimension": (
        "{code}: số liệu sai loại đại lượng không bị từ chối rõ ràng",
        "{code}: a value of another dimension is not refused with both units named",
    ),
    "broken.better": (
        "{code}: {measure} tốt lên nhưng không còn đạt",
        "{code}: {measure} got better, and the pass was lost",
    ),
    "broken.more_facts": (
        "{code}: thêm một thông tin thì kết quả đã rõ thành chưa rõ",
        "{code}: one more fact undid an answer, and nothing contradicts it",
    ),
    "broken.measurement_first": (
        "{code}: số liệu và kết luận không được xử lý đúng thứ tự",
        "{code}: figures and findings are not ranked as they should be",
    ),
    "broken.trust_floor": (
        "{code}: kết quả đổi chiều hoặc dựa trên mức yêu cầu chưa kiểm chứng tới “{trust}”",
        "{code}: the answer turns, or rests on a figure not verified as far as “{trust}”",
    ),
    "broken.explains": (
        "{code}: kết quả không nêu đủ hoặc nêu sai căn cứ",
        "{code}: the answer does not carry what led to it, or carries something else",
    ),
    "broken.survives_writing": ("{code}: ghi ra rồi đọc lại thì khác", "{code}: written down and read back it differs"),
    # Lint
    "lint.hole": ("{code}: bảng mức yêu cầu thiếu dòng {rows}", "{code}: the table of values has no row for {rows}"),
    "lint.hole.fix": (
        "Thêm các dòng còn thiếu, hoặc otherwise; nếu văn bản có mà chưa nhập được thì ghi untranscribed.",
        "Add the missing rows, or otherwise; where the decision has a value nobody has entered, write untranscribed.",
    ),
    "lint.overlap.versions": (
        "{code}: hai phiên bản cùng có hiệu lực {span}; chỉ phiên bản đứng trước được dùng",
        "{code}: two versions are both in force {span}; only the first is used",
    ),
    "lint.overlap.regions": (
        "một đơn vị có thể thuộc hai quy tắc vùng; chỉ quy tắc đứng trước được dùng, không phải: {text}",
        "one unit can fall under two region rules; only the first is used, not this one: {text}",
    ),
    "lint.overlap.fix": (
        "Sửa để mỗi ngày, mỗi đơn vị chỉ thuộc một trường hợp.",
        "Change one of them so that each day and unit falls under one only.",
    ),
    "lint.unreachable.row": (
        "{code}: dòng {row} không bao giờ được dùng",
        "{code}: the row {row} is never used",
    ),
    "lint.unreachable.otherwise": (
        "{code}: otherwise không bao giờ được dùng vì các dòng đã đủ",
        "{code}: otherwise is never used, as the rows are complete",
    ),
    "lint.unreachable.version": (
        "{code}: phiên bản {span} nằm ngoài thời gian hiệu lực của bộ tiêu chí",
        "{code}: the version {span} lies outside the time the pack is in force",
    ),
    "lint.unreachable.branch": (
        "{code}: nhánh này không bao giờ được xét",
        "{code}: nothing ever leads to this branch",
    ),
    "lint.unreachable.never_applies": (
        "{code}: điều kiện áp dụng không bao giờ đúng",
        "{code}: the condition under which it applies never holds",
    ),
    "lint.unreachable.fix": (
        "Bỏ phần này, hoặc sửa điều kiện, thời gian, vùng để nó được dùng.",
        "Remove it, or change the condition, dates or regions so that it is used.",
    ),
    "lint.contradiction": (
        "{code}: không giá trị hợp lệ nào đạt được mức này ({where})",
        "{code}: no valid value can reach this ({where})",
    ),
    "lint.contradiction.whole": (
        "{code}: các phần của yêu cầu mâu thuẫn nhau, không thể đạt ({where})",
        "{code}: the parts of the requirement contradict each other, so it cannot be met ({where})",
    ),
    "lint.contradiction.together": (
        "{codes}: không thể cùng đạt ({where})",
        "{codes}: cannot be met together ({where})",
    ),
    "lint.contradiction.fix": (
        "Đối chiếu mức yêu cầu và dấu so sánh với văn bản.",
        "Check the values and the direction of the comparison against the decision.",
    ),
    "lint.always": (
        "{code}: mọi giá trị hợp lệ đều đạt mức này ({where})",
        "{code}: every valid value reaches this ({where})",
    ),
    "lint.always.whole": (
        "{code}: yêu cầu này luôn đạt, dù số liệu thế nào ({where})",
        "{code}: the requirement is met whatever the figures are ({where})",
    ),
    "lint.always.applies": (
        "{code}: điều kiện áp dụng luôn đúng {where}",
        "{code}: the condition under which it applies always holds {where}",
    ),
    "lint.always.fix": (
        "Đối chiếu mức yêu cầu và dấu so sánh với văn bản, hoặc bỏ điều kiện thừa.",
        "Check the values and the comparison against the decision, or remove the needless condition.",
    ),
    "lint.unit": (
        "{code}: mức {given} ghi bằng đơn vị khác với số liệu ({wanted})",
        "{code}: {given} is in another unit than its measure ({wanted})",
    ),
    "lint.unit.fix": ("Ghi {same}.", "Write {same}."),
    "lint.scale": (
        "{code}: các dòng của bảng lệch nhau quá lớn, từ {small} đến {large}",
        "{code}: the rows of the table are of very different size, from {small} to {large}",
    ),
    "lint.scale.fix": (
        "Kiểm tra đơn vị tính và dấu phẩy thập phân của từng dòng.",
        "Check the unit and the decimal point of each row.",
    ),
    "lint.direction": (
        "{code}: dấu so sánh ngược với chiều tốt lên của “{name}”",
        "{code}: the comparison goes against the direction in which “{name}” gets better",
    ),
    "lint.direction.fix": (
        "Đối chiếu ≥ hay ≤ với văn bản, hoặc sửa better của số liệu.",
        "Check ≥ or ≤ against the decision, or correct better of the measure.",
    ),
    "lint.laxer": (
        "{code}: lỏng hơn {base} ({where})",
        "{code}: laxer than {base} ({where})",
    ),
    "lint.laxer.fix": (
        "Tỉnh chỉ được quy định bằng hoặc cao hơn: sửa mức, ghi vùng của tỉnh vào regions, hoặc nêu căn cứ pháp lý cho "
        "{code} trong looser_than_base.",
        "A province may equal or exceed the value only: change it, name the province's region in regions, or state the "
        "legal ground for {code} in looser_than_base.",
    ),
    "lint.ground": (
        "looser_than_base nêu căn cứ cho {named}, nhưng mã này không lỏng hơn {base}",
        "looser_than_base states a ground for {named}, which is not laxer than {base}",
    ),
    "lint.ground.fix": ("Bỏ dòng này, hoặc sửa mã.", "Remove the line, or correct the code."),
    "lint.language": (
        "{code} thiếu lời {language}: {text}",
        "{code} has no {language} text: {text}",
    ),
    "lint.language.fix": ("Viết cả vi và en.", "Write both vi and en."),
    "lint.source": ("{code} không nêu căn cứ pháp lý", "{code} names no legal source"),
    "lint.source.criterion": ("tiêu chí {code} không nêu căn cứ pháp lý", "criterion {code} names no legal source"),
    "lint.source.fix": (
        "Thêm source với basis, verification và nơi đã đọc.",
        "Add source with its basis, verification and what was read.",
    ),
    "lint.order": ("{code} đứng sau {other}", "{code} stands after {other}"),
    "lint.order.misplaced": (
        "{code} nằm trong tiêu chí {other}",
        "{code} stands under criterion {other}",
    ),
    "lint.order.gap": ("trước {code} không có {other}", "there is no {other} before {code}"),
    "lint.order.fix": (
        "Xếp theo thứ tự và mã của văn bản; nội dung chưa nhập thì đánh dấu incomplete.",
        "Follow the order and codes of the decision; where contents are not entered, say incomplete.",
    ),
    "lint.unused.basis": ("không mức nào dựa vào văn bản {name}", "nothing rests on the decision {name}"),
    "lint.unused.measure": ("số liệu {name} không được hỏi tới", "the measure {name} is never asked for"),
    "lint.unused.attribute": ("thuộc tính {name} không được hỏi tới", "the attribute {name} is never asked for"),
    "lint.unused.fix": ("Bỏ đi, hoặc dùng đến nó.", "Remove it, or use it."),
    "lint.missing_pack": (
        "{code}: bộ tiêu chí {other} chưa được cài đặt",
        "{code}: the pack {other} is not installed",
    ),
    "lint.missing_pack.fix": (
        "Cài gói có bộ tiêu chí đó, hoặc sửa tên.",
        "Install the bundle it is in, or correct the name.",
    ),
    "lint.circular": (
        "{code}: {other} lại đòi hỏi chính bộ tiêu chí này",
        "{code}: {other} in its turn asks for this very pack",
    ),
    "lint.circular.fix": (
        "Bỏ một trong các yêu cầu của vòng; không đơn vị nào đánh giá được theo vòng.",
        "Remove one requirement of the circle; no unit can be judged by a circle.",
    ),
    "lint.measured_elsewhere": (
        "{code}: để cơ quan kết luận, trong khi {other} đo cùng nội dung ở {their_code} bằng {measure}",
        "{code}: left to a department's conclusion, while {other} measures the same content in {their_code} by {measure}",
    ),
    "lint.measured_elsewhere.fix": (
        "Nếu văn bản có mức bằng số, dùng measure {measure}.",
        "If the decision gives a number, ask for the measure {measure}.",
    ),
    # Audit and pages of packs
    "audit.stated": ("theo văn bản", "stated"),
    "audit.secondary": ("nguồn thứ cấp", "secondary"),
    "audit.recalled": ("theo trí nhớ", "recalled"),
    "audit.uncertain": ("chưa chắc chắn", "uncertain"),
    "audit.delegated": ("giao cho tỉnh", "left to the province"),
    "audit.untranscribed": ("chưa nhập", "not transcribed"),
    "audit.counts": ("{total} mức yêu cầu: {counts}", "{total} figures: {counts}"),
    "audit.by_name": (
        "{count} tiêu chí mới biết tên, chưa nhập nội dung: {codes}",
        "{count} criteria known by name only: {codes}",
    ),
    "audit.incomplete": ("bộ tiêu chí mới nhập được một phần", "the pack is only partly transcribed"),
    "audit.weak": (
        "{count} mức chưa đối chiếu với văn bản hoặc nguồn dẫn lại văn bản:",
        "{count} figures not read in the decision or in a report of it:",
    ),
    "audit.candidates": ("có thể là {values}", "perhaps {values}"),
    "page.applies_to": ("Áp dụng cho: {levels}", "Applies to: {levels}"),
    "page.valid": ("Hiệu lực: {span}", "In force: {span}"),
    "page.regions": ("Vùng: {regions}", "Region: {regions}"),
    "page.extends": ("Dựa trên: {pack}", "Laid over: {pack}"),
    "page.verified": ("Kiểm chứng {total} mức yêu cầu: {counts}.", "Verification of {total} figures: {counts}."),
    "page.legend": (
        "Ký hiệu: ° theo trí nhớ, ? chưa chắc chắn, * do bộ tiêu chí này quy định thay cho bộ mà nó dựa trên.",
        "Marks: ° recalled, ? uncertain, * set by this pack in place of the one it is laid over.",
    ),
    "page.incomplete": (
        "Bộ tiêu chí mới nhập được một phần; phần còn thiếu phải có kết luận của cơ quan phụ trách.",
        "The pack is only partly transcribed; what is missing needs the conclusion of the department in charge.",
    ),
    "page.legal_basis": ("Căn cứ pháp lý", "Legal basis"),
    "page.region_rules": ("Áp dụng mức của vùng khác", "Units that use another region's values"),
    "page.prerequisites": ("Điều kiện tiên quyết", "Prerequisites"),
    "page.criteria": ("Tiêu chí", "Criteria"),
    "page.notes": ("Ghi chú", "Notes"),
    "page.by_name": (
        "Mới biết tên tiêu chí; cần kết luận cho cả tiêu chí.",
        "Known by name only; a conclusion on the whole criterion is needed.",
    ),
    "page.contents": (
        "Tiêu chí có {count} nội dung, chưa nhập; cần kết luận cho cả tiêu chí.",
        "{count} contents, not all transcribed; a conclusion on the whole criterion is needed.",
    ),
    "page.applies_if": ("chỉ áp dụng: {condition}", "applies only: {condition}"),
    "page.column.code": ("Mã", "Code"),
    "page.column.text": ("Nội dung", "Content"),
    "page.column.requires": ("Yêu cầu", "Required"),
    "page.column.agency": ("Cơ quan", "Department"),
    "page.column.source": ("Căn cứ", "Source"),
    "page.column.verification": ("Kiểm chứng", "Verification"),
    "page.column.row": ("Trường hợp", "Case"),
    "page.column.value": ("Mức", "Value"),
    "page.see_table": ("xem bảng", "see table"),
    "page.index": ("Các bộ tiêu chí", "Packs"),
    "page.generated": (
        "Các trang này được tạo từ tệp bộ tiêu chí bằng `python -m ntm_rules.analysis.page docs/packs`.",
        "These pages are generated from the pack files by `python -m ntm_rules.analysis.page docs/packs`.",
    ),
    # Live sessions
    "error.needs_durable_rules": (
        "phiên trực tiếp cần durable-rules: pip install 'ntm-rules[live]' (biên dịch từ mã nguồn, cần trình biên dịch C như gcc hoặc clang)",
        "live sessions need durable-rules: pip install 'ntm-rules[live]' (built from source: a C compiler such as gcc or clang is needed)",
    ),
    "error.live_closed": ("phiên đã đóng", "the session is closed"),
    "error.live_failed": (
        "phiên đã dừng vì lỗi dưới đây; số liệu đã nhận còn nguyên trong nhật ký, hãy mở lại bằng LiveSession.replay",
        "the session has stopped because of the fault below; what it accepted is in its journal: open it again with LiveSession.replay",
    ),
    "error.live_disagrees": (
        "bộ máy luật kết luận {engine}, bộ đánh giá kết luận {evaluator}",
        "the rules engine says {engine}, the evaluator {evaluator}",
    ),
    "error.live_engine": (
        "bộ máy luật không trả lời đúng: {reason}",
        "the rules engine did not answer as it must: {reason}",
    ),
    "error.live_broken_off": ("bị ngắt giữa chừng: {reason}", "it was broken off: {reason}"),
    "error.live_later": (
        "ngày {given} sau ngày đang đánh giá {day}; hãy gọi advance trước",
        "{given} is after the day judged, {day}; call advance first",
    ),
    "error.live_back": (
        "không lùi được từ ngày {day} về {given}",
        "the day judged cannot go back from {day} to {given}",
    ),
    "error.live_older": (
        "báo cáo ngày {given} cũ hơn báo cáo ngày {held} của cùng nơi báo cáo; nếu báo cáo sau sai, hãy rút nó (withdraw) trước",
        "the report of {given} is older than the one of {held} by the same reporter; if the later one is wrong, withdraw it first",
    ),
    "error.withdraw_what": (
        "hãy nói rõ rút gì: measure (kèm by), pack và code (kèm by), hoặc pack (kèm decision)",
        "say what is withdrawn: a measure (with by), a pack and code (with by), or a pack (with decision)",
    ),
    "error.nothing_to_withdraw": (
        "không có gì để rút: {what}. Đang có: {names}",
        "there is nothing to withdraw: {what}. Held: {names}",
    ),
    "error.journal_write": ("không ghi được nhật ký: {reason}", "cannot write the journal: {reason}"),
    "error.journal_busy": ("nhật ký đang được một phiên khác ghi", "another session is writing this journal"),
    "error.journal_exists": (
        "tệp đã có nội dung; hãy mở bằng LiveSession.replay rồi gọi journal, hoặc chọn tệp khác",
        "the file is not empty; open it with LiveSession.replay and then call journal, or choose another file",
    ),
    "error.journal_moved": (
        "nhật ký đã thay đổi từ khi được đọc lại; hãy đọc lại lần nữa",
        "the journal has changed since it was replayed; replay it again",
    ),
    "error.journal_twice": ("phiên đã ghi nhật ký vào tệp này", "the session already writes to this journal"),
    "error.journal_line": ("dòng nhật ký không hợp lệ: {reason}", "not a valid line of a journal: {reason}"),
    "error.journal_order": (
        "thiếu dòng hoặc sai thứ tự; cần {expected}",
        "a line is missing or out of order; expected {expected}",
    ),
    "error.journal_empty": ("nhật ký không có dòng nào trọn vẹn", "the journal has no whole line"),
    "live.torn": (
        "{file}:{line}: dòng cuối ghi dở ({size} byte) nên bỏ qua; mọi dòng trước đó được giữ",
        "{file}:{line}: the last line is unfinished ({size} bytes) and was left out; everything before it is kept",
    ),
    "live.change.indicator": (
        "{unit}, {pack}, chỉ tiêu {code}: {before} → {after}",
        "{unit}, {pack}, indicator {code}: {before} → {after}",
    ),
    "live.change.criterion": (
        "{unit}, {pack}, tiêu chí {code}: {before} → {after}",
        "{unit}, {pack}, criterion {code}: {before} → {after}",
    ),
    "live.change.pack": ("{unit}, {pack}: {before} → {after}", "{unit}, {pack}: {before} → {after}"),
    "live.change.unit": (
        "{unit}, danh hiệu “{title}”: {before} → {after}",
        "{unit}, title “{title}”: {before} → {after}",
    ),
    "live.observe": ("số liệu {measure} = {value} {by}", "figure {measure} = {value} {by}"),
    "live.conclude": ("kết luận {pack} {code}: {finding} {by}", "conclusion on {pack} {code}: {finding} {by}"),
    "live.recognise": ("công nhận {pack} {decision}", "recognition {pack} {decision}"),
    "live.report": ("số {level} trực thuộc: {total}", "{level} units below: {total}"),
    "live.withdraw": ("rút {what}", "withdrawal of {what}"),
    "live.advance": ("sang ngày {to}", "on to {to}"),
    # Reports
    "error.report_kind": (
        "không biết viết báo cáo loại {kind}; cần một trong: {names}",
        "cannot write a report of kind {kind}; expected one of: {names}",
    ),
    "error.report_extra": (
        "thiếu thư viện {module}; hãy cài: pip install 'ntm-rules[report]'",
        "the library {module} is missing; install: pip install 'ntm-rules[report]'",
    ),
    "report.contents": ("Mục lục", "Contents"),
    "report.headlines": ("Kết luận", "Conclusions"),
    "report.more": ("và {count} nội dung khác", "and {count} more"),
    "report.by": ("yêu cầu {required}, đến {by}", "required {required}, by {by}"),
    "report.below": ("{count} đơn vị chưa đạt", "{count} units below"),
    "report.distances.caption": (
        "Mỗi vạch là một đơn vị: xanh là đạt, đỏ là chưa đạt; đường đứt là mức yêu cầu.",
        "Each stroke is a unit, green where it meets the level and red where not; the dashed line is the level required.",
    ),
    "report.tiers": ("Kết quả theo cấp độ", "Standing by tier"),
    "report.tier": (
        "{level}: {share} đạt, {not_met} chưa đạt, {unknown} chưa rõ",
        "{level}: {share} met, {not_met} not met, {unknown} open",
    ),
    "report.exempt": ("Không tính {name}", "Not counted: {name}"),
    "report.unverified": (
        "{count} kết quả trong báo cáo dựa trên yêu cầu chưa được đối chiếu với văn bản; xem:",
        "{count} results in this report rest on requirements not checked against the decision; see:",
    ),
    "report.unverified.letter": (
        "Lưu ý: {count} kết quả trong báo cáo dựa trên yêu cầu chưa được đối chiếu với văn bản.",
        "Note: {count} results in this report rest on requirements not checked against the decision.",
    ),
    "report.plan": ("Kế hoạch và kết quả", "Plan against result"),
    "report.hardest": ("Chỉ tiêu khó nhất", "Hardest indicators"),
    "report.hardest.caption": (
        "Số đơn vị chưa đạt (đỏ) và chưa rõ (vàng) ở từng chỉ tiêu, trong số đơn vị có số liệu.",
        "Units that fail each indicator (red) or leave it open (yellow), of those with any facts.",
    ),
    "report.distances": ("Khoảng cách đến mức yêu cầu", "Distance to the required level"),
    "report.distance": ("({count} đơn vị, {failed} chưa đạt)", "({count} units, {failed} below)"),
    "report.units": ("Từng đơn vị", "Unit by unit"),
    "report.find": ("Tìm đơn vị:", "Find a unit:"),
    "report.keys": (
        "Chỉ vào một ô, hoặc dùng phím Tab và các phím mũi tên, để đọc lý do; bấm hoặc Enter để xem chi tiết.",
        "Point at a cell, or use Tab and the arrow keys, to read the reason; click or press Enter for the details.",
    ),
    "report.rows": (
        "({shown} đơn vị có số liệu, {silent} đơn vị chưa có)",
        "({shown} units with facts, {silent} without)",
    ),
    "report.all_met": ("Đạt tất cả các tiêu chí.", "Every criterion is met."),
    "report.work": ("Việc còn lại của các cơ quan", "What departments still have to do"),
    "report.law": ("Yêu cầu và căn cứ pháp lý", "Requirements and legal sources"),
    "report.page": ("trang nguồn", "source page"),
    "report.sheet": ("Tổng hợp", "Overview"),
    "report.whole_criterion": ("(cả tiêu chí)", "(the whole criterion)"),
    "report.target.reached": ("Hoàn thành", "Reached"),
    "report.target.missed": ("Không hoàn thành", "Missed"),
    "report.target.open": ("Còn thiếu", "Open"),
    "report.head.target": ("Mục tiêu", "Target"),
    "report.head.required": ("Yêu cầu", "Required"),
    "report.head.by": ("Thời hạn", "By"),
    "report.head.result": ("Kết quả", "Result"),
    "report.head.missing": ("Còn thiếu", "Missing"),
    "report.head.standing": ("Đánh giá", "Standing"),
    "report.head.indicator": ("Chỉ tiêu", "Indicator"),
    "report.head.pack": ("Bộ tiêu chí", "Pack"),
    "report.head.level": ("Cấp", "Level"),
    "report.head.total": ("Tổng số", "Total"),
    "report.head.share": ("Tỷ lệ", "Share"),
    "report.head.failed": ("Chưa đạt", "Failing"),
    "report.head.open": ("Chưa rõ", "Open"),
    "report.head.furthest": ("Thiếu nhiều nhất", "Furthest off"),
    "report.head.unit": ("Đơn vị", "Unit"),
    "report.head.agency": ("Cơ quan", "Department"),
    "report.head.to_conclude": ("Chưa kết luận", "To conclude"),
    "report.head.failed_codes": ("Chưa đạt", "Found wanting"),
    "report.column.order": ("TT", "No."),
    "report.column.criterion": ("Tên tiêu chí", "Criterion"),
    "report.column.content": ("Nội dung tiêu chí", "Content"),
    "report.column.required": ("Chỉ tiêu", "Required"),
    "report.column.unit": ("Đơn vị tính", "Unit of measure"),
    "report.column.result": ("Kết quả thực hiện", "Result"),
    "report.column.judged": ("Đánh giá", "Judgement"),
    "report.column.missing": ("Thiếu", "Missing"),
    "report.column.agency": ("Cơ quan phụ trách", "Department"),
    "report.column.law": ("Căn cứ", "Source"),
    "report.column.note": ("Ghi chú", "Note"),
    "report.judged.MET": ("đạt", "met"),
    "report.judged.NOT_MET": ("chưa đạt", "not met"),
    "report.judged.UNKNOWN": ("chưa đủ căn cứ", "undetermined"),
    "report.judged.NOT_APPLICABLE": ("không áp dụng", "not applicable"),
    # Situations
    "situation.head": ("{file}: “{name}”", "{file}: “{name}”"),
    "situation.differs": ("{code}: cần {expected}, kết quả là {got}", "{code}: expected {expected}, got {got}"),
    "situation.reason": (
        "{code}: cần lý do {expected}, các lý do là: {got}",
        "{code}: expected the reason {expected}, the reasons are: {got}",
    ),
}
