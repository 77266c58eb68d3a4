"""Live sessions."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
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
    "error.journal_changed": (
        "dòng này đã bị sửa sau khi ghi (mã kiểm không khớp); hãy dùng bản sao của nhật ký chưa bị sửa",
        "this line was changed after it was written (its checksum differs); use a copy of the journal as it was",
    ),
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
}
