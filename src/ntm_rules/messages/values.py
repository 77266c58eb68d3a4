"""Places, hints, numbers and units of measure."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    # Places and hints
    "place.sheet": ("trang tính “{sheet}”", "sheet “{sheet}”"),
    "place.table": ("bảng {table}", "table {table}"),
    "place.cell": ("ô {cell}", "cell {cell}"),
    "hint.nearest": ("Có phải là: {names}?", "Did you mean: {names}?"),
    "hint.unit": (
        "Có phải là: {names}? Nếu phải, hãy ghi đúng như vậy.",
        "Did you mean: {names}? If so, write it just so.",
    ),
    "hint.all": ("Các giá trị hợp lệ: {names}.", "Valid names: {names}."),
    # Numbers and units
    "error.not_a_number": ("“{text}” không phải là một số", "“{text}” is not a number"),
    "error.no_value": (
        "“{text}” không phải là một số; hãy ghi 0 nếu bằng 0, để trống ô nếu chưa có số liệu",
        "“{text}” is not a number; write 0 for zero, leave the cell empty if it is not known",
    ),
    "error.share_of_shares": (
        "“{text}” có hai cách đọc: {upper} trên {lower}, hay kết quả {upper} % so với mức {lower} %; hãy chỉ ghi kết quả, hoặc "
        "ghi hai số đếm không có dấu %",
        "“{text}” has two readings: {upper} of {lower}, or a result of {upper} % against a target of {lower} %; write the result "
        "alone, or two counts without a %",
    ),
    "error.two_readings": (
        "“{text}” có hai cách đọc; hãy ghi “{vi}” hoặc “{en}”",
        "“{text}” has two readings; write “{vi}” or “{en}”",
    ),
    "error.not_finite": ("“{text}” không phải là số hữu hạn", "“{text}” is not a finite number"),
    "error.endless": (
        "{text} không có số thập phân hữu hạn; hãy ghi hai số đếm bằng chữ (“{text}”) nếu là tỷ lệ, hoặc làm tròn",
        "{text} has no end as a decimal; write the two counts as a text (“{text}”) if it is a share, or round it",
    ),
    "error.number_too_long": ("số có quá {limit} chữ số", "the number has more than {limit} digits"),
    "error.unknown_unit": ("không hiểu đơn vị tính “{unit}”. {near}", "unknown unit of measure “{unit}”. {near}"),
    "error.dimension": (
        "“{given}” và “{wanted}” là hai loại đại lượng khác nhau, không so sánh được",
        "“{given}” and “{wanted}” measure different things and cannot be compared",
    ),
    "error.dimension_short": (
        "“{given}” và “{wanted}” là hai loại đại lượng khác nhau; nếu ý là “{meant}” thì hãy ghi đủ",
        "“{given}” and “{wanted}” measure different things; if “{meant}” is meant, write it out",
    ),
    "error.inexact": (
        "không đổi được chính xác {amount} sang “{unit}”; hãy cho số liệu theo “{unit}”",
        "{amount} has no exact value in “{unit}”; give it in “{unit}”",
    ),
    "error.outside_domain": (
        "{amount} nằm ngoài khoảng hợp lệ của “{name}” ({range})",
        "{amount} is outside the valid range of “{name}” ({range})",
    ),
    "error.not_whole": (
        "{amount} không phải là số nguyên; “{name}” chỉ đếm được bằng số nguyên",
        "{amount} is not a whole number; “{name}” is counted in whole numbers",
    ),
    "error.day_for_number": (
        "“{text}” là ngày tháng, không phải là số đo",
        "“{text}” is a date, not a figure",
    ),
    "error.leave_out": (
        "“{text}” không phải chỉ là một số; hãy bỏ “{extra}” và ghi đúng số đã đo được, như “{rest}”",
        "“{text}” is not a number alone; leave out “{extra}” and write the figure that was measured, as “{rest}”",
    ),
    "error.threshold_sign": (
        "“{text}”: mức chỉ là con số, hãy ghi “{rest}”; “{extra}” thuộc về điều kiện (at_least, at_most, more_than, …)",
        "“{text}”: a threshold is the number alone, write “{rest}”; “{extra}” belongs to the condition (at_least, at_most, more_than, …)",
    ),
    "error.threshold_word": (
        "“{text}” không phải là một số; mức của một số liệu xếp hạng (Đạt, Khá, Tốt) ghi bằng số của mức đó trong từ điển số "
        "liệu (levels), ví dụ 3; mức tỉnh quy định ghi là delegated, mức chưa có ai nhập ghi là untranscribed",
        "“{text}” is not a number; a level of a graded measure (Reached, Fair, Good) is written as its number in the "
        "dictionary of measures (levels), such as 3; what the province sets is delegated, what nobody has entered untranscribed",
    ),
    "error.no_level": (
        "“{text}” không phải là mức nào của “{name}”; hãy ghi một trong các mức: {levels}",
        "“{text}” is no level of “{name}”; write one of: {levels}",
    ),
    "error.span_of_values": (
        "“{text}” là một khoảng; hãy ghi một số, đúng số đã đo được",
        "“{text}” is a span; write one number, the figure that was measured",
    ),
    "error.share_of_nothing": (
        "{upper}/{lower} không phải là một tỷ lệ: mẫu số phải lớn hơn 0; nếu không có gì để đếm thì hãy để trống",
        "{upper}/{lower} is no share: the second number must be above 0; where there is nothing to count, leave it empty",
    ),
    "error.share_differs": (
        "{given} không khớp với hai số đi kèm: {made}; hãy sửa một trong hai",
        "{given} is not what the two counts make: {made}; correct one of them",
    ),
    "error.share_half": (
        "tỷ lệ theo hai số phải có cả numerator (tử số) và denominator (mẫu số)",
        "a share of two counts needs both a numerator and a denominator",
    ),
    "error.implausible": (
        "{read} không hợp lý với “{name}”: trên thực tế (không phải quy định) số này nằm trong khoảng từ {low} đến {high}; "
        "nếu đúng như vậy thì hãy ghi cả đơn vị tính ngay sau số",
        "{read} is not plausible for “{name}”: in life (this is no law) it lies between {low} and {high}; if it is right, "
        "write the unit behind the number",
    ),
    "error.implausible_unit": (
        "{read} không hợp lý với “{name}”: trên thực tế (không phải quy định) số này nằm trong khoảng từ {low} đến {high}; "
        "có phải là {meant}? Hãy ghi cả đơn vị tính ngay sau số",
        "{read} is not plausible for “{name}”: in life (this is no law) it lies between {low} and {high}; is it {meant}? "
        "Write the unit behind the number",
    ),
    "value.or": ("hoặc", "or"),
    "domain.between": ("từ {low} đến {high}", "{low} to {high}"),
    "domain.from": ("từ {low} trở lên", "{low} or more"),
    "domain.to": ("không quá {high}", "{high} at most"),
}
